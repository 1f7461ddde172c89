import {type LayerActivations} from '../layer-activations.js';
import {sumOnLine} from './line.js';
import {type MeanLogs, meanLogsOf} from './log-mean.js';
import {groupRows, KernelMemory, type Placed} from './memory.js';
import {alongPrincipalAxes} from './principal-axes.js';
import {
	allRows, type KernelSums, type Part, type Sums,
} from './sums.js';

/** Rows that are in WebAssembly's memory at a time, where only some rows are queries. */
const chunkRows = 4096;

/** The kernels come scaled by 2^8 and 2^32, so that the least of them is no denormal number (assembly/power.ts). */
const lowerScale = 2 ** -8;
const upperScale = 2 ** -32;

/** Kernels of the lower bound below 2^-bits count as none: bits for the rows, and 18 beyond, within what the scale allows. */
const bitsFor = (rows: number): number => Math.min(39, Math.max(30, 18 + Math.ceil(Math.log2(rows))));

/** As in assembly/: float64 numbers of sums and bytes of column sums, a group. */
const groupSums = 16;
const columnBytes = 64;

/** Bytes from the sums of the upper kernel to those of the lower, of a group. */
const lowerOffset = 32;

/**
Sums over all rows j of exp(−‖t_i − t_j‖² / 2v) and, for the lower bound, of exp(−‖t_i − t_j‖² / 8v), for each query i: every row, or
those given. Distances are float32 sums of squared differences, never the expanded square, which cancels. Kernels of pairs so far apart
that all of them together are less than 2^-18 of S_i are left out or rounded up to that. Time rows · queries · units, half of it where
every row is a query; memory linear in rows, and in the queries alone where only some rows are.

The variance is within 1e-30 … 1e30, so that float32 holds what is derived from it.
*/
export function kernelSums(layer: LayerActivations, variance: number, part: Part, queries?: Int32Array): KernelSums {
	if (queries) {
		return sumQueries(layer, variance, part, queries);
	}

	const turned = alongPrincipalAxes(layer, variance);
	const onLine = turned.units === 1 ? sumOnLine(turned, variance, part) : undefined;
	if (onLine) {
		return onLine;
	}

	const {memory, placed, sums} = sumTiles(turned, variance, part);
	return {queries: allRows(layer.rows), ...readSums(memory.float64(sums), placed.order, layer.rows, 'weights' in part)};
}

/**
The means over all rows of log2 of S_i and of its part that is of i's own class, `priors` of which stands in for the row itself where it is left
out. They are taken where the sums are, in WebAssembly's memory and in the order of the tiles.
*/
export function meanLogs(layer: LayerActivations, variance: number, labels: Uint8Array, priors?: Float64Array): {upper: MeanLogs; lower: MeanLogs} {
	const turned = alongPrincipalAxes(layer, variance);
	const onLine = turned.units === 1 ? sumOnLine(turned, variance, {labels}) : undefined;
	if (onLine) {
		return {upper: meanLogsOf(onLine, 'upper', labels, priors), lower: meanLogsOf(onLine, 'lower', labels, priors)};
	}

	const {memory, placed, sums} = sumTiles(turned, variance, {labels});
	const shares = priors ? memory.put(priors) : 0;
	const products = memory.reserve(32);
	const read = (address: number, scale: number): MeanLogs => {
		memory.module.multiplySums(placed.tiles, placed.count, placed.rowNumbers, address, scale, shares, products);
		const [whole, wholeExponent, own, ownExponent] = memory.float64(products, 4);
		const meanOf = (product: number, exponent: number) => (Math.log2(product) + exponent) / layer.rows;
		return {whole: meanOf(whole!, wholeExponent!), own: meanOf(own!, ownExponent!)};
	};

	return {upper: read(sums, upperScale), lower: read(sums + lowerOffset, lowerScale)};
}

function sumTiles(layer: LayerActivations, variance: number, part: Part): {memory: KernelMemory; placed: Placed; sums: number} {
	const memory = new KernelMemory();
	const weights = 'weights' in part ? part.weights : undefined;
	const placed = memory.place(layer, 'labels' in part ? part.labels : undefined, weights);
	const sums = configure(memory, layer, variance, placed, placed.order.length);
	memory.module.sumAllPairs(placed.rows, placed.levels, placed.weights, placed.tiles, placed.boxes, placed.count, sums);
	return {memory, placed, sums};
}

function sumQueries(layer: LayerActivations, variance: number, part: Part, queries: Int32Array): KernelSums {
	const {rows, units, values} = layer;
	const memory = new KernelMemory();
	const labels = 'labels' in part ? part.labels : undefined;
	const weights = 'weights' in part ? part.weights : undefined;
	const placed = memory.place(rowsOf(layer, queries), labels && Uint8Array.from(queries, row => labels[row]!));
	const sums = configure(memory, layer, variance, placed, 0);
	const start = memory.end;
	for (let first = 0; first < rows; first += chunkRows) {
		const end = Math.min(rows, first + chunkRows);
		memory.end = start;
		const chunk = memory.place(
			{rows: end - first, units, values: values.subarray(first * units, end * units)},
			labels?.subarray(first, end),
			weights?.subarray(first, end),
			placed.frame,
		);
		memory.module.sumQueries(
			placed.rows,
			placed.levels,
			placed.tiles,
			placed.boxes,
			placed.count,
			chunk.rows,
			chunk.levels,
			chunk.weights,
			chunk.tiles,
			chunk.boxes,
			chunk.count,
			sums,
		);
	}

	return {queries, ...readSums(memory.float64(sums), placed.order, queries.length, Boolean(weights))};
}

function rowsOf({units, values}: LayerActivations, rows: Int32Array): LayerActivations {
	const some = new Float32Array(rows.length * units);
	for (const [index, row] of rows.entries()) {
		some.set(values.subarray(row * units, (row + 1) * units), index * units);
	}

	return {rows: rows.length, units, values: some};
}

/** The address of the sums of the rows that were placed, all of them 0; of so many columns sums are kept as well. */
function configure(memory: KernelMemory, layer: LayerActivations, variance: number, {order, frame}: Placed, columns: number): number {
	const scratch = memory.reserve(memory.module.scratchBytes() + (columns / groupRows * columnBytes));
	const sums = memory.reserve(order.length / groupRows * groupSums * 8);
	const factor = Math.LOG2E / (8 * variance);
	memory.clear(scratch, memory.end);
	memory.module.configure(layer.units, bitsFor(layer.rows) / factor, -factor, frame, scratch);
	return sums;
}

/** Leaves out the rows that only fill a group, and takes the scale away. */
function readSums(sums: Float64Array, order: Int32Array, rows: number, isWeighted: boolean): {all: Sums; part: Sums} {
	const all = {upper: new Float64Array(rows), lower: new Float64Array(rows)};
	const part = {upper: new Float64Array(rows), lower: new Float64Array(rows)};
	for (let index = 0; index < order.length; index++) {
		const row = order[index]!;
		if (row !== -1) {
			const at = (Math.floor(index / groupRows) * groupSums) + (index % groupRows);
			const upper = sums[at]! * upperScale;
			const lower = sums[at + 4]! * lowerScale;
			part.upper[row] = upper;
			part.lower[row] = lower;
			all.upper[row] = (sums[at + 8]! * upperScale) + (isWeighted ? 0 : upper);
			all.lower[row] = (sums[at + 12]! * lowerScale) + (isWeighted ? 0 : lower);
		}
	}

	return {all, part};
}
