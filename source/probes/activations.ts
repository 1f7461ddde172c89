import {type Dataset} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {type Engine} from '../engine/engine.js';
import {areFinite} from '../information/cells/finite.js';
import {type LayerActivations} from '../information/layer-activations.js';

export type Fit = {
	/** Mean cross-entropy over the training set, or over that part of it that a view has (see view.ts), in nats. */
	readonly loss: number;
	/** Fraction of right answers, over the same; null where there are no test samples. */
	readonly accuracy: {readonly train: number; readonly test: number | null};
};

/** As engines tell them. */
export type Float32Activations = LayerActivations & {readonly values: Float32Array};

/** The activations of every layer for every sample, the softmax output last, from one forward pass; `used` as for the engine. */
export function probeActivations(engine: Engine, {inputs, samples}: Pick<Dataset, 'inputs' | 'samples'>, used?: readonly Float32Array[]): Float32Activations[] {
	return engine.forward(inputs, samples, used).map(values => ({rows: samples, units: values.length / samples, values}));
}

/** The number, from 1, of the first layer that holds NaN or infinity; `undefined` if all numbers are sound. */
export function brokenLayer(layers: readonly Float32Activations[]): number | undefined {
	const index = layers.findIndex(({values}) => !areFinite(values));
	return index === -1 ? undefined : index + 1;
}

/** Loss and accuracy, from the activations of the output layer; in the loss, a probability below `least` counts as that. */
export function probeFit(output: LayerActivations, {labels}: Pick<Dataset, 'labels'>, split: Split, least = 1e-38): Fit {
	return {
		loss: meanLoss(output, labels, split.train, least),
		accuracy: {train: accuracy(output, labels, split.train), test: split.test.length > 0 ? accuracy(output, labels, split.test) : null},
	};
}

function meanLoss({units, values}: LayerActivations, labels: Uint8Array, rows: Int32Array, least: number): number {
	const {length} = rows;
	let sum = 0;
	// By index, here and below: the first look at a network is at every sample, and nothing is compiled yet.
	for (let index = 0; index < length; index++) {
		const row = rows[index]!;
		sum -= Math.log(Math.max(values[(row * units) + labels[row]!]!, least));
	}

	return sum / length;
}

function accuracy({units, values}: LayerActivations, labels: Uint8Array, rows: Int32Array): number {
	const {length} = rows;
	let right = 0;
	for (let index = 0; index < length; index++) {
		const row = rows[index]!;
		right += argMax(values, row * units, units) === labels[row] ? 1 : 0;
	}

	return right / length;
}

function argMax(values: Float32Array | Float64Array, start: number, length: number): number {
	let best = 0;
	for (let index = 1; index < length; index++) {
		if (values[start + index]! > values[start + best]!) {
			best = index;
		}
	}

	return best;
}
