/**
How a network lies in memory. It is described by `widths`, the address of `layers + 1` i32: features, the hidden layers' units, classes. Its
parameters, their gradients and the optimiser's moments are laid out alike: weights (fan-in × units, row-major) and biases of each layer in
turn, each array filled up to a multiple of 16 bytes.
*/
import {packedDeltaBytes} from './parameter-gradients';
import {packedWeightBytes} from './product';

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function widthOf(widths: usize, layer: usize): usize {
	return <usize>load<i32>(widths + layer * 4);
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function arrayBytes(length: usize): usize {
	return (length * 4 + 15) & ~15;
}

export function parameterBytes(widths: usize, layers: usize): usize {
	let bytes: usize = 0;
	for (let layer: usize = 0; layer < layers; layer++) {
		const units = widthOf(widths, layer + 1);
		bytes += arrayBytes(widthOf(widths, layer) * units) + arrayBytes(units);
	}

	return bytes;
}

export function totalWidth(widths: usize, layers: usize): usize {
	let total: usize = 0;
	for (let layer: usize = 0; layer <= layers; layer++) {
		total += widthOf(widths, layer);
	}

	return total;
}

/** Room for the packed weights of any layer, or the packed inputs and deltas of so many samples. */
export function packedBytes(widths: usize, layers: usize, rows: usize): usize {
	let widest: usize = 0;
	for (let layer: usize = 0; layer <= layers; layer++) {
		widest = max(widest, widthOf(widths, layer));
	}

	return max(packedWeightBytes(widest), packedDeltaBytes(widest, rows));
}
