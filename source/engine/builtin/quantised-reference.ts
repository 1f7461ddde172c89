import {
	type Batch, type Engine, type EngineState, type NetworkOptions,
} from '../engine.js';
import {
	hasMovingRange, initialRange, type Levels, levelsOf, movedRange, type Quantisation, type Range,
} from '../quantisation.js';
import {createGradientMeans} from '../gradient-means.js';
import {activationKernels} from './activation.js';
import {
	affine, inputGradients, parameterGradients, softmax,
} from './dense.js';
import {copyParameters, overwrite} from './parameters.js';
import {
	maskClipped, quantiseUnits, quantiseWeights, rangeOfAll, rangeOfUnits,
} from './quantised.js';
import {
	copyState, crossEntropy, emptyLike, outputDelta, transposeIn, transposeOut,
} from './reference.js';
import {update} from './update.js';

/** Samples that the forward pass over a whole data set takes at a time. */
const chunk = 512;

/**
The engine of networks whose values have only some bits [L22], in plain TypeScript: what the compiled one is held to. A step: weights and activations are quantised on the way
forward (the moving ranges move with the batch), and the gradient goes straight through on the way back, but not where a value was
clipped. The loss and its gradient are those of the softmax before it is quantised, since a level of 0 has no logarithm.

In `forward` one range holds for all rows, so that a layer takes at most 2^bits values: that of these rows, also where training has a
moving range, which at first is so wide (−6 … 6) that a layer would hardly take ten (science.md section 3; its figures come out so).
*/
export function createQuantisedReferenceEngine({widths, activation, optimizer}: NetworkOptions, {bits}: Quantisation, initial: EngineState): Engine {
	const layers = widths.length - 1;
	const kernel = activationKernels[activation];
	const state = copyState(initial);
	const gradients = emptyLike(state.parameters);
	const isMoving = widths.slice(1).map((_, layer) => hasMovingRange(layer === layers - 1 ? 'softmax' : activation));
	const ranges: Range[] = initial.ranges?.slice() ?? isMoving.map(() => initialRange);
	/** Quantised where the layer's weights are, and else the weights themselves. */
	const weights = state.parameters.weights.map((values, layer) => isMoving[layer] ? values.slice() : values);
	const weightLevels: Array<Levels | undefined> = isMoving.map(() => undefined);
	const activationLevels: Levels[] = isMoving.map(() => levelsOf(...initialRange, bits));
	let {steps} = state;
	let capacity = 0;
	/** Units × capacity; the activations as they are, as levels (of layer 0: the input), and their gradients. */
	let raw: Float32Array[] = [];
	let values: Float32Array[] = [];
	let deltas: Float32Array[] = [];

	function reserve(rows: number): void {
		if (rows > capacity) {
			capacity = rows;
			[raw, values, deltas] = [1, 2, 3].map(() => widths.map(units => new Float32Array(units * capacity))) as [Float32Array[], Float32Array[], Float32Array[]];
		}
	}

	function quantiseAllWeights(): void {
		for (const [layer, moving] of isMoving.entries()) {
			weightLevels[layer] = moving ? quantiseWeights(weights[layer]!, state.parameters.weights[layer]!, bits) : undefined;
		}
	}

	/** The activations of one layer before they are quantised, from the levels of the one before. */
	function activate(layer: number, rows: number): void {
		const [fanIn, units] = [widths[layer]!, widths[layer + 1]!];
		const output = raw[layer + 1]!;
		affine(output, values[layer]!, weights[layer]!, state.parameters.biases[layer]!, fanIn, units, rows, capacity);
		if (layer === layers - 1) {
			softmax(output, units, rows, capacity);
			return;
		}

		for (let unit = 0; unit < units; unit++) {
			kernel.forward(output, unit * capacity, (unit * capacity) + rows);
		}
	}

	function runBatch({inputs, rows}: Batch): void {
		transposeIn(values[0]!, inputs, 0, rows, widths[0]!, capacity);
		for (let layer = 0; layer < layers; layer++) {
			const units = widths[layer + 1]!;
			activate(layer, rows);
			const range = rangeOfUnits(raw[layer + 1]!, units, rows, capacity);
			ranges[layer] = isMoving[layer] ? movedRange(ranges[layer]!, range) : ranges[layer]!;
			const levels = levelsOf(...(isMoving[layer] ? ranges[layer]! : range), bits);
			activationLevels[layer] = levels;
			quantiseUnits(values[layer + 1]!, raw[layer + 1]!, levels, units, rows, capacity);
		}
	}

	function differentiate(rows: number): void {
		for (let layer = layers - 1; layer >= 0; layer--) {
			const [fanIn, units] = [widths[layer]!, widths[layer + 1]!];
			const delta = deltas[layer + 1]!;
			parameterGradients(gradients.weights[layer]!, gradients.biases[layer]!, values[layer]!, delta, fanIn, units, rows, capacity);
			const own = weightLevels[layer];
			if (own) {
				maskClipped(gradients.weights[layer]!, state.parameters.weights[layer]!, own, 0, fanIn * units);
			}

			if (layer > 0) {
				inputGradients(deltas[layer]!, delta, weights[layer]!, fanIn, units, rows, capacity);
				for (let source = 0; source < fanIn; source++) {
					const [start, end] = [source * capacity, (source * capacity) + rows];
					maskClipped(deltas[layer]!, raw[layer]!, activationLevels[layer - 1]!, start, end);
					kernel.backward(deltas[layer]!, raw[layer]!, start, end);
				}
			}
		}
	}

	return {
		name: 'builtin',
		step(batch, observe) {
			reserve(batch.rows);
			quantiseAllWeights();
			runBatch(batch);
			outputDelta(deltas[layers]!, raw[layers]!, batch, widths[layers]!, capacity);
			differentiate(batch.rows);
			observe?.(crossEntropy(raw[layers]!, batch, widths[layers]!, capacity), gradients);
			steps++;
			for (let layer = 0; layer < layers; layer++) {
				for (const part of ['weights', 'biases'] as const) {
					update(optimizer, state.parameters[part][layer]!, gradients[part][layer]!, state.slots.map(slot => slot[part][layer]!), steps);
				}
			}
		},
		gradientMeans: createGradientMeans,
		forward(inputs, rows) {
			reserve(Math.min(chunk, rows));
			quantiseAllWeights();
			const outputs: Float32Array[] = [];
			for (let layer = 0; layer < layers; layer++) {
				const output = new Float32Array(rows * widths[layer + 1]!);
				for (let start = 0; start < rows; start += capacity) {
					const count = Math.min(capacity, rows - start);
					transposeIn(values[layer]!, outputs.at(-1) ?? inputs, start, count, widths[layer]!, capacity);
					activate(layer, count);
					transposeOut(output, raw[layer + 1]!, start, count, widths[layer + 1]!, capacity);
				}

				const levels = levelsOf(...rangeOfAll(output), bits);
				quantiseUnits(output, output, levels, 1, output.length, output.length);
				outputs.push(output);
			}

			return outputs;
		},
		readParameters: () => copyParameters(state.parameters),
		readState: () => ({...copyState({...state, steps}), ranges: ranges.slice()}),
		writeState(from) {
			steps = from.steps;
			overwrite(state.parameters, from.parameters);
			for (const [index, slot] of state.slots.entries()) {
				overwrite(slot, from.slots[index]!);
			}

			for (const [layer, range] of (from.ranges ?? isMoving.map(() => initialRange)).entries()) {
				ranges[layer] = range;
			}
		},
		dispose: () => undefined,
	};
}
