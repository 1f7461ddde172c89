import {
	type Batch, type Engine, type EngineState, type NetworkOptions, type Parameters, type StepObserver,
} from '../engine.js';
import {createGradientMeans} from '../gradient-means.js';
import {activationKernels} from './activation.js';
import {
	affine, inputGradients, parameterGradients, softmax,
} from './dense.js';
import {copyParameters, mapParameters, overwrite} from './parameters.js';
import {update} from './update.js';

/** Samples that the forward pass over a whole data set takes at a time: small enough to stay in the cache. */
const chunk = 512;

/**
The built-in engine in plain TypeScript: typed arrays, loops and sums in float64. The reference that the compiled kernels are held to.
*/
export function createReferenceEngine({widths, activation, optimizer}: NetworkOptions, initial: EngineState): Engine {
	const layers = widths.length - 1;
	const kernel = activationKernels[activation];
	const state = copyState(initial);
	const gradients = emptyLike(state.parameters);
	let {steps} = state;
	let capacity = 0;
	/** Layer 0 is the input; each units × capacity. */
	let values: Float32Array[] = [];
	let deltas: Float32Array[] = [];

	function reserve(rows: number): void {
		if (rows > capacity) {
			capacity = rows;
			values = widths.map(units => new Float32Array(units * capacity));
			deltas = widths.map(units => new Float32Array(units * capacity));
		}
	}

	function run(inputs: Float32Array, start: number, rows: number): void {
		transposeIn(values[0]!, inputs, start, rows, widths[0]!, capacity);
		for (let layer = 0; layer < layers; layer++) {
			const fanIn = widths[layer]!;
			const units = widths[layer + 1]!;
			const output = values[layer + 1]!;
			affine(output, values[layer]!, state.parameters.weights[layer]!, state.parameters.biases[layer]!, fanIn, units, rows, capacity);
			if (layer === layers - 1) {
				softmax(output, units, rows, capacity);
			} else {
				for (let unit = 0; unit < units; unit++) {
					kernel.forward(output, unit * capacity, (unit * capacity) + rows);
				}
			}
		}
	}

	function differentiate(rows: number): void {
		for (let layer = layers - 1; layer >= 0; layer--) {
			const fanIn = widths[layer]!;
			const units = widths[layer + 1]!;
			const delta = deltas[layer + 1]!;
			parameterGradients(gradients.weights[layer]!, gradients.biases[layer]!, values[layer]!, delta, fanIn, units, rows, capacity);
			if (layer > 0) {
				inputGradients(deltas[layer]!, delta, state.parameters.weights[layer]!, fanIn, units, rows, capacity);
				for (let source = 0; source < fanIn; source++) {
					kernel.backward(deltas[layer]!, values[layer]!, source * capacity, (source * capacity) + rows);
				}
			}
		}
	}

	return {
		name: 'builtin',
		step(batch: Batch, observe?: StepObserver) {
			reserve(batch.rows);
			run(batch.inputs, 0, batch.rows);
			outputDelta(deltas[layers]!, values[layers]!, batch, widths[layers]!, capacity);
			differentiate(batch.rows);
			observe?.(crossEntropy(values[layers]!, batch, widths[layers]!, capacity), gradients);
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
			const outputs = widths.slice(1).map(units => new Float32Array(rows * units));
			for (let start = 0; start < rows; start += capacity) {
				const count = Math.min(capacity, rows - start);
				run(inputs, start, count);
				for (const [layer, output] of outputs.entries()) {
					transposeOut(output, values[layer + 1]!, start, count, widths[layer + 1]!, capacity);
				}
			}

			return outputs;
		},
		readParameters: () => copyParameters(state.parameters),
		readState: () => copyState({...state, steps}),
		writeState(from) {
			steps = from.steps;
			overwrite(state.parameters, from.parameters);
			for (const [index, slot] of state.slots.entries()) {
				overwrite(slot, from.slots[index]!);
			}
		},
		dispose: () => undefined,
	};
}

/** ∂(mean cross-entropy)/∂logits = (softmax − target)/rows. */
export function outputDelta(delta: Float32Array, output: Float32Array, {rows, targets}: Batch, units: number, capacity: number): void {
	for (let unit = 0; unit < units; unit++) {
		for (let row = 0; row < rows; row++) {
			delta[(unit * capacity) + row] = (output[(unit * capacity) + row]! - targets[(row * units) + unit]!) / rows;
		}
	}
}

/** Mean cross-entropy in nats; a probability that float32 rounds to 0 counts as the smallest that it can hold. */
export function crossEntropy(output: Float32Array, {rows, targets}: Batch, units: number, capacity: number): number {
	let sum = 0;
	for (let row = 0; row < rows; row++) {
		for (let unit = 0; unit < units; unit++) {
			const target = targets[(row * units) + unit]!;
			if (target > 0) {
				sum -= target * Math.log(Math.max(output[(unit * capacity) + row]!, 1e-38));
			}
		}
	}

	return sum / rows;
}

/** Rows start … start + rows of a row-major matrix into columns of unit-major storage. */
export function transposeIn(to: Float32Array, from: Float32Array, start: number, rows: number, units: number, capacity: number): void {
	for (let row = 0; row < rows; row++) {
		const offset = (start + row) * units;
		for (let unit = 0; unit < units; unit++) {
			to[(unit * capacity) + row] = from[offset + unit]!;
		}
	}
}

export function transposeOut(to: Float32Array, from: Float32Array, start: number, rows: number, units: number, capacity: number): void {
	for (let row = 0; row < rows; row++) {
		const offset = (start + row) * units;
		for (let unit = 0; unit < units; unit++) {
			to[offset + unit] = from[(unit * capacity) + row]!;
		}
	}
}

export const emptyLike = (parameters: Parameters): Parameters => mapParameters(parameters, values => new Float32Array(values.length));

export const copyState = ({parameters, steps, slots}: EngineState): EngineState => ({
	parameters: copyParameters(parameters),
	steps,
	slots: slots.map(slot => copyParameters(slot)),
});
