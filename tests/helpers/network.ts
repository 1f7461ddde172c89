import {type ActivationName} from '../../source/engine/activation.js';
import {
	type Batch, type EngineState, type NetworkOptions, type Parameters,
} from '../../source/engine/engine.js';
import {initialState} from '../../source/engine/initialise.js';
import {type Optimizer} from '../../source/engine/optimizer.js';
import {Random} from '../../source/random.js';

export const adam: Optimizer = {
	name: 'adam', learningRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
};
export const sgd: Optimizer = {name: 'sgd', learningRate: 0.1, momentum: 0.9};
export const optimizers: readonly Optimizer[] = [adam, sgd];

/** Features, hidden units, classes: few and many, odd and even, ones at either end. */
export const oddWidths: ReadonlyArray<readonly number[]> = [[3, 1, 2], [1, 5, 3], [5, 1, 7, 6, 2], [17, 5, 17, 2], [7, 3, 4, 8, 5]];

export const network = (widths: readonly number[], activation: ActivationName, optimizer: Optimizer): NetworkOptions => ({widths, activation, optimizer});

/** An untouched network's state, but with biases that are not 0, so that a test sees what they do. */
export function startingState(options: NetworkOptions, seed = 1): EngineState {
	const state = initialState(options, 'truncated-normal-fan-in', seed);
	const random = Random.stream(seed, 'biases');
	const biases = state.parameters.biases.map(values => values.map(() => 0.3 * random.normal()));
	return {...state, parameters: {...state.parameters, biases}};
}

/** Normal inputs and one-hot targets; the same for the same seed. */
export function randomBatch(widths: readonly number[], rows: number, seed: number): Batch {
	const random = Random.stream(seed, 'batch');
	const classes = widths.at(-1)!;
	const targets = new Float32Array(rows * classes);
	for (let row = 0; row < rows; row++) {
		targets[(row * classes) + random.below(classes)] = 1;
	}

	return {rows, inputs: Float32Array.from({length: rows * widths[0]!}, () => random.normal()), targets};
}

export const randomBatches = (widths: readonly number[], rows: number, count: number): Batch[] =>
	Array.from({length: count}, (_, index) => randomBatch(widths, rows, index + 1));

/** A copy that the engine cannot change. */
export const copyParameters = ({weights, biases}: Parameters): Parameters => ({
	weights: weights.map(values => Float32Array.from(values)),
	biases: biases.map(values => Float32Array.from(values)),
});

/** All numbers in one row: weights, then biases. */
export const flatten = ({weights, biases}: Parameters): number[] => [...weights, ...biases].flatMap(values => [...values]);

/** The largest |a − b|/(scale + |b|): beyond float tolerance if it is above some 1e-5. */
export function deviation(actual: readonly number[], expected: readonly number[], scale: number): number {
	if (actual.length !== expected.length) {
		return Infinity;
	}

	const deviations = actual.map((value, index) => Math.abs(value - expected[index]!) / (scale + Math.abs(expected[index]!)));
	return deviations.some(value => Number.isNaN(value)) ? Infinity : Math.max(0, ...deviations);
}
