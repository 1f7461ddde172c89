import {
	boxBytesOf, levelsOf, nearGroups, tileBytes, tileGroups,
} from './boxes';
import {constantBytes, writeConstants} from './power';
import {
	columnBytes, foldColumns, No, restOffset, sumRowGroup, Yes,
} from './row-group';

export {measureBoxes, measureFrame} from './boxes';
export {copyGroups} from './groups';
export {
	addRows, readRows, spreadRows, transferCells,
} from './line';
export {startTiles, tileClass} from './tiles';
export {measureExtents, turnRows} from './turn';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Groups of columns whose kernels are summed in float32 before they are added to the float64 sums of the rows, and bytes of a list of so many. */
const mostGroups: usize = 64;
const listBytes: usize = (mostGroups + <usize>tileGroups) * 4;

let units: usize = 0;
let lowerLimit: v128 = i64x2.splat(0);
let upperLimit: v128 = i64x2.splat(0);
let constants: usize = 0;
let lists: usize = 0;
let columnSums: usize = 0;

/** Bytes of what `configure` wants room for, besides `columnBytes` for each group of columns. */
export function scratchBytes(): i32 {
	return <i32>(constantBytes + 2 * listBytes);
}

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel of the lower bound counts as none, a quarter
of that for the upper bound, −log2(e) / 8v, the frame of all boxes, and where there is room for constants, lists and, all zero, the sums of all columns.
*/
export function configure(unitCount: i32, farthest: f32, exponentFactor: f32, frame: usize, scratchpad: usize): void {
	units = unitCount;
	lowerLimit = levelsOf(farthest, frame, units);
	upperLimit = levelsOf(farthest / 4, frame, units);
	constants = scratchpad;
	lists = constants + constantBytes;
	columnSums = scratchpad + scratchBytes();
	writeConstants(constants, farthest, exponentFactor);
}

