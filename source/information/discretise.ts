import {type LayerActivations} from './layer-activations.js';

/**
Writes the cell of each activation, a whole number, to the same place in `cells` (rows × units or longer). Cells are only compared
with each other.
*/
export type Discretise = (layer: LayerActivations, cells: Int32Array) => void;

/** Least and greatest of every `stride`-th value from `start` on. */
export function rangeOf(values: LayerActivations['values'], start = 0, stride = 1): readonly [number, number] {
	let low = Infinity;
	let high = -Infinity;
	for (let index = start; index < values.length; index += stride) {
		const value = values[index]!;
		low = Math.min(low, value);
		high = Math.max(high, value);
	}

	return [low, high];
}

/** Where the edges of the cells come from: all values of the layer, or those of each neuron for itself. */
export type Scope = 'layer' | 'neuron';

/** Calls `write` with the place of the first value and the stride to the next, once for the layer or once a neuron. */
export function forEachScope({units}: LayerActivations, scope: Scope, write: (start: number, stride: number) => void): void {
	if (scope === 'layer') {
		write(0, 1);
		return;
	}

	for (let unit = 0; unit < units; unit++) {
		write(unit, units);
	}
}
