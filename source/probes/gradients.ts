import {createGradientMeans, type GradientMeans} from '../engine/gradient-means.js';

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
Mean and spread of the gradients of one epoch's batches, each at the weights it was used with, in one pass and constant memory ([ST17] section 3.3
for the quantities).
*/
export class GradientStatistics {
	readonly #means: GradientMeans;
	/** Of each layer, the sum over batches and coordinates of the squared differences from the mean. */
	readonly #squares: number[] = [];
	#batches = 0;

	/** Where the gradients are an engine's, in its own means. */
	constructor(means = createGradientMeans()) {
		this.#means = means;
	}

	/** Takes in one batch: one array of weight gradients a layer. */
	add(gradients: ReadonlyArray<Float32Array | Float64Array>): void {
		this.#batches++;
		for (let layer = 0; layer < gradients.length; layer++) {
			this.#squares[layer] = (this.#squares[layer] ?? 0) + this.#means.add(layer, gradients[layer]!, this.#batches);
		}
	}

	/** One summary a layer; null where the gradients were not finite. */
	summarise(): Array<GradientSummary | null> {
		return this.#squares.map((squares, layer) => {
			const signal = norm(this.#means.of(layer));
			const noise = Math.sqrt(squares / this.#batches);
			return Number.isFinite(signal + noise) ? {mean: signal, std: noise, ratio: noise > 0 ? signal / noise : null} : null;
		});
	}
}

/** Euclidean norm. */
export function norm(values: Float32Array | Float64Array): number {
	const {length} = values;
	let sum = 0;
	// By index, and each value once: six times as fast as an iterator before it is compiled, and long arrays come seldom.
	for (let index = 0; index < length; index++) {
		const value = values[index]!;
		sum += value * value;
	}

	return Math.sqrt(sum);
}