/**
Adds the kernels of all pairs of rows to the sums of both rows. A pair whose tiles are of one class goes to the part, any other to the
rest; with weights (not 0), weight · kernel goes to the part and the kernel to the rest.

`rows`: groups of four, units × 4 float32 each. `weights`: 4 float32 a group. `tiles`: int32 triples, class by class. `boxes`: those of the
groups of each tile (`measureBoxes`). `sums`: 16 float64 a group.
*/
export function sumAllPairs(rows: usize, weights: usize, tiles: usize, boxes: usize, count: i32, sums: usize): void {
	for (let tile: usize = 0; tile < <usize>count; tile++) {
		if (weights === 0) {
			sumWithin<No>(rows, weights, tiles, tile, sums);
			sumTile<Yes, No>(rows, weights, tiles, boxes, tile, rows, weights, tiles, boxes, tile + 1, count, sums);
			foldTiles<No>(tiles, tile, count, sums);
		} else {
			sumWithin<Yes>(rows, weights, tiles, tile, sums);
			sumTile<Yes, Yes>(rows, weights, tiles, boxes, tile, rows, weights, tiles, boxes, tile + 1, count, sums);
			foldTiles<Yes>(tiles, tile, count, sums);
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
	for (let tile: usize = 0; tile < <usize>queryCount; tile++) {
		if (weights === 0) {
			sumTile<No, No>(queries, 0, queryTiles, queryBoxes, tile, rows, 0, tiles, boxes, 0, count, sums);
		} else {
			sumTile<No, Yes>(queries, 0, queryTiles, queryBoxes, tile, rows, weights, tiles, boxes, 0, count, sums);
		}
	}
}

/** The pairs within one tile, those of a row with itself among them. */
function sumWithin<Weighted>(rows: usize, weights: usize, tiles: usize, tile: usize, sums: usize): void {
	const first = <usize>load<i32>(tiles + tile * tileBytes);
	const groups = <usize>load<i32>(tiles + tile * tileBytes, 4);
	for (let group = first; group < first + groups; group++) {
		store<i32>(lists, <i32>group);
		sumList<No, Weighted, Yes>(rows, group, rows, lists, lists + 4, weights, weights, sums);
		let end = lists;
		for (let other = group + 1; other < first + groups; other++) {
			store<i32>(end, <i32>other);
			end += 4;
		}

		sumList<Yes, Weighted, Yes>(rows, group, rows, lists, end, weights, weights, sums);
	}
}

/** The pairs of the rows of one tile with the columns of the tiles from `next` to `count` − 1, of its own class and of others by turns. */
function sumTile<Mirror, Weighted>(
	rows: usize,
	rowWeights: usize,
	rowTiles: usize,
	rowBoxes: usize,
	tile: usize,
	columns: usize,
	columnWeights: usize,
	tiles: usize,
	boxes: usize,
	next: usize,
	count: usize,
	sums: usize,
): void {
	const first = <usize>load<i32>(rowTiles + tile * tileBytes);
	const groups = <usize>load<i32>(rowTiles + tile * tileBytes, 4);
	const label = load<i32>(rowTiles + tile * tileBytes, 8);
	const box = rowBoxes + tile * boxBytesOf(units);
	while (next < count) {
		const isOwn = load<i32>(tiles + next * tileBytes, 8) === label;
		let end = next + 1;
		while (end < count && (load<i32>(tiles + end * tileBytes, 8) === label) === isOwn) {
			end++;
		}

		const own = isInteger<Weighted>() || isOwn ? sums : sums + restOffset;
		for (let group: usize = 0; group < groups; group++) {
			sumNear<Mirror, Weighted>(rows, first + group, box + group, columns, rowWeights, columnWeights, tiles, boxes, next, end, own);
		}

		next = end;
	}
}

/** The pairs of one group of rows with those groups of the tiles from `next` to `end` − 1 that are near. */
function sumNear<Mirror, Weighted>(
	rows: usize,
	group: usize,
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
	const lowerStart = lists + listBytes;
	let bothEnd = lists;
	let lowerEnd = lowerStart;
	for (; next < end; next++) {
		const tile = tiles + next * tileBytes;
		const number = load<i32>(tile);
		const mask = (<u32>1 << load<u32>(tile, 4)) - 1;
		const near = nearGroups(box, boxes + next * boxBytesOf(units), units, lowerLimit, upperLimit);
		const both = near >> 16 & mask;
		bothEnd = append(bothEnd, number, both);
		lowerEnd = append(lowerEnd, number, near & mask & ~both);
		if (bothEnd - lists > mostGroups * 4) {
			sumList<Mirror, Weighted, Yes>(rows, group, columns, lists, bothEnd, rowWeights, columnWeights, sums);
			bothEnd = lists;
		}

		if (lowerEnd - lowerStart > mostGroups * 4) {
			sumList<Mirror, Weighted, No>(rows, group, columns, lowerStart, lowerEnd, rowWeights, columnWeights, sums);
			lowerEnd = lowerStart;
		}
	}

	if (bothEnd > lists) {
		sumList<Mirror, Weighted, Yes>(rows, group, columns, lists, bothEnd, rowWeights, columnWeights, sums);
	}

	if (lowerEnd > lowerStart) {
		sumList<Mirror, Weighted, No>(rows, group, columns, lowerStart, lowerEnd, rowWeights, columnWeights, sums);
	}
}

/** Appends to a list of groups those from `number` on whose bit is set. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function append(end: usize, number: i32, bits: u32): usize {
	for (; bits !== 0; bits &= bits - 1) {
		store<i32>(end, number + <i32>ctz(bits));
		end += 4;
	}

	return end;
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

/** Adds what the rows of one tile have left in the columns of the tiles from it on to the sums of these. */
function foldTiles<Weighted>(tiles: usize, tile: usize, count: usize, sums: usize): void {
	const label = load<i32>(tiles + tile * tileBytes, 8);
	for (; tile < count; tile++) {
		const first = <usize>load<i32>(tiles + tile * tileBytes);
		const offset: usize = isInteger<Weighted>() || load<i32>(tiles + tile * tileBytes, 8) === label ? 0 : restOffset;
		foldColumns<Weighted>(columnSums + first * columnBytes, <usize>load<i32>(tiles + tile * tileBytes, 4), sums + first * sumBytes + offset);
	}
}
