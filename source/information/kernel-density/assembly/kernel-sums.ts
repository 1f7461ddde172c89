import {constantBytes, writeConstants} from './power';
import {
	columnBytes, foldColumns, No, restOffset, sumRowGroup, Yes,
} from './row-group';

export {turnRows} from './turn';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Bytes of one tile: first group, groups, class; int32. */
const tileBytes: usize = 12;

/** Most groups of columns whose kernels are summed in float32 before they are added to the float64 sums of the rows. */
const longestRun: usize = 64;

/** Tiles of rows whose kernels are summed in float32 before they are added to the float64 sums of the columns. */
const tilesBetweenFolds: usize = 4;

/** What a pair of tiles is to the sums, by the distance of their boxes. */
const nothing: i32 = 0;
const lowerOnly: i32 = 1;
const both: i32 = 2;

let units: usize = 0;
let farthest: f32 = 0;
let limit: v128 = i64x2.splat(0);
let factor: v128 = i64x2.splat(0);
let constants: usize = 0;
let scratch: usize = 0;

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel of the lower bound counts as none, a quarter
of that for the upper bound, −log2(e) / 8v, and where there is room for constants and, all zero, for the sums of all columns.
*/
export function configure(unitCount: i32, farthestDistance: f32, exponentFactor: f32, scratchpad: usize): void {
	units = unitCount;
	farthest = farthestDistance;
	limit = f32x4.splat(farthest);
	factor = f32x4.splat(exponentFactor);
	constants = scratchpad;
	scratch = scratchpad + constantBytes;
	writeConstants(constants);
}

/**
Adds the kernels of all pairs of rows to the sums of both rows. A pair whose tiles are of one class goes to the part, any other to the
rest; with weights (not 0), weight · kernel goes to the part and the kernel to the rest.

`rows`: groups of four, units × 4 float32 each. `weights`: 4 float32 a group. `tiles`: int32 triples. `boxes`: least and greatest value
of each unit in each tile (`measureBoxes`). `sums`: 16 float64 a group.
*/
export function sumAllPairs(rows: usize, weights: usize, tiles: usize, boxes: usize, count: i32, sums: usize): void {
	const boxBytes = boxBytesOf(units);
	for (let a: usize = 0; a < <usize>count; a++) {
		const tile = tiles + a * tileBytes;
		if (weights === 0) {
			sumWithin<No>(rows, weights, tile, sums);
			sumRuns<Yes, No>(rows, tile, boxes + a * boxBytes, rows, weights, weights, tiles, boxes, a + 1, count, sums);
		} else {
			sumWithin<Yes>(rows, weights, tile, sums);
			sumRuns<Yes, Yes>(rows, tile, boxes + a * boxBytes, rows, weights, weights, tiles, boxes, a + 1, count, sums);
		}

		if (a % tilesBetweenFolds === tilesBetweenFolds - 1 || a + 1 === <usize>count || load<i32>(tile, 8) !== load<i32>(tile + tileBytes, 8)) {
			foldTiles(tiles, a, count, load<i32>(tile, 8), weights !== 0, sums);
		}
	}
}

/** As `sumAllPairs`, but of every query with every row, to the sums of the queries alone. */
export function sumQueries(
	queries: usize,
	queryTiles: usize,
	queryBoxes: usize,
	queryCount: i32,
	rows: usize,
	weights: usize,
	tiles: usize,
	boxes: usize,
	count: i32,
	sums: usize,
): void {
	const boxBytes = boxBytesOf(units);
	for (let a: usize = 0; a < <usize>queryCount; a++) {
		const tile = queryTiles + a * tileBytes;
		if (weights === 0) {
			sumRuns<No, No>(queries, tile, queryBoxes + a * boxBytes, rows, 0, weights, tiles, boxes, 0, count, sums);
		} else {
			sumRuns<No, Yes>(queries, tile, queryBoxes + a * boxBytes, rows, 0, weights, tiles, boxes, 0, count, sums);
		}
	}
}

/**
The pairs of one tile of rows with the tiles from `next` to `count` − 1: those that lie one after the other and are of one class and alike
in distance are taken together.
*/
function sumRuns<Mirror, Weighted>(
	rows: usize,
	tile: usize,
	box: usize,
	columns: usize,
	rowWeights: usize,
	columnWeights: usize,
	tiles: usize,
	boxes: usize,
	next: usize,
	count: usize,
	sums: usize,
): void {
	const boxBytes = boxBytesOf(units);
	const label = load<i32>(tile, 8);
	let kind = nothing;
	let isOwn = false;
	let start: usize = 0;
	let end: usize = 0;
	for (; next <= count; next++) {
		const other = tiles + next * tileBytes;
		const distance = next < count ? boxDistance(box, boxes + next * boxBytes, boxBytes / 2) : Infinity;
		const otherKind = distance < farthest / 4 ? both : distance < farthest ? lowerOnly : nothing;
		const isOtherOwn = next < count && load<i32>(other, 8) === label;
		if (kind !== nothing && (otherKind !== kind || isOtherOwn !== isOwn || end - start >= longestRun)) {
			const offset: usize = isInteger<Weighted>() || isOwn ? 0 : restOffset;
			if (kind === both) {
				sumRun<Mirror, Weighted, Yes>(rows, tile, columns, start, end, rowWeights, columnWeights, sums + offset);
			} else {
				sumRun<Mirror, Weighted, No>(rows, tile, columns, start, end, rowWeights, columnWeights, sums + offset);
			}

			kind = nothing;
		}

		if (otherKind !== nothing) {
			if (kind === nothing) {
				start = <usize>load<i32>(other);
			}

			end = <usize>load<i32>(other) + <usize>load<i32>(other, 4);
		}

		kind = otherKind;
		isOwn = isOtherOwn;
	}
}

