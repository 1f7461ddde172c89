import {
	columnBytes, foldColumns, No, restOffset, sumRowGroup, Yes,
} from './row-group';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Bytes of one tile: first group, groups, class; int32. */
const tileBytes: usize = 12;

let units: usize = 0;
let limit: v128 = i64x2.splat(0);
let factor: v128 = i64x2.splat(0);
let scratch: usize = 0;

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel counts as none, −log2(e) / 8v, and where the
sums of the columns of a tile lie, all zero.
*/
export function configure(unitCount: i32, farthest: f32, exponentFactor: f32, columnSums: usize): void {
	units = unitCount;
	limit = f32x4.splat(farthest);
	factor = f32x4.splat(exponentFactor);
	scratch = columnSums;
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
		} else {
			sumWithin<Yes>(rows, weights, tile, sums);
		}

		for (let b = a + 1; b < <usize>count; b++) {
			if (isNear(boxes + a * boxBytes, boxes + b * boxBytes, boxBytes / 2)) {
				const other = tiles + b * tileBytes;
				if (weights === 0) {
					const offset: usize = load<i32>(tile, 8) === load<i32>(other, 8) ? 0 : restOffset;
					sumBetween<No>(rows, weights, tile, other, sums + offset);
				} else {
					sumBetween<Yes>(rows, weights, tile, other, sums);
				}
			}
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
		for (let b: usize = 0; b < <usize>count; b++) {
			if (isNear(queryBoxes + a * boxBytes, boxes + b * boxBytes, boxBytes / 2)) {
				const other = tiles + b * tileBytes;
				if (weights === 0) {
					const offset: usize = load<i32>(tile, 8) === load<i32>(other, 8) ? 0 : restOffset;
					sumQueriesBetween<No>(queries, rows, weights, tile, other, sums + offset);
				} else {
					sumQueriesBetween<Yes>(queries, rows, weights, tile, other, sums);
				}
			}
		}
	}
}

/** The pairs within one tile, those of a row with itself among them. */
function sumWithin<Weighted>(rows: usize, weights: usize, tile: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const count = <usize>load<i32>(tile, 4);
	const bytes = units * 16;
	for (let group: usize = 0; group < count; group++) {
		const row = rows + (first + group) * bytes;
		const own = sums + (first + group) * sumBytes;
		const rowWeights = weights + (first + group) * 16;
		sumRowGroup<No, Weighted>(row, row, 1, units, limit, factor, own, 0, rowWeights, rowWeights);
		const columns = scratch + (group + 1) * columnBytes;
		sumRowGroup<Yes, Weighted>(row, row + bytes, count - group - 1, units, limit, factor, own, columns, rowWeights, rowWeights + 16);
	}

	foldColumns<Weighted>(scratch, count, sums + first * sumBytes);
}

function sumBetween<Weighted>(rows: usize, weights: usize, tile: usize, other: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const end = first + <usize>load<i32>(tile, 4);
	const column = <usize>load<i32>(other);
	const columns = <usize>load<i32>(other, 4);
	const bytes = units * 16;
	for (let group = first; group < end; group++) {
		sumRowGroup<Yes, Weighted>(
			rows + group * bytes,
			rows + column * bytes,
			columns,
			units,
			limit,
			factor,
			sums + group * sumBytes,
			scratch,
			weights + group * 16,
			weights + column * 16,
		);
	}

	foldColumns<Weighted>(scratch, columns, sums + column * sumBytes);
}

function sumQueriesBetween<Weighted>(queries: usize, rows: usize, weights: usize, tile: usize, other: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const end = first + <usize>load<i32>(tile, 4);
	const column = <usize>load<i32>(other);
	const columns = <usize>load<i32>(other, 4);
	const bytes = units * 16;
	for (let group = first; group < end; group++) {
		sumRowGroup<No, Weighted>(
			queries + group * bytes,
			rows + column * bytes,
			columns,
			units,
			limit,
			factor,
			sums + group * sumBytes,
			0,
			0,
			weights + column * 16,
		);
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

/** Whether any point of one box may be near enough to any of the other; `bytes` to the greatest values. */
function isNear(a: usize, b: usize, bytes: usize): bool {
	let distance = f32x4.splat(0);
	for (let unit: usize = 0; unit < bytes; unit += 16) {
		const below = f32x4.sub(v128.load(b + unit), v128.load(a + bytes + unit));
		const above = f32x4.sub(v128.load(a + unit), v128.load(b + bytes + unit));
		const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
		distance = f32x4.add(distance, f32x4.mul(gap, gap));
	}

	const total = f32x4.extract_lane(distance, 0) + f32x4.extract_lane(distance, 1) + f32x4.extract_lane(distance, 2) + f32x4.extract_lane(distance, 3);
	return total < f32x4.extract_lane(limit, 0);
}
