import {type Parameters} from '../engine.js';
import {type DenseModule} from './module.js';

/** Where a network lies in WebAssembly's memory: its widths, then its parameters, their gradients and the optimiser's slots, all laid out alike. */
export type Placement = {
	readonly widths: number;
	readonly values: number;
	readonly gradients: number;
	readonly slots: readonly number[];
	/** Of each of those: weights and biases of each layer in turn, each array filled up to a multiple of 16 bytes. */
	readonly bytes: number;
};

/** Takes a region for a network; it is given back by freeing `widths`. */
export function placeNetwork({heap, kernels}: DenseModule, widths: readonly number[], slots: number): Placement {
	const header = align(widths.length * 4);
	const bytes = widths.slice(1).reduce((sum, units, layer) => sum + arrayBytes(widths[layer]! * units) + arrayBytes(units), 0);
	const start = heap.allocate(header + ((2 + slots) * bytes));
	new Int32Array(kernels.memory.buffer, start, widths.length).set(widths);
	const values = start + header;
	return {
		widths: start, values, gradients: values + bytes, slots: Array.from({length: slots}, (_, index) => values + ((2 + index) * bytes)), bytes,
	};
}

/** What tells the parameters, or what is laid out like them, at an address: views, made anew when memory has grown, which leaves the old ones empty. */
export function parametersAt(module: DenseModule, widths: readonly number[], address: number): () => Parameters {
	let views = viewsAt(module, widths, address);
	return () => {
		if (views.weights[0]!.buffer !== module.kernels.memory.buffer) {
			views = viewsAt(module, widths, address);
		}

		return views;
	};
}

function viewsAt(module: DenseModule, widths: readonly number[], address: number): Parameters {
	const weights: Float32Array[] = [];
	const biases: Float32Array[] = [];
	let start = address;
	for (const [layer, units] of widths.slice(1).entries()) {
		const count = widths[layer]! * units;
		weights.push(module.floats(start, count));
		biases.push(module.floats(start + arrayBytes(count), units));
		start += arrayBytes(count) + arrayBytes(units);
	}

	return {weights, biases};
}

/** Filled up to a whole vector. */
export const align = (bytes: number): number => Math.ceil(bytes / 16) * 16;

const arrayBytes = (length: number): number => align(length * 4);
