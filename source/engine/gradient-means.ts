/** The mean of each weight's gradient over the batches so far, float64, in one pass: Welford's update (Welford 1962). */
export type GradientMeans = {
	/**
	Takes in the gradient of a layer, of the batch with the number `count`, which begins with 1 and thereby anew. Returns by how much the sum of
	the squared differences from the mean, over all batches and coordinates, has grown.
	*/
	add(layer: number, gradient: Float32Array | Float64Array, count: number): number;
	/** Those of a layer; only until something is added or an engine is made. */
	of(layer: number): Float64Array;
};

/** Means of whatever gradients there are; an engine may have its own. */
export function createGradientMeans(): GradientMeans {
	const means: Float64Array[] = [];
	return {
		add(layer, gradient, count) {
			if (count === 1) {
				means[layer] = new Float64Array(gradient);
				return 0;
			}

			return add(means[layer]!, gradient, count);
		},
		of: layer => means[layer]!,
	};
}

function add(means: Float64Array, gradient: Float32Array | Float64Array, count: number): number {
	let growth = 0;
	for (let index = 0; index < gradient.length; index++) {
		const value = gradient[index]!;
		const difference = value - means[index]!;
		const mean = means[index]! + (difference / count);
		means[index] = mean;
		growth += difference * (value - mean);
	}

	return growth;
}
