import {
	initialRange, type Levels, levelsOf, movedRange, type Quantisation, type Range,
} from '../quantisation.js';
import {type Tensor, type Tensorflow} from './api.js';

/** Quantised weights and activations as operations whose gradient goes straight through, but not where a value was clipped. */
export type Quantiser = {
	readonly weights: (weights: Tensor, layer: number) => Tensor;
	/** In training, moving ranges move; measuring takes the range of what is measured, and changes nothing. */
	readonly activations: (activations: Tensor, layer: number, mode: 'train' | 'measure') => Tensor;
	readonly ranges: () => Range[];
	readonly setRanges: (ranges: readonly Range[] | undefined) => void;
};

/** `isMoving`: for each layer, whether its range is a moving average, and its weights are quantised too. */
export function createQuantiser(tf: Tensorflow, {bits}: Quantisation, isMoving: readonly boolean[], initial: readonly Range[] | undefined): Quantiser {
	let ranges = initial?.slice() ?? isMoving.map(() => initialRange);
	const rangeOf = (x: Tensor): Range => [tf.min(x).dataSync()[0]!, tf.max(x).dataSync()[0]!];
	return {
		weights: (weights, layer) => isMoving[layer] ? quantise(tf, weights, levelsOf(...rangeOf(weights), bits)) : weights,
		activations(activations, layer, mode) {
			const range = rangeOf(activations);
			if (mode === 'train' && isMoving[layer]) {
				ranges[layer] = movedRange(ranges[layer]!, range);
			}

			return quantise(tf, activations, levelsOf(...(mode === 'train' && isMoving[layer] ? ranges[layer]! : range), bits));
		},
		ranges: () => ranges.slice(),
		setRanges(from) {
			ranges = from?.slice() ?? isMoving.map(() => initialRange);
		},
	};
}

/** The nearest level, halves up. */
function quantise(tf: Tensorflow, tensor: Tensor, {low, high, step}: Levels): Tensor {
	const operation = tf.customGrad((x, save) => {
		save([x]);
		const [lowest, size] = [tf.scalar(low), tf.scalar(step)];
		const value = step === 0
			? tf.mul(x, tf.scalar(0))
			: tf.add(tf.mul(tf.floor(tf.add(tf.div(tf.sub(tf.clipByValue(x, low, high), lowest), size), tf.scalar(0.5))), size), lowest);
		return {
			value,
			gradFunc: (dy, [saved]) => tf.mul(dy, tf.cast(tf.logicalAnd(tf.greaterEqual(saved!, tf.scalar(low)), tf.lessEqual(saved!, tf.scalar(high))), 'float32')),
		};
	});
	return operation(tensor);
}
