import {
	mkdirSync, renameSync, utimesSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {type TestArray, writeNpz} from './npz.js';

const rows = 8;

/** Labels of eight rows in two classes. */
export const dropLabels: TestArray = {shape: [rows], values: Int32Array.from({length: rows}, (_, row) => row % 2)};

/** A layer of eight rows, of which the first `cells` have values of their own; within ±1. */
export const dropLayer = (cells = rows, scale = 0.5): TestArray =>
	({shape: [rows, 1], values: Float32Array.from({length: rows}, (_, row) => scale * ((2 * Math.min(row, cells - 1) / rows) - 0.9))});

export const number = (value: number): TestArray => ({shape: [], values: Float64Array.of(value)});

/** Writes a step as the clients do; `minute` says when that was. */
export function dropStep(folder: string, step: number | string, arrays: Readonly<Record<string, TestArray>>, minute?: number): string {
	return dropFile(folder, typeof step === 'string' ? step : `step-${String(step).padStart(8, '0')}.npz`, writeNpz(arrays), minute);
}

/** Any file, in one piece. */
export function dropFile(folder: string, name: string, contents: Uint8Array | string, minute?: number): string {
	mkdirSync(folder, {recursive: true});
	const file = path.join(folder, name);
	writeFileSync(`${file}.tmp`, contents);
	if (minute !== undefined) {
		utimesSync(`${file}.tmp`, minute * 60, minute * 60);
	}

	renameSync(`${file}.tmp`, file);
	return file;
}
