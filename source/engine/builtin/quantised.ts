/** Quantised layers of the built-in engine: ranges, levels, and the mask of the straight-through gradient. */
import {
	type Levels, levelsOf, quantise, type Range,
} from '../quantisation.js';

/** Least and greatest of the first `rows` values of each unit (units × capacity). */
export function rangeOfUnits(values: Float32Array, units: number, rows: number, capacity: number): Range {
	let low = Infinity;
	let high = -Infinity;
	for (let unit = 0; unit < units; unit++) {
		const start = unit * capacity;
		for (let index = start; index < start + rows; index++) {
			const value = values[index]!;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
	}

	return [low, high];
}

export const rangeOfAll = (values: Float32Array): Range => rangeOfUnits(values, 1, values.length, values.length);

/** `to` ← the levels nearest to `from`, for the first `rows` values of each unit. */
export function quantiseUnits(to: Float32Array, from: Float32Array, levels: Levels, units: number, rows: number, capacity: number): void {
	for (let unit = 0; unit < units; unit++) {
		const start = unit * capacity;
		for (let index = start; index < start + rows; index++) {
			to[index] = quantise(from[index]!, levels);
		}
	}
}

/** Weights over their own range; the levels tell where the gradient passes. */
export function quantiseWeights(to: Float32Array, from: Float32Array, bits: number): Levels {
	const levels = levelsOf(...rangeOfAll(from), bits);
	quantiseUnits(to, from, levels, 1, from.length, from.length);
	return levels;
}

/** The gradient is 0 where the value was clipped. */
export function maskClipped(gradient: Float32Array, values: Float32Array, {low, high}: Levels, start: number, end: number): void {
	for (let index = start; index < end; index++) {
		const value = values[index]!;
		if (value < low || value > high) {
			gradient[index] = 0;
		}
	}
}
