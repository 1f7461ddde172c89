import {
	type Discretise, forEachScope, rangeOf, type Scope,
} from './discretise.js';
import {isFloat32} from './layer-activations.js';

/**
`count` equal cells over the range of the layer, or of each neuron, at this epoch [L22] (ExactIBAnalysisInQNNs): the edges are
those of numpy's arange from lo to below hi, in float64, with the range rounded as the activations are; the cell is the number of
edges ≤ v. An empty range is one cell.
*/
export const uniformCells = (count: number, scope: Scope): Discretise => (layer, cells) => {
	const {values} = layer;
	const isSingle = isFloat32(layer);
	forEachScope(layer, scope, (start, stride) => {
		const [low, high] = rangeOf(values, start, stride);
		const {delta, edges: length, perUnit} = spacing(low, high, count, isSingle);
		const edges = Float64Array.from({length}, (_, index) => low + (index * delta));
		for (let index = start; index < values.length; index += stride) {
			const value = values[index]!;
			let cell = Math.min(edges.length, Math.max(0, ((value - low) * perUnit) | 0));
			while (cell < edges.length && edges[cell]! <= value) {
				cell++;
			}

			while (cell > 0 && edges[cell - 1]! > value) {
				cell--;
			}

			cells[index] = cell;
		}
	});
};

/**
numpy's arange(low, high, step): the edges low + k·delta, where delta = (low + step) − low, ⌈(high − low) / step⌉ of them; and how many
cells there are to a unit.
*/
export function spacing(low: number, high: number, cells: number, isSingle: boolean): {readonly delta: number; readonly edges: number; readonly perUnit: number} {
	const range = isSingle ? Math.fround(high - low) : high - low;
	const step = range / cells;
	const edges = Math.ceil((high - low) / step);
	return {delta: low + step - low, edges: Number.isFinite(edges) ? edges : 0, perUnit: range > 0 ? cells / range : 0};
}
