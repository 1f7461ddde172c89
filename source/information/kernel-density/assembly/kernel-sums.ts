import {
	boxBytesOf, distanceOfTiles, distancesOfGroups, tileBytes, tileGroups,
} from './boxes';
import {constantBytes, writeConstants} from './power';
import {
	columnBytes, foldColumns, No, restOffset, sumRowGroup, Yes,
} from './row-group';

export {measureBoxes} from './boxes';
export {turnRows} from './turn';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Most groups of columns whose kernels are summed in float32 before they are added to the float64 sums of the rows; bytes of their list. */
const longestRun: usize = 64 * 4;

/** Tiles of rows whose kernels are summed in float32 before they are added to the float64 sums of the columns. */
const tilesBetweenFolds: usize = 4;

let units: usize = 0;
let farthest: f32 = 0;
let limit: v128 = i64x2.splat(0);
let factor: v128 = i64x2.splat(0);
let constants: usize = 0;
let nearTiles: usize = 0;
let farTiles: usize = 0;
let nearGroups: usize = 0;
let scratch: usize = 0;

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel of the lower bound counts as none, a quarter
of that for the upper bound, −log2(e) / 8v, and where there is room for constants, three lists of all groups and, all zero, the sums of
all columns.
*/
export function configure(unitCount: i32, farthestDistance: f32, exponentFactor: f32, scratchpad: usize, groups: usize): void {
	units = unitCount;
	farthest = farthestDistance;
	limit = f32x4.splat(farthest);
	factor = f32x4.splat(exponentFactor);
	constants = scratchpad;
	nearTiles = scratchpad + constantBytes;
	farTiles = nearTiles + groups * 4;
	nearGroups = farTiles + groups * 4;
	scratch = nearGroups + groups * 4;
	writeConstants(constants);
}

/**
Adds the kernels of all pairs of rows to the sums of both rows. A pair whose tiles are of one class goes to the part, any other to the
rest; with weights (not 0), weight · kernel goes to the part and the kernel to the rest.

`rows`: groups of four, units × 4 float32 each. `weights`: 4 float32 a group. `tiles`: int32 triples. `boxes`: see `measureBoxes`.
`sums`: 16 float64 a group.
*/
export function sumAllPairs(rows: usize, weights: usize, tiles: usize, boxes: usize, count: usize, sums: usize): void {
	for (let a: usize = 0; a < count; a++) {
		const tile = tiles + a * tileBytes;
		const box = boxes + a * boxBytesOf(units);
		const label = load<i32>(tile, 8);
		if (weights === 0) {
			sumWithin<No>(rows, weights, tile, sums);
			const end = endOfClass(tiles, a + 1, count, label);
			sumTile<Yes, No>(rows, tile, box, rows, weights, weights, tiles, boxes, a + 1, end, sums);
			sumTile<Yes, No>(rows, tile, box, rows, weights, weights, tiles, boxes, end, count, sums + restOffset);
		} else {
			sumWithin<Yes>(rows, weights, tile, sums);
			sumTile<Yes, Yes>(rows, tile, box, rows, weights, weights, tiles, boxes, a + 1, count, sums);
		}

		if (a % tilesBetweenFolds === tilesBetweenFolds - 1 || a + 1 === count || load<i32>(tile + tileBytes, 8) !== label) {
			foldTiles(tiles, a, count, label, weights !== 0, sums);
		}
	}
}

/** As `sumAllPairs`, but of every query with every row, to the sums of the queries alone. */
export function sumQueries(
	queries: usize,
	queryTiles: usize,
	queryBoxes: usize,
	queryCount: usize,
	rows: usize,
	weights: usize,
	tiles: usize,
	boxes: usize,
	count: usize,
	sums: usize,
): void {
	for (let a: usize = 0; a < queryCount; a++) {
		const tile = queryTiles + a * tileBytes;
		const box = queryBoxes + a * boxBytesOf(units);
		if (weights === 0) {
			const label = load<i32>(tile, 8);
			const start = startOfClass(tiles, count, label);
			const end = endOfClass(tiles, start, count, label);
			sumTile<No, No>(queries, tile, box, rows, 0, 0, tiles, boxes, 0, start, sums + restOffset);
			sumTile<No, No>(queries, tile, box, rows, 0, 0, tiles, boxes, start, end, sums);
			sumTile<No, No>(queries, tile, box, rows, 0, 0, tiles, boxes, end, count, sums + restOffset);
		} else {
			sumTile<No, Yes>(queries, tile, box, rows, 0, weights, tiles, boxes, 0, count, sums);
		}
	}
}

