/**
The network a second time, in float64 and without anything clever: what the engines are held against. Matrices are arrays of rows.
*/
import {type ActivationName} from '../../source/engine/activation.js';
import {type Batch} from '../../source/engine/engine.js';

type Floats = Float32Array | Float64Array;

/** Weights (fan-in × units) and biases by layer, in either precision. */
export type ReferenceParameters = {readonly weights: readonly Floats[]; readonly biases: readonly Floats[]};

const functions: Record<ActivationName, (z: number) => number> = {
	tanh: z => Math.tanh(z),
	relu: z => Math.max(0, z),
	sigmoid: z => 1 / (1 + Math.exp(-z)),
	linear: z => z,
	softplus: z => Math.log1p(Math.exp(z)),
	softsign: z => z / (1 + Math.abs(z)),
};

type Forward = {
	/** Activations of each layer, softmax last, and what the hidden activations were taken of: layers × units. */
	readonly activations: number[][];
	readonly logits: number[][];
};

/** One sample through the network. */
export function forwardSample(parameters: ReferenceParameters, activation: ActivationName, input: ArrayLike<number>): Forward {
	const activations: number[][] = [];
	const logits: number[][] = [];
	for (const [layer, weights] of parameters.weights.entries()) {
		const z = affine(activations.at(-1) ?? Array.from(input), weights, parameters.biases[layer]!);
		logits.push(z);
		activations.push(layer === parameters.weights.length - 1 ? softmax(z) : z.map(value => functions[activation](value)));
	}

	return {activations, logits};
}

const affine = (input: readonly number[], weights: Floats, biases: Floats): number[] => Array.from(biases, (bias, unit) => {
	let sum = bias;
	for (const [source, value] of input.entries()) {
		sum += value * weights[(source * biases.length) + unit]!;
	}

	return sum;
});

function softmax(logits: readonly number[]): number[] {
	const largest = Math.max(...logits);
	const exponentials = logits.map(value => Math.exp(value - largest));
	const sum = exponentials.reduce((total, value) => total + value, 0);
	return exponentials.map(value => value / sum);
}

/** Each sample of a batch: its inputs and its target. */
export function samplesOf({rows, inputs, targets}: Batch): Array<{input: Float32Array; target: Float32Array}> {
	const features = inputs.length / rows;
	const classes = targets.length / rows;
	return Array.from({length: rows}, (_, row) => ({
		input: inputs.subarray(row * features, (row + 1) * features),
		target: targets.subarray(row * classes, (row + 1) * classes),
	}));
}

/** Mean cross-entropy of a batch in nats. */
export function lossOf(parameters: ReferenceParameters, activation: ActivationName, batch: Batch): number {
	let loss = 0;
	for (const {input, target} of samplesOf(batch)) {
		const output = forwardSample(parameters, activation, input).activations.at(-1)!;
		for (const [unit, p] of output.entries()) {
			loss -= target[unit]! > 0 ? target[unit]! * Math.log(p) : 0;
		}
	}

	return loss / batch.rows;
}
