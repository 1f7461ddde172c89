import {
	boxBytesOf, groupBoxBytesOf, groupDistances, tileBytes,
} from './boxes';
import {
	append, groupListBytes, mostGroups, nearTiles, tileListBytes,
} from './near';
import {constantBytes, writeConstants} from './power';
import {
	columnBytes, foldColumns, No, restOffset, sumRowGroup, Yes,
} from './row-group';

export {measureBoxes} from './boxes';
export {copyGroups} from './groups';
export {startTiles, tileClass} from './tiles';
export {measureExtents, turnRows} from './turn';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Tiles of rows whose kernels are summed in float32 before they are added to the float64 sums of the columns. */
const tilesBetweenFolds: usize = 4;

let units: usize = 0;
let farthest: f32 = 0;
let constants: usize = 0;
let scratch: usize = 0;
let columnSums: usize = 0;

/** Bytes of what `configure` wants room for, besides `columnBytes` for each group of columns. */
export function scratchBytes(): i32 {
	return <i32>(constantBytes + tileListBytes + 2 * groupListBytes);
}

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel of the lower bound counts as none, a quarter
of that for the upper bound, −log2(e) / 8v, and where there is room for constants, lists and, all zero, the sums of all columns.
*/
export function configure(unitCount: i32, farthestDistance: f32, exponentFactor: f32, scratchpad: usize): void {
	units = unitCount;
	farthest = farthestDistance;
	constants = scratchpad;
	scratch = constants + constantBytes;
	columnSums = scratchpad + scratchBytes();
	writeConstants(constants, farthest, exponentFactor);
}

