import {readFileSync} from 'node:fs';
import {packagePath} from './package.js';

/** The memory of a module; a view of its buffer is empty once the memory has grown. */
export type Memory = {readonly buffer: ArrayBuffer; grow(pages: number): number};

export const pageBytes = 65_536;

/** The part of the global that is used here; the types of Node 20 leave it to those of browsers. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => {readonly exports: object};
};

/** Compiles and starts one of the package's modules, which `npm run kernels` makes from the `assembly` folders. Takes milliseconds. */
export const instantiate = (file: string): object => new WebAssembly.Instance(new WebAssembly.Module(readFileSync(packagePath(file)))).exports;