/** The first of the tiles, which are in the order of their classes, that is of this class or a later one. */
function startOfClass(tiles: usize, count: usize, label: i32): usize {
	let index: usize = 0;
	while (index < count && load<i32>(tiles + index * tileBytes, 8) < label) {
		index++;
	}

	return index;
}

function endOfClass(tiles: usize, index: usize, count: usize, label: i32): usize {
	while (index < count && load<i32>(tiles + index * tileBytes, 8) === label) {
		index++;
	}

	return index;
}

/**
The pairs of one tile of rows with the tiles from `next` to `end` − 1: with those that are near, and with those that are too far away for
the kernel of the upper bound.
*/
function sumTile<Mirror, Weighted>(
	rows: usize,
	tile: usize,
	box: usize,
	columns: usize,
	rowWeights: usize,
	columnWeights: usize,
	tiles: usize,
	boxes: usize,
	next: usize,
	end: usize,
	sums: usize,
): void {
	let near = nearTiles;
	let far = farTiles;
	for (; next < end; next++) {
		const distance = distanceOfTiles(units, box, boxes + next * boxBytesOf(units));
		store<i32>(near, next);
		store<i32>(far, next);
		near += distance < farthest / 4 ? 4 : 0;
		far += distance >= farthest / 4 && distance < farthest ? 4 : 0;
	}

	sumTiles<Mirror, Weighted, Yes>(rows, tile, box, columns, rowWeights, columnWeights, tiles, boxes, nearTiles, near, sums);
	sumTiles<Mirror, Weighted, No>(rows, tile, box, columns, rowWeights, columnWeights, tiles, boxes, farTiles, far, sums);
}

/** The pairs of one tile of rows with a list of tiles: for each group of rows those of their groups that are near are listed. */
function sumTiles<Mirror, Weighted, Upper>(
	rows: usize,
	tile: usize,
	box: usize,
	columns: usize,
	rowWeights: usize,
	columnWeights: usize,
	tiles: usize,
	boxes: usize,
	list: usize,
	end: usize,
	sums: usize,
): void {
	const first = <usize>load<i32>(tile);
	const groups = <usize>load<i32>(tile, 4);
	for (let group: usize = 0; group < groups; group++) {
		let near = nearGroups;
		for (let index = list; index < end; index += 4) {
			const other = <usize>load<i32>(index);
			const column = load<i32>(tiles + other * tileBytes);
			const distances = distancesOfGroups(units, box, group, boxes + other * boxBytesOf(units));
			const isNear = i32x4.bitmask(f32x4.lt(distances, limit));
			store<i32>(near, column);
			near += (isNear & 1) << 2;
			store<i32>(near, column + 1);
			near += (isNear & 2) << 1;
			store<i32>(near, column + 2);
			near += isNear & 4;
			store<i32>(near, column + 3);
			near += (isNear & 8) >> 1;
		}

		sumList<Mirror, Weighted, Upper>(rows, first + group, columns, nearGroups, near, rowWeights, columnWeights, sums);
	}
}

/** The pairs of one group of rows with a list of groups of columns. */
function sumList<Mirror, Weighted, Upper>(
	rows: usize,
	row: usize,
	columns: usize,
	list: usize,
	end: usize,
	rowWeights: usize,
	columnWeights: usize,
	sums: usize,
): void {
	for (; list < end; list += longestRun) {
		sumRowGroup<Mirror, Weighted, Upper>(
			rows + row * units * 16,
			columns,
			list,
			min(end, list + longestRun),
			units,
			limit,
			factor,
			constants,
			sums + row * sumBytes,
			scratch,
			rowWeights + row * 16,
			columnWeights,
		);
	}
}

/** The pairs within one tile, those of a row with itself among them. */
function sumWithin<Weighted>(rows: usize, weights: usize, tile: usize, sums: usize): void {
	const first = <usize>load<i32>(tile);
	const end = first + <usize>load<i32>(tile, 4);
	for (let row = first; row < end; row++) {
		store<i32>(nearGroups, row);
		sumList<No, Weighted, Yes>(rows, row, rows, nearGroups, nearGroups + 4, weights, weights, sums);
		let near = nearGroups;
		for (let column = row + 1; column < end; column++) {
			store<i32>(near, column);
			near += 4;
		}

		sumList<Yes, Weighted, Yes>(rows, row, rows, nearGroups, near, weights, weights, sums);
	}
}

/** Adds what the last tiles of rows up to `last`, all of one class, have left in the columns to the sums of these, and clears it. */
function foldTiles(tiles: usize, last: usize, count: usize, label: i32, isWeighted: bool, sums: usize): void {
	for (let index: usize = last < tilesBetweenFolds ? 0 : last - tilesBetweenFolds + 1; index < count; index++) {
		const tile = tiles + index * tileBytes;
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