/**
Adds the kernels of all pairs of rows to the sums of both rows. A pair whose tiles are of one class goes to the part, any other to the
rest; with weights (not 0), weight · kernel goes to the part and the kernel to the rest.

`rows`: groups of four, units × 4 float32 each. `weights`: 4 float32 a group. `tiles`: int32 triples. `boxes`: least and greatest value
of each unit in each tile (`measureBoxes`). `sums`: 16 float64 a group.
*/
export function sumAllPairs(rows: usize, weights: usize, tiles: usize, boxes: usize, count: i32, sums: usize): void {
	const boxBytes = boxBytesOf(units);
	const groupBoxes = boxes + <usize>count * boxBytes;
	for (let a: usize = 0; a < <usize>count; a++) {
		const tile = tiles + a * tileBytes;
		const box = boxes + a * boxBytes;
		const groupBox = groupBoxes + a * groupBoxBytesOf(units);
		if (weights === 0) {
			sumWithin<No>(rows, weights, tile, sums);
			sumTile<Yes, No>(rows, tile, box, groupBox, rows, weights, weights, tiles, boxes, a + 1, count, sums);
		} else {
			sumWithin<Yes>(rows, weights, tile, sums);
			sumTile<Yes, Yes>(rows, tile, box, groupBox, rows, weights, weights, tiles, boxes, a + 1, count, sums);
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
	const groupBoxes = queryBoxes + <usize>queryCount * boxBytes;
	for (let a: usize = 0; a < <usize>queryCount; a++) {
		const tile = queryTiles + a * tileBytes;
		const box = queryBoxes + a * boxBytes;
		const groupBox = groupBoxes + a * groupBoxBytesOf(units);
		if (weights === 0) {
			sumTile<No, No>(queries, tile, box, groupBox, rows, 0, weights, tiles, boxes, 0, count, sums);
		} else {
			sumTile<No, Yes>(queries, tile, box, groupBox, rows, 0, weights, tiles, boxes, 0, count, sums);
		}
	}
}

/** The pairs of one tile of rows with the tiles from `next` to `count` − 1, of its own class and of others by turns. */
function sumTile<Mirror, Weighted>(
	rows: usize,
	tile: usize,
	box: usize,
	groupBox: usize,
	columns: usize,
	rowWeights: usize,
	columnWeights: usize,
	tiles: usize,
	boxes: usize,
	next: usize,
	count: usize,
	sums: usize,
): void {
	const label = load<i32>(tile, 8);
	while (next < count) {
		const isOwn = load<i32>(tiles + next * tileBytes, 8) === label;
		next = nearTiles(box, tiles, boxes, next, count, label, isOwn, units, farthest, scratch);
		const own = isInteger<Weighted>() || isOwn ? sums : sums + restOffset;
		sumNear<Mirror, Weighted>(rows, tile, groupBox, columns, rowWeights, columnWeights, tiles, boxes + count * boxBytesOf(units), own);
	}
}

/** The pairs of one tile of rows with the tiles that `nearTiles` found: of each of its groups with those groups that are near. */
function sumNear<Mirror, Weighted>(
	rows: usize,
	tile: usize,
	groupBox: usize,
	columns: usize,
	rowWeights: usize,
	columnWeights: usize,
	tiles: usize,
	groupBoxes: usize,
	sums: usize,
): void {
	const lastTile = scratch + 4 + <usize>load<i32>(scratch) * 4;
	const bothStart = scratch + tileListBytes;
	const lowerStart = bothStart + groupListBytes;
	const boxBytes = groupBoxBytesOf(units);
	const first = <usize>load<i32>(tile);
	const last = first + <usize>load<i32>(tile, 4);
	const near = f32x4.splat(farthest);
	const quarter = f32x4.splat(farthest / 4);
	for (let group = first; group < last; group++) {
		let bothEnd = bothStart;
		let lowerEnd = lowerStart;
		for (let at = scratch + 4; at < lastTile; at += 4) {
			const other = <usize>load<i32>(at);
			const number = load<i32>(tiles + other * tileBytes);
			const distances = groupDistances(groupBox, groupBoxes + other * boxBytes, units);
			const both = v128.bitmask<i32>(f32x4.lt(distances, quarter));
			const lower = v128.bitmask<i32>(f32x4.lt(distances, near)) & ~both;
			if ((both | lower) === 0) {
				continue;
			}

			bothEnd = append(bothEnd, number, both);
			lowerEnd = append(lowerEnd, number, lower);
			if (bothEnd - bothStart > mostGroups * 4) {
				sumList<Mirror, Weighted, Yes>(rows, group, columns, bothStart, bothEnd, rowWeights, columnWeights, sums);
				bothEnd = bothStart;
			}

			if (lowerEnd - lowerStart > mostGroups * 4) {
				sumList<Mirror, Weighted, No>(rows, group, columns, lowerStart, lowerEnd, rowWeights, columnWeights, sums);
				lowerEnd = lowerStart;
			}
		}

		if (bothEnd > bothStart) {
			sumList<Mirror, Weighted, Yes>(rows, group, columns, bothStart, bothEnd, rowWeights, columnWeights, sums);
		}

		if (lowerEnd > lowerStart) {
			sumList<Mirror, Weighted, No>(rows, group, columns, lowerStart, lowerEnd, rowWeights, columnWeights, sums);
		}

		groupBox += 4;
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sumList<Mirror, Weighted, Upper>(rows: usize, group: usize, columns: usize, list: usize, listEnd: usize, rowWeights: usize, columnWeights: usize, sums: usize): void {
	sumRowGroup<Mirror, Weighted, Upper>(
		rows + group * units * 16,
		columns,
		list,
		listEnd,
		units,
		constants,
		sums + group * sumBytes,
		columnSums,
		rowWeights + group * 16,
		columnWeights,
	);
}

/** The pairs within one tile, those of a row with itself among them. */
function sumWithin<Weighted>(rows: usize, weights: usize, tile: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const last = first + <usize>load<i32>(tile, 4);
	for (let group = first; group < last; group++) {
		store<i32>(scratch, <i32>group);
		sumList<No, Weighted, Yes>(rows, group, rows, scratch, scratch + 4, weights, weights, sums);
		let end = scratch;
		for (let other = group + 1; other < last; other++) {
			store<i32>(end, <i32>other);
			end += 4;
		}

		sumList<Yes, Weighted, Yes>(rows, group, rows, scratch, end, weights, weights, sums);
	}
}

/** Adds what the rows of one class have left in the columns of the tiles from `next` on to the sums of these. */
function foldTiles(tiles: usize, next: usize, count: usize, label: i32, isWeighted: bool, sums: usize): void {
	next = next < tilesBetweenFolds ? 0 : next - tilesBetweenFolds + 1;
	for (; next < count; next++) {
		const tile = tiles + next * tileBytes;
		const first = <usize>load<i32>(tile);
		const groups = <usize>load<i32>(tile, 4);
		const columns = columnSums + first * columnBytes;
		if (isWeighted) {
			foldColumns<Yes>(columns, groups, sums + first * sumBytes);
		} else {
			foldColumns<No>(columns, groups, sums + first * sumBytes + (load<i32>(tile, 8) === label ? 0 : restOffset));
		}
	}
}
