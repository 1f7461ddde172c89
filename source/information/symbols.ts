import {groupRows} from './group.js';

/** Inputs that say the same about the label, taken together: all that the information bottleneck sees of X. */
export type Symbols = {
	readonly count: number;
	readonly classes: number;
	/** p(s), summing to 1. */
	readonly weights: Float64Array;
	/** p(y|s): count × classes, row-major. */
	readonly conditional: Float64Array;
};

/**
Two values of p(y|x) nearer than this are one. Rounding moves the values of the steepest 12-bit rule (γ = 1000) by 1e-12, and what
hides below 1e-9 is below 1e-7 bits: −p log2 p is 3e-8 there.
*/
export const sameProbability = 1e-9;

/**
Merges the rows of equal p(y|x), with X uniform over the rows. That changes nothing about the bound but its cost, since X and Y are
independent given the merged symbol. A symbol is the mean of its rows, so that p(y) stays. Time rows × classes × log rows.
*/
export function mergeSymbols(conditional: Float64Array, classes: number): Symbols {
	const rows = conditional.length / classes;
	const {ids, count} = groupRows(rows, classes, levels(conditional, classes));
	const sizes = new Float64Array(count);
	const means = new Float64Array(count * classes);
	for (let row = 0; row < rows; row++) {
		sizes[ids[row]!]! += 1;
		for (let label = 0; label < classes; label++) {
			means[(ids[row]! * classes) + label]! += conditional[(row * classes) + label]!;
		}
	}

	return {
		count,
		classes,
		weights: sizes.map(size => size / rows),
		conditional: means.map((mass, index) => mass / sizes[Math.floor(index / classes)]!),
	};
}

/** The values of each column, numbered in their order: those that no gap of `sameProbability` separates have one number. */
function levels(conditional: Float64Array, classes: number): Int32Array {
	const result = new Int32Array(conditional.length);
	for (let label = 0; label < classes; label++) {
		const sorted = conditional.filter((_, index) => index % classes === label).toSorted();
		const starts = sorted.filter((value, rank) => rank === 0 || value - sorted[rank - 1]! >= sameProbability);
		for (let index = label; index < result.length; index += classes) {
			result[index] = levelOf(conditional[index]!, starts);
		}
	}

	return result;
}

/** The number of starts ≤ value, less one, by bisection. */
function levelOf(value: number, starts: Float64Array): number {
	let low = 0;
	let high = starts.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (starts[middle]! <= value) {
			low = middle;
		} else {
			high = middle;
		}
	}

	return low;
}
