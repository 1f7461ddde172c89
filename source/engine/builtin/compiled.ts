import {type ActivationName} from '../activation.js';
import {
	type Engine, type EngineState, type NetworkOptions, type StepObserver,
} from '../engine.js';
import {compiledUpdate} from './compiled-update.js';
import {type CompiledMeans, createCompiledMeans} from './gradient-means.js';
import {denseModule} from './module.js';
import {copyParameters, overwrite} from './parameters.js';
import {align, parametersAt, placeNetwork} from './placement.js';

/** Samples that go through all layers before the next ones do: few enough for their activations to stay in the cache. */
const blockRows = 128;

/** Of samples that are in WebAssembly's memory at a time: a whole batch, or all of a small data set with its activations, unless that is larger. */
const stagedBytes = 2 ** 20;

/**
Of the inputs of data sets that are copied into WebAssembly's memory as a whole. Of larger ones the rows are long, and gathering them takes
a small part of the time.
*/
const mostCopiedBytes = 2 ** 24;

/** Brings `count` samples of a batch, from `start` on, into WebAssembly's memory: row-major inputs and targets; there is room for their numbers. */
type Stage = (part: {
	readonly start: number;
	readonly count: number;
	readonly numbersAt: number;
	readonly inputsAt: number;
	readonly targetsAt: number;
}) => void;

/** As in assembly/activation.ts. */
export const activationNumbers: Record<ActivationName, number> = {
	tanh: 0, relu: 1, sigmoid: 2, linear: 3, softplus: 4, softsign: 5,
};

/**
The built-in engine with its kernels in WebAssembly: float32, four samples an instruction, one call for the gradients of a batch and one for
the update. The same bits on every machine. Memory: the parameters four times (three times with SGD), twice more for the means of the gradients, and
a workspace shared by all engines of the thread; for 12-10-7-5-4-3-2 that is 7 KB and, after a look at 4096 samples, 0.8 MB. Data sets
that are stepped over by numbers are there once for all of them.
*/
export function createCompiledEngine({widths, activation, optimizer}: NetworkOptions, initial: EngineState): Engine {
	const module = denseModule();
	const {kernels} = module;
	const placed = placeNetwork(module, widths, initial.slots.length);
	const layers = widths.length - 1;
	const features = widths[0]!;
	const classes = widths[layers]!;
	const activationNumber = activationNumbers[activation];
	const scratchBytes = kernels.scratchBytes(placed.widths, layers, blockRows);
	const mostRows = rowsOfBytes(features * 4);
	const parameters = parametersAt(module, widths, placed.values);
	const gradients = parametersAt(module, widths, placed.gradients);
	const slots = placed.slots.map(slot => parametersAt(module, widths, slot));
	let {steps} = initial;
	const copied: Array<Float32Array | Uint8Array> = [];
	let means: CompiledMeans | undefined;
	let isDisposed = false;

	function write(state: EngineState): void {
		steps = state.steps;
		overwrite(parameters(), state.parameters);
		for (const [index, slot] of slots.entries()) {
			overwrite(slot(), state.slots[index]!);
		}
	}

	/** Adds up the gradients of a batch, part by part; the loss where it is wanted. */
	function differentiate(rows: number, stage: Stage, isLossWanted: boolean): number {
		const staged = Math.min(rows, mostRows);
		const numberBytes = align(staged * 4);
		const inputBytes = align(staged * features * 4);
		const targetBytes = align(staged * classes * 4);
		const numbersAt = module.workspace(numberBytes + inputBytes + targetBytes + scratchBytes);
		const inputsAt = numbersAt + numberBytes;
		const targetsAt = inputsAt + inputBytes;
		module.floats(placed.gradients, placed.bytes / 4).fill(0);
		let loss = 0;
		for (let start = 0; start < rows; start += staged) {
			const count = Math.min(staged, rows - start);
			stage({
				start, count, numbersAt, inputsAt, targetsAt,
			});
			loss += kernels.differentiate(
				placed.widths,
				layers,
				activationNumber,
				count,
				rows,
				inputsAt,
				targetsAt,
				placed.values,
				placed.gradients,
				targetsAt + targetBytes,
				blockRows,
				Number(isLossWanted),
			);
		}

		return loss / rows;
	}

	function step(rows: number, stage: Stage, observe?: StepObserver): void {
		const loss = differentiate(rows, stage, observe !== undefined);
		observe?.(loss, gradients());
		steps++;
		compiledUpdate(module, placed, optimizer, steps);
	}

	write(initial);
	return {
		name: 'builtin',
		step({rows, inputs, targets}, observe) {
			step(rows, ({
				start, count, inputsAt, targetsAt,
			}) => {
				module.floats(inputsAt, count * features).set(part(inputs, start * features, count * features));
				module.floats(targetsAt, count * classes).set(part(targets, start * classes, count * classes));
			}, observe);
		},
		stepperOver({inputs, labels}) {
			if (inputs.byteLength > mostCopiedBytes) {
				return undefined;
			}

			copied.push(inputs, labels);
			const [samplesAt, labelsAt] = [module.copies.take(inputs), module.copies.take(labels)];
			return (rows, observe) => {
				step(rows.length, ({
					start, count, numbersAt, inputsAt, targetsAt,
				}) => {
					new Int32Array(kernels.memory.buffer, numbersAt, count).set(rows.subarray(start, start + count));
					kernels.gather(samplesAt, labelsAt, numbersAt, count, features, classes, inputsAt, targetsAt);
				}, observe);
			};
		},
		gradientMeans() {
			means ??= createCompiledMeans(module, widths, placed);
			return means;
		},
		forward(inputs, rows, used = []) {
			const hidden = widths.slice(1);
			const outputs = hidden.map((units, layer) => used[layer]?.length === rows * units ? used[layer] : new Float32Array(rows * units));
			const staged = Math.min(rows, rowsOfBytes(widths.reduce((sum, units) => sum + units, 0) * 4));
			const inputBytes = align(staged * features * 4);
			const outputBytes = align(staged * hidden.reduce((sum, units) => sum + units, 0) * 4);
			const inputsAt = module.workspace(inputBytes + outputBytes + scratchBytes);
			const outputsAt = inputsAt + inputBytes;
			for (let start = 0; start < rows; start += staged) {
				const count = Math.min(staged, rows - start);
				module.floats(inputsAt, count * features).set(part(inputs, start * features, count * features));
				kernels.forward(placed.widths, layers, activationNumber, count, inputsAt, placed.values, outputsAt, outputsAt + outputBytes, blockRows);
				let from = outputsAt;
				for (const [layer, units] of hidden.entries()) {
					outputs[layer]!.set(module.floats(from, count * units), start * units);
					from += count * units * 4;
				}
			}

			return outputs;
		},
		readParameters: () => copyParameters(parameters()),
		readState: () => ({
			parameters: copyParameters(parameters()),
			steps,
			slots: slots.map(slot => copyParameters(slot())),
		}),
		writeState: write,
		dispose() {
			if (!isDisposed) {
				isDisposed = true;
				module.heap.free(placed.widths);
				means?.free();
				for (const values of copied) {
					module.copies.release(values);
				}
			}
		},
	};
}

/** Whole blocks of samples of so many bytes that are staged at a time, at least one. */
const rowsOfBytes = (bytes: number): number => Math.max(1, Math.floor(stagedBytes / bytes / blockRows)) * blockRows;

/** Some elements, without a new view where they are all. */
const part = (values: Float32Array, start: number, length: number): Float32Array =>
	length === values.length ? values : values.subarray(start, start + length);
