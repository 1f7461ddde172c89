import {type RowCode} from './group.js';

/** numpy's `linspace(-1, 1, 30)` in float64, and as the float32 that the papers' code compares with. */
const edges64 = Float64Array.from({length: 30}, (_, index) => index === 29 ? 1 : (index * (2 / 29)) - 1);
const edges32 = Float64Array.from(edges64, edge => Math.fround(edge));

/**
The "30 bins" of [ST17] (IDNNs): the number of edges ≤ v, less one. That is 29 cells 0 … 28, a cell 29 of its own for v ≥ 1, where
saturated tanh sits, and the same cell for v < −1, since the papers' code then reads index −1, the last.
*/
export const linearBins: RowCode = (value, isFloat32) => {
	const edges = isFloat32 ? edges32 : edges64;
	if (value < -1 || value >= 1) {
		return 29;
	}

	let cell = Math.floor((value + 1) * 14.5);
	while (cell < 29 && edges[cell + 1]! <= value) {
		cell++;
	}

	while (edges[cell]! > value) {
		cell--;
	}

	return cell;
};

/** floor(v / w) [S18] (ibsgd); for float32 activations the width and the quotient are float32. */
export const widthBins = (width: number): RowCode => {
	const width32 = Math.fround(width);
	return (value, isFloat32) => Math.floor(isFloat32 ? Math.fround(value / width32) : value / width);
};
