import {type Discretise, forEachScope, type Scope} from './discretise.js';
import {isFloat32, type LayerActivations} from './layer-activations.js';

/**
`count` groups of equal frequency of the sorted values of the layer, or of each neuron [L22]: of N values the first N mod count
groups have one more. The edges lie midway between the neighbours of two groups, rounded as the activations are; the cell is the
number of edges ≤ v, so equal values share a cell.
*/
export const quantileCells = (count: number, scope: Scope): Discretise => (layer, cells) => {
	const {values} = layer;
	forEachScope(layer, scope, (start, stride) => {
		const edges = edgesBetween(sorted(layer, start, stride), count, isFloat32(layer));
		for (let index = start; index < values.length; index += stride) {
			cells[index] = countUpTo(edges, values[index]!);
		}
	});
};

function sorted({values, rows}: LayerActivations, start: number, stride: number): LayerActivations['values'] {
	if (stride === 1) {
		return values.toSorted();
	}

	const column = new (isFloat32({rows, units: 1, values}) ? Float32Array : Float64Array)(rows);
	for (let row = 0; row < rows; row++) {
		column[row] = values[start + (row * stride)]!;
	}

	return column.toSorted();
}

/** Of values in their order. */
const edgesBetween = (ordered: LayerActivations['values'], count: number, isSingle: boolean): Float64Array =>
	Float64Array.from(groupEnds(ordered.length, count), end => middle(ordered[end - 1]!, ordered[end]!, isSingle));

/** Where, among so many values in their order, the groups end, but for the last: how many values lie before. */
export function groupEnds(length: number, count: number): Int32Array {
	const groups = Math.min(count, length);
	const each = Math.floor(length / groups);
	const larger = length % groups;
	return Int32Array.from({length: Math.max(0, groups - 1)}, (_, group) => ((group + 1) * each) + Math.min(group + 1, larger));
}

/** The edge between two neighbours. */
export const middle = (below: number, above: number, isSingle: boolean): number =>
	isSingle ? Math.fround(Math.fround(below + above) / 2) : (below + above) / 2;

/** How many of the edges, which rise, are ≤ value. */
function countUpTo(edges: Float64Array, value: number): number {
	let low = 0;
	let high = edges.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (edges[middle]! <= value) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
