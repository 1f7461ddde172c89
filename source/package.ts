/** Where the package lies on disk. Modules stand directly in `source/` while tests run, and in `dist/` once bundled. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** A path inside the package, such as `presets` or `dist/foreign.js`. */
export const packagePath = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export const packageVersion = (): string => (JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {version: string}).version;
