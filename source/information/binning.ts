import {type Discretise} from './discretise.js';
import {isFloat32, type LayerActivations} from './layer-activations.js';

/** numpy's `linspace(-1, 1, 30)` in float64, and as the float32 that the papers' code compares with. */
const edges64 = Float64Array.from({length: 30}, (_, index) => index === 29 ? 1 : (index * (2 / 29)) - 1);
const edges32 = Float64Array.from(edges64, edge => Math.fround(edge));

/**
The "30 bins" of [ST17] (IDNNs): the number of edges ≤ v, less one. That is 29 cells 0 … 28, a cell 29 of its own for v ≥ 1, where
saturated tanh sits, and the same cell for v < −1, since the papers' code then reads index −1, the last.
*/
export const linearBins: Discretise = (layer, cells) => {
	const edges = isFloat32(layer) ? edges32 : edges64;
	const {values} = layer;
	for (let index = 0; index < values.length; index++) {
		cells[index] = linearBin(values[index]!, edges);
	}
};

function linearBin(value: number, edges: Float64Array): number {
	if (!(value >= -1 && value < 1)) {
		return 29;
	}

	const place = (value + 1) * 14.5;
	const cell = place | 0;
	const rest = place - cell;
	if (rest > 1e-5 && rest < 1 - 1e-5) {
		return cell;
	}

	// Off by one at the most, where rounding moved the product or the edge.
	return edges[cell + 1]! <= value ? cell + 1 : (edges[cell]! > value ? cell - 1 : cell);
}

/** floor(v / w) [S18] (ibsgd); for float32 activations the width and the quotient are float32. */
export const widthBins = (width: number): Discretise => (layer, cells) => {
	const {values} = layer;
	const width32 = Math.fround(width);
	const cellOf = isFloat32(layer) ? (value: number) => Math.floor(Math.fround(value / width32)) : (value: number) => Math.floor(value / width);
	const areSmall = isFloat32(layer) ? floorQuotients32(values, width32, cells) : floorQuotients64(values, width, cells);
	if (!areSmall) {
		numberCells(values, cellOf, cells);
	}
};

/** Whether all of the cells fit into 32 bits. One loop a precision, since a loop that asks for it at every value takes half as long again. */
function floorQuotients32(values: LayerActivations['values'], width: number, cells: Int32Array): boolean {
	let areSmall = true;
	for (let index = 0; index < values.length; index++) {
		const cell = Math.floor(Math.fround(values[index]! / width));
		const whole = cell | 0;
		cells[index] = whole;
		areSmall &&= whole === cell;
	}

	return areSmall;
}

function floorQuotients64(values: LayerActivations['values'], width: number, cells: Int32Array): boolean {
	let areSmall = true;
	for (let index = 0; index < values.length; index++) {
		const cell = Math.floor(values[index]! / width);
		const whole = cell | 0;
		cells[index] = whole;
		areSmall &&= whole === cell;
	}

	return areSmall;
}

/** Cells too large for 32 bits get numbers in the order in which they appear. */
function numberCells(values: LayerActivations['values'], cellOf: (value: number) => number, cells: Int32Array): void {
	const numbers = new Map<number, number>();
	for (let index = 0; index < values.length; index++) {
		const cell = cellOf(values[index]!);
		const number = numbers.get(cell) ?? numbers.size;
		numbers.set(cell, number);
		cells[index] = number;
	}
}