/** The pairs of one tile of rows with the groups of columns from `start` to `end` − 1. */
function sumRun<Mirror, Weighted, Upper>(
	rows: usize,
	tile: usize,
	columns: usize,
	start: usize,
	end: usize,
	rowWeights: usize,
	columnWeights: usize,
	sums: usize,
): void {
	const first = <usize>load<i32>(tile);
	const last = first + <usize>load<i32>(tile, 4);
	const bytes = units * 16;
	for (let group = first; group < last; group++) {
		sumRowGroup<Mirror, Weighted, Upper>(
			rows + group * bytes,
			columns + start * bytes,
			end - start,
			units,
			limit,
			factor,
			constants,
			sums + group * sumBytes,
			scratch + start * columnBytes,
			rowWeights + group * 16,
			columnWeights + start * 16,
		);
	}
}

/** The pairs within one tile, those of a row with itself among them. */
function sumWithin<Weighted>(rows: usize, weights: usize, tile: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const count = <usize>load<i32>(tile, 4);
	const bytes = units * 16;
	for (let group = first; group < first + count; group++) {
		const row = rows + group * bytes;
		const own = sums + group * sumBytes;
		const rowWeights = weights + group * 16;
		const columns = scratch + (group + 1) * columnBytes;
		sumRowGroup<No, Weighted, Yes>(row, row, 1, units, limit, factor, constants, own, 0, rowWeights, rowWeights);
		sumRowGroup<Yes, Weighted, Yes>(row, row + bytes, first + count - group - 1, units, limit, factor, constants, own, columns, rowWeights, rowWeights + 16);
	}
}

/** Adds what the rows of one class have left in the columns of the tiles from `next` on to the sums of these. */
function foldTiles(tiles: usize, next: usize, count: usize, label: i32, isWeighted: bool, sums: usize): void {
	next = next < tilesBetweenFolds ? 0 : next - tilesBetweenFolds + 1;
	for (; next < count; next++) {
		const tile = tiles + next * tileBytes;
		const first = <usize>load<i32>(tile);
		const groups = <usize>load<i32>(tile, 4);
		const columns = scratch + first * columnBytes;
		if (isWeighted) {
			foldColumns<Yes>(columns, groups, sums + first * sumBytes);
		} else {
			foldColumns<No>(columns, groups, sums + first * sumBytes + (load<i32>(tile, 8) === label ? 0 : restOffset));
		}
	}
}

/**
The least and the greatest value of each unit in each tile, the rows at infinity left out: first all the least, then all the greatest,
float32, each filled up with zeros to a multiple of four.
*/
export function measureBoxes(unitCount: i32, rows: usize, tiles: usize, count: i32, boxes: usize): void {
	const bytes = <usize>unitCount * 16;
	const boxBytes = boxBytesOf(unitCount);
	memory.fill(boxes, 0, boxBytes * count);
	const infinity = f32x4.splat(Infinity);
	for (let index: usize = 0; index < <usize>count; index++) {
		const tile = tiles + index * tileBytes;
		const start = rows + <usize>load<i32>(tile) * bytes;
		const end = start + <usize>load<i32>(tile, 4) * bytes;
		let least = boxes + index * boxBytes;
		for (let unit: usize = 0; unit < bytes; unit += 16) {
			let low = infinity;
			let high = f32x4.splat(-Infinity);
			for (let group = start + unit; group < end; group += bytes) {
				const values = v128.load(group);
				low = f32x4.pmin(low, values);
				high = f32x4.pmax(high, v128.bitselect(high, values, f32x4.eq(values, infinity)));
			}

			store<f32>(least, min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3))));
			store<f32>(
				least + boxBytes / 2,
				max(max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3))),
			);
			least += 4;
		}
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function boxBytesOf(unitCount: usize): usize {
	return (unitCount + 3) / 4 * 32;
}

/** The square of the least distance that points of two boxes can have; `bytes` to the greatest values. */
function boxDistance(a: usize, b: usize, bytes: usize): f32 {
	let distance = f32x4.splat(0);
	for (let unit: usize = 0; unit < bytes; unit += 16) {
		const below = f32x4.sub(v128.load(b + unit), v128.load(a + bytes + unit));
		const above = f32x4.sub(v128.load(a + unit), v128.load(b + bytes + unit));
		const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
		distance = f32x4.add(distance, f32x4.mul(gap, gap));
	}

	return f32x4.extract_lane(distance, 0) + f32x4.extract_lane(distance, 1) + f32x4.extract_lane(distance, 2) + f32x4.extract_lane(distance, 3);
}
