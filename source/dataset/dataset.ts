/** A set of inputs that stands for the whole distribution of X: uniform over the rows, all rows distinct. */
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
	/** H(X) and I(X;Y) in bits: the ends of the axes of the information plane. */
	readonly bounds: {readonly x: number; readonly y: number};
};

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
