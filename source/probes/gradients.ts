/** Norms over all coordinates of a layer's weight gradient, biases left out; not divided by the weight norm. */
export type GradientSummary = {
	/** M = ‖mean over batches‖. */
	readonly mean: number;
	/** S = ‖standard deviation over batches‖, population form, = √(trace of the covariance). */
	readonly std: number;
	/** M/S, the signal-to-noise ratio; null where S = 0, as with one batch an epoch. */
	readonly ratio: number | null;
};

/**
Mean and spread of the gradients of one epoch's batches, each at the weights it was used with, in one pass and constant memory:
Welford's update for every coordinate (Welford 1962; [ST17] section 3.3 for the quantities).
*/
export class GradientStatistics {
	readonly #means: Float64Array[] = [];
	readonly #squares: Float64Array[] = [];
	#batches = 0;

	/** Takes in one batch: one array of weight gradients a layer. */
	add(gradients: ReadonlyArray<Float32Array | Float64Array>): void {
		this.#batches++;
		for (const [layer, gradient] of gradients.entries()) {
			this.#means[layer] ??= new Float64Array(gradient.length);
			this.#squares[layer] ??= new Float64Array(gradient.length);
			const mean = this.#means[layer];
			const square = this.#squares[layer];
			for (let index = 0; index < gradient.length; index++) {
				const value = gradient[index]!;
				const difference = value - mean[index]!;
				mean[index]! += difference / this.#batches;
				square[index]! += difference * (value - mean[index]!);
			}
		}
	}

	/** One summary a layer; null where the gradients were not finite. */
	summarise(): Array<GradientSummary | null> {
		return this.#means.map((mean, layer) => {
			const signal = norm(mean);
			const noise = Math.sqrt(this.#squares[layer]!.reduce((sum, square) => sum + square, 0) / this.#batches);
			return Number.isFinite(signal + noise) ? {mean: signal, std: noise, ratio: noise > 0 ? signal / noise : null} : null;
		});
	}
}

/** Euclidean norm. */
export function norm(values: Float32Array | Float64Array): number {
	let sum = 0;
	for (const value of values) {
		sum += value * value;
	}

	return Math.sqrt(sum);
}
