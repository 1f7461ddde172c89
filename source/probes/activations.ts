import {type Dataset} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {type Engine} from '../engine/engine.js';
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
export function brokenLayer(layers: readonly LayerActivations[]): number | undefined {
	const index = layers.findIndex(({values}) => isBroken(values));
	return index === -1 ? undefined : index + 1;
}

/** Four sums side by side, none of which waits for another: a tenth of the time. Any number times 0 is 0, but NaN and infinity are not. */
function isBroken(values: Float32Array | Float64Array): boolean {
	const whole = values.length - (values.length % 4);
	let [first, second, third, fourth] = [0, 0, 0, 0];
	for (let index = 0; index < whole; index += 4) {
		first += values[index]! * 0;
		second += values[index + 1]! * 0;
		third += values[index + 2]! * 0;
		fourth += values[index + 3]! * 0;
	}

	for (let index = whole; index < values.length; index++) {
		first += values[index]! * 0;
	}

	return first + second + third + fourth !== 0;
}

/** Loss and accuracy, from the activations of the output layer; in the loss, a probability below `least` counts as that. */
export function probeFit(output: LayerActivations, {labels}: Pick<Dataset, 'labels'>, split: Split, least = 1e-38): Fit {
	return {
		loss: meanLoss(output, labels, split.train, least),
		accuracy: {train: accuracy(output, labels, split.train), test: split.test.length > 0 ? accuracy(output, labels, split.test) : null},
	};
}

function meanLoss({units, values}: LayerActivations, labels: Uint8Array, rows: Int32Array, least: number): number {
	let sum = 0;
	for (const row of rows) {
		sum -= Math.log(Math.max(values[(row * units) + labels[row]!]!, least));
	}

	return sum / rows.length;
}

function accuracy({units, values}: LayerActivations, labels: Uint8Array, rows: Int32Array): number {
	let right = 0;
	for (const row of rows) {
		right += argMax(values, row * units, units) === labels[row] ? 1 : 0;
	}

	return right / rows.length;
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
