import {type Scope} from '../discretise.js';
import {groupEnds, middle} from '../quantile.js';
import {type CellKernel} from './kernels.js';

/** Into how many parts a range is divided at the most; enough that few values share one with an edge. */
const mostParts = 1024;

/**
For `quantileCells` with an edge at least. Values are not sorted to find a few edges: their range is divided into parts, of which only those are
sorted that hold the neighbours of an edge.
*/
export const quantileKernel = (count: number, scope: Scope): CellKernel => memory => {
	const {module, cells, rows, units} = memory;
	const [length, stride] = scope === 'layer' ? [rows * units, 1] : [rows, units];
	const ends = groupEnds(length, count);
	if (ends.length === 0) {
		return false;
	}

	const parts = Math.min(mostParts, 2 ** Math.ceil(Math.log2(length)));
	const places = memory.reserve(length * 4);
	const gathered = memory.reserve((length + 1) * 4);
	const scratch = memory.reserve(length * 4);
	const digits = memory.reserve(3 * 2048 * 4);
	const numbers = memory.reserve((parts + 1) * 4);
	const steps = memory.reserve(parts);
	const edgesAt = memory.reserve(ends.length * 4);
	const range = memory.reserve(16);
	const end = cells + (rows * units * 4);
	for (let start = cells; start < cells + (stride * 4); start += 4) {
		module.spreadValues(start, end, stride, parts, places, numbers, range);
		const {buffer} = module.memory;
		const ranks = mark(new Int32Array(buffer, numbers, parts), new Uint8Array(buffer, steps, parts), ends);
		const gatheredEnd = module.gatherValues(start, end, stride, places, steps, gathered);
		module.sortValues(gathered, gatheredEnd, 1, gathered, scratch, digits);
		const sorted = new Float32Array(buffer, gathered, (gatheredEnd - gathered) / 4);
		const edges = new Float32Array(buffer, edgesAt, ends.length);
		for (let index = 0; index < edges.length; index++) {
			edges[index] = middle(sorted[ranks[2 * index]!]!, sorted[ranks[(2 * index) + 1]!]!, true);
		}

		countEarlier(new Int32Array(buffer, numbers, parts + 1), edges, new Float64Array(buffer, range, 2));
		module.placeCells(start, end, stride, places, edgesAt, numbers);
	}

	return true;
};

/** Marks the parts that hold the values before and after each end of a group; the ranks of these among the values of the parts that are marked. */
function mark(counts: Int32Array, steps: Uint8Array, ends: Int32Array): Int32Array {
	const ranks = new Int32Array(2 * ends.length);
	let next = 0;
	let before = 0;
	let skipped = 0;
	for (let part = 0; part < counts.length; part++) {
		const after = before + counts[part]!;
		const first = next;
		for (; next < ranks.length && ends[next >> 1]! - 1 + (next % 2) < after; next++) {
			ranks[next] = ends[next >> 1]! - 1 + (next % 2) - skipped;
		}

		steps[part] = next > first ? 4 : 0;
		skipped += next > first ? 0 : after - before;
		before = after;
	}

	return ranks;
}

/** How many of the edges, which rise, lie in an earlier part than each, and in all of them. */
function countEarlier(firsts: Int32Array, edges: Float32Array, range: Float64Array): void {
	const [low, perUnit] = [range[0]!, range[1]!];
	// An edge that overflowed counts with the first or the last part; where there is but one, NaN is in it.
	const partOf = (edge: number) => Math.min(firsts.length - 2, Math.max(0, Math.trunc((edge - low) * perUnit) || 0));
	let part = 0;
	for (let index = 0; index < edges.length; index++) {
		for (const last = partOf(edges[index]!); part <= last; part++) {
			firsts[part] = index;
		}
	}

	firsts.fill(edges.length, part);
}
