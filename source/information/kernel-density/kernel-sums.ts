import {type LayerActivations} from '../layer-activations.js';
import {Arena} from '../arena.js';
import {sumOnLine} from './line.js';
import {type KernelModule, kernelModule} from './module.js';
import {alongPrincipalAxes} from './principal-axes.js';
import {allRows, type KernelSums, type Part} from './sums.js';
import {
	groupRows, tileNumbers, type Tiling, tileRowsByClass,
} from './tiles.js';

/** Rows that are in WebAssembly's memory at a time, where only some rows are queries. */
const chunkRows = 4096;

/** The kernels come scaled by 2^8 and 2^32, so that the least of them is no denormal number (assembly/power.ts). */
const lowerScale = 2 ** -8;
const upperScale = 2 ** -32;

/** Kernels of the lower bound below 2^-bits count as none: bits for the rows, and 20 beyond, within what the scale allows. */
const bitsFor = (rows: number): number => Math.min(39, Math.max(32, 20 + Math.ceil(Math.log2(rows))));

/** As in assembly/: bytes of constants; float64 numbers of sums and bytes of column sums, a group. */
const constantBytes = 112;
const groupSums = 16;
const columnBytes = 64;

/**
Sums over all rows j of exp(−‖t_i − t_j‖² / 2v) and, for the lower bound, of exp(−‖t_i − t_j‖² / 8v), for each query i: every row, or
those given. Distances are float32 sums of squared differences, never the expanded square, which cancels. Kernels of pairs so far apart
that all of them together are less than 2^-20 of S_i are left out or rounded up to that. Time rows · queries · units, half of it where
every row is a query; memory linear in rows, and in the queries alone where only some rows are.

The variance is within 1e-30 … 1e30, so that float32 holds what is derived from it.
*/
export function kernelSums(layer: LayerActivations, variance: number, part: Part, queries?: Int32Array): KernelSums {
	if (queries) {
		return sumTiles(layer, variance, part, queries);
	}

	const turned = alongPrincipalAxes(layer, variance);
	return (turned.units === 1 ? sumOnLine(turned, variance, part) : undefined) ?? sumTiles(turned, variance, part);
}

function sumTiles(layer: LayerActivations, variance: number, part: Part, queries?: Int32Array): KernelSums {
	const labels = 'labels' in part ? part.labels : undefined;
	const weights = 'weights' in part ? part.weights : undefined;
	const rows = allRows(layer.rows);
	const memory = new Layout(kernelModule());
	const tiling = tileRowsByClass(layer, queries ?? rows, labels);
	const scratch = memory.reserve(constantBytes + (queries ? 0 : tiling.order.length / groupRows * columnBytes));
	const placed = memory.place(layer, tiling, queries ? undefined : weights);
	const sums = memory.reserve(tiling.order.length / groupRows * groupSums * 8);
	const start = memory.end;
	const factor = Math.LOG2E / (8 * variance);
	memory.clear(scratch, placed.rows);
	memory.clear(sums, memory.end);
	memory.module.configure(layer.units, bitsFor(layer.rows) / factor, -factor, scratch);
	if (queries) {
		for (let first = 0; first < layer.rows; first += chunkRows) {
			memory.end = start;
			const chunk = memory.place(layer, tileRowsByClass(layer, rows.subarray(first, first + chunkRows), labels), weights);
			memory.module.sumQueries(placed.rows, placed.tiles, placed.boxes, placed.count, chunk.rows, chunk.weights, chunk.tiles, chunk.boxes, chunk.count, sums);
		}
	} else {
		memory.module.sumAllPairs(placed.rows, placed.weights, placed.tiles, placed.boxes, placed.count, sums);
	}

	return readSums(memory.float64(sums), tiling.order, Boolean(weights));
}

/** Leaves out the rows that only fill a group, and takes the scale away. */
function readSums(sums: Float64Array, order: Int32Array, isWeighted: boolean): KernelSums {
	const queries = order.filter(row => row !== -1);
	const all = {upper: new Float64Array(queries.length), lower: new Float64Array(queries.length)};
	const part = {upper: new Float64Array(queries.length), lower: new Float64Array(queries.length)};
	let query = 0;
	for (let index = 0; index < order.length; index++) {
		if (order[index] !== -1) {
			const at = (Math.floor(index / groupRows) * groupSums) + (index % groupRows);
			const upper = sums[at]! * upperScale;
			const lower = sums[at + 4]! * lowerScale;
			part.upper[query] = upper;
			part.lower[query] = lower;
			all.upper[query] = (sums[at + 8]! * upperScale) + (isWeighted ? 0 : upper);
			all.lower[query] = (sums[at + 12]! * lowerScale) + (isWeighted ? 0 : lower);
			query++;
		}
	}

	return {queries, all, part};
}

/** Addresses; `weights` is 0 where there are none. */
type Placed = {
	readonly rows: number;
	readonly weights: number;
	readonly tiles: number;
	readonly boxes: number;
	readonly count: number;
};

/** The rows, tiles and sums in WebAssembly's memory. */
class Layout extends Arena {
	readonly module: KernelModule;

	constructor(module: KernelModule) {
		super(module.memory);
		this.module = module;
	}

	clear(address: number, end: number): void {
		new Uint8Array(this.module.memory.buffer, address, end - address).fill(0);
	}

	float64(address: number): Float64Array {
		return new Float64Array(this.module.memory.buffer, address);
	}

	/** Copies the rows of a tiling, unit by unit within each group, with their weights (float32), tiles and boxes. */
	place(layer: LayerActivations, {order, tiles}: Tiling, weights: Float64Array | undefined): Placed {
		const {module} = this;
		const {units} = layer;
		const count = tiles.length / tileNumbers;
		const placed = {
			rows: this.reserve(order.length * units * 4),
			weights: weights ? this.reserve(order.length * 4) : 0,
			tiles: this.reserve(tiles.length * 4),
			boxes: this.reserve(count * Math.ceil(units / 4) * 4 * 2 * 4),
			count,
		};
		const {buffer} = module.memory;
		copyRows(new Float32Array(buffer, placed.rows, order.length * units), layer, order);
		new Int32Array(buffer, placed.tiles, tiles.length).set(tiles);
		if (weights) {
			new Float32Array(buffer, placed.weights, order.length).set(Float32Array.from(order, row => row === -1 ? 0 : weights[row]!));
		}

		module.measureBoxes(units, placed.rows, placed.tiles, placed.count, placed.boxes);
		return placed;
	}
}

const largest = (2 - (2 ** -23)) * (2 ** 127);

/** Rows that only fill a group are infinitely far from all others. */
function copyRows(copy: Float32Array, {units, values}: LayerActivations, order: Int32Array): void {
	copy.fill(Infinity);
	for (let index = 0; index < order.length; index++) {
		const row = order[index]!;
		if (row === -1) {
			continue;
		}

		const from = row * units;
		let to = (Math.floor(index / groupRows) * groupRows * units) + (index % groupRows);
		for (let unit = 0; unit < units; unit++) {
			copy[to] = Math.max(-largest, Math.min(largest, values[from + unit]!));
			to += groupRows;
		}
	}
}
