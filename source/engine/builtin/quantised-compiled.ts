import {
	type Batch, type Engine, type EngineState, type NetworkOptions,
} from '../engine.js';
import {
	hasMovingRange, initialRange, levelsOf, type Quantisation,
} from '../quantisation.js';
import {activationNumbers} from './compiled.js';
import {compiledUpdate} from './compiled-update.js';
import {type CompiledMeans, createCompiledMeans} from './gradient-means.js';
import {denseModule} from './module.js';
import {copyParameters, overwrite} from './parameters.js';
import {align, parametersAt, placeNetwork} from './placement.js';
import {quantiseUnits, rangeOfAll} from './quantised.js';

/** Samples that the forward pass over a whole data set takes at a time. */
const chunk = 512;

/** As in assembly/levels.ts. */
const levelBytes = 32;

/**
The engine of networks whose values have only some bits [L22], as quantised-reference.ts says it, with its kernels in WebAssembly: one call for
the weights' levels, one for the gradients of a batch and one for the update. The same value becomes the same level as in the reference, but sums
are float32, so that a value may come to lie on the other side of the middle between two levels, about one in a hundred thousand.
*/
export function createCompiledQuantisedEngine({widths, activation, optimizer}: NetworkOptions, {bits}: Quantisation, initial: EngineState): Engine {
	const module = denseModule();
	const {kernels} = module;
	const layers = widths.length - 1;
	const isHiddenMoving = Number(hasMovingRange(activation));
	/** The last slot is for the weights as levels. */
	const placed = placeNetwork(module, widths, initial.slots.length + 1);
	const levelledAt = placed.slots.at(-1)!;
	const slotsAt = placed.slots.slice(0, -1);
	const levelsAt = module.heap.allocate(layers * (levelBytes + 16));
	const rangesAt = levelsAt + (layers * levelBytes);
	const parameters = parametersAt(module, widths, placed.values);
	const levelled = parametersAt(module, widths, levelledAt);
	const gradients = parametersAt(module, widths, placed.gradients);
	const slots = slotsAt.map(slot => parametersAt(module, widths, slot));
	const ranges = () => new Float64Array(kernels.memory.buffer, rangesAt, layers * 2);
	let {steps} = initial;
	let means: CompiledMeans | undefined;
	let isDisposed = false;

	function write(state: EngineState): void {
		steps = state.steps;
		overwrite(parameters(), state.parameters);
		for (const [index, slot] of slots.entries()) {
			overwrite(slot(), state.slots[index]!);
		}

		ranges().set(state.ranges?.flat() ?? Array.from({length: layers}, () => initialRange).flat());
	}

	function quantiseWeights(): void {
		kernels.quantiseWeights(placed.widths, layers, isHiddenMoving, bits, placed.values, placed.bytes, levelledAt, levelsAt);
	}

	function differentiate({rows, inputs, targets}: Batch, isLossWanted: boolean): number {
		const inputBytes = align(inputs.length * 4);
		const targetBytes = align(targets.length * 4);
		const inputsAt = module.workspace(inputBytes + targetBytes + kernels.quantisedScratchBytes(placed.widths, layers, rows));
		const targetsAt = inputsAt + inputBytes;
		module.floats(inputsAt, inputs.length).set(inputs);
		module.floats(targetsAt, targets.length).set(targets);
		module.floats(placed.gradients, placed.bytes / 4).fill(0);
		quantiseWeights();
		return kernels.differentiateQuantised(
			placed.widths,
			layers,
			activationNumbers[activation],
			isHiddenMoving,
			bits,
			rows,
			inputsAt,
			targetsAt,
			placed.values,
			levelledAt,
			levelsAt,
			rangesAt,
			placed.gradients,
			targetsAt + targetBytes,
			Number(isLossWanted),
		) / rows;
	}

	/** The activations of one layer for any number of rows, before they are quantised; in `used`, if that has the room. */
	function activate(layer: number, inputs: Float32Array, rows: number, used?: Float32Array): Float32Array {
		const [fanIn, units] = [widths[layer]!, widths[layer + 1]!];
		const count = Math.min(chunk, rows);
		const inputBytes = align(count * fanIn * 4);
		const outputBytes = align(count * units * 4);
		const inputsAt = module.workspace(inputBytes + outputBytes + kernels.quantisedScratchBytes(placed.widths, layers, count));
		const outputsAt = inputsAt + inputBytes;
		const {weights, biases} = levelled();
		const output = used?.length === rows * units ? used : new Float32Array(rows * units);
		for (let start = 0; start < rows; start += count) {
			const taken = Math.min(count, rows - start);
			module.floats(inputsAt, taken * fanIn).set(inputs.subarray(start * fanIn, (start + taken) * fanIn));
			kernels.activateLayer(
				layer === layers - 1 ? -1 : activationNumbers[activation],
				taken,
				inputsAt,
				weights[layer]!.byteOffset,
				biases[layer]!.byteOffset,
				fanIn,
				units,
				outputsAt,
				outputsAt + outputBytes,
			);
			output.set(module.floats(outputsAt, taken * units), start * units);
		}

		return output;
	}

	write(initial);
	return {
		name: 'builtin',
		step(batch, observe) {
			const loss = differentiate(batch, observe !== undefined);
			observe?.(loss, gradients());
			steps++;
			compiledUpdate(module, {...placed, slots: slotsAt}, optimizer, steps);
		},
		gradientMeans() {
			means ??= createCompiledMeans(module, widths, placed);
			return means;
		},
		forward(inputs, rows, used = []) {
			quantiseWeights();
			const outputs: Float32Array[] = [];
			for (let layer = 0; layer < layers; layer++) {
				const output = activate(layer, outputs.at(-1) ?? inputs, rows, used[layer]);
				quantiseUnits(output, output, levelsOf(...rangeOfAll(output), bits), 1, output.length, output.length);
				outputs.push(output);
			}

			return outputs;
		},
		readParameters: () => copyParameters(parameters()),
		readState: () => ({
			parameters: copyParameters(parameters()),
			steps,
			slots: slots.map(slot => copyParameters(slot())),
			ranges: Array.from({length: layers}, (_, layer) => [ranges()[2 * layer]!, ranges()[(2 * layer) + 1]!] as const),
		}),
		writeState: write,
		dispose() {
			if (!isDisposed) {
				isDisposed = true;
				module.heap.free(placed.widths);
				means?.free();
				module.heap.free(levelsAt);
			}
		},
	};
}
