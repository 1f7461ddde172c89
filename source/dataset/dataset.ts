import {type Target} from '../information/entropy.js';

/** Row numbers of the training and the test set; no row is in both. */
export type Split = {readonly train: Int32Array; readonly test: Int32Array};

/** What is known of data by their headers: all that a preset is checked against before anything is loaded. */
export type DataShape = {
	readonly samples: number;
	readonly features: number;
	readonly classes: number;
	/** Samples that may be trained on: all, but where the data bring a test set of their own. */
	readonly trainable: number;
	/** Samples that the information is taken over. */
	readonly measured: number;
};

/**
A set of inputs that stands for the distribution of X: uniform over its rows, or over those that are `measured`. A row that stands
there twice is one input of twice the probability, so H(X) is less than log2 of the rows; T is a function of X all the same, and
I(X;T) = H(T).
*/
export type Dataset = {
	readonly name: string;
	readonly samples: number;
	readonly features: number;
	readonly classes: number;
	/** samples × features, row-major. */
	readonly inputs: Float32Array;
	/** The class of each sample, 0 … classes − 1. */
	readonly labels: Uint8Array;
	/** p(y|x), samples × classes, row-major, where the labels are stochastic. */
	readonly conditional?: Float64Array;
	/** The labels were drawn by the seed, so another seed has others. All else is the same for every seed. */
	readonly isDrawn?: boolean;
	/** The inputs are not all that there are, so what is said of X is said of the sample. */
	readonly isSample?: boolean;
	/** H(X) and I(X;Y) of the measured rows in bits: the ends of the axes of the information plane. */
	readonly bounds: {readonly x: number; readonly y: number};
	/** Which rows may be trained on, and which are the test set, where the data say so themselves. */
	readonly split?: Split;
	/** The rows that the information is taken over, where that is not all of them. */
	readonly measured?: Int32Array;
};

/** What the estimators are to know of the label: that of the measured rows, in their order. */
export function measuredTarget({classes, labels, conditional, measured}: Dataset): Target {
	return measured
		? {classes, labels: pickRows(labels, measured, 1), ...(conditional && {conditional: pickRows(conditional, measured, classes)})}
		: {classes, labels, ...(conditional && {conditional})};
}

/** The given rows of a row-major array; where they follow one another, a view of it, so that a test set is not there twice. */
export function pickRows<Values extends Uint8Array | Float32Array | Float64Array>(values: Values, rows: Int32Array, columns: number): Values {
	if (rows.every((row, index) => row === rows[0]! + index)) {
		const start = (rows[0] ?? 0) * columns;
		return values.subarray(start, start + (rows.length * columns)) as Values;
	}

	const picked = new (values.constructor as new (length: number) => Values)(rows.length * columns);
	for (const [index, row] of rows.entries()) {
		picked.set(values.subarray(row * columns, (row + 1) * columns), index * columns);
	}

	return picked;
}

/** The numbers `start` … `end` − 1. */
export const rowRange = (start: number, end: number): Int32Array => new Int32Array(end - start).map((_, index) => start + index);

/** Entropy in bits of a distribution given as weights that need not be normalised. */
export function entropyOfWeights(weights: readonly number[]): number {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let entropy = 0;
	for (const weight of weights) {
		if (weight > 0) {
			entropy -= weight / total * Math.log2(weight / total);
		}
	}

	return entropy;
}
