import {
	append, between, overhang, setBitsBytes, writeSetBits,
} from './bits';
import {
	boxBytesOf, levelsOf, nearGroups, tileBoxesOf, tileBytes, tileGroups,
} from './boxes';
import {
	columnBytes, foldColumns, No, restOffset, Yes,
} from './columns';
import {keepNear, levelBytesOf, reachOf} from './levels';
import {constantBytes, writeConstants} from './power';
import {sumRowGroup} from './row-group';

/** Bytes of the sums of one group of four rows: part and rest, upper and lower kernel, float64. */
const sumBytes: usize = 2 * restOffset;

/** Groups of columns whose kernels are summed in float32 before they are added to the float64 sums of the rows, and bytes of a list of so many. */
const mostGroups: usize = 64;
const listBytes: usize = (mostGroups + <usize>tileGroups) * 4 + overhang;

/** Groups after which it is known whether most are near. */
const fewestLooked: usize = 512;

let units: usize = 0;
let lowerLimit: v128 = i64x2.splat(0);
let upperLimit: v128 = i64x2.splat(0);
let reach: i32 = 0;
let constants: usize = 0;
let setBits: usize = 0;
let lists: usize = 0;
let columnSums: usize = 0;

/** The rows whose sums are wanted, and the columns, those that they are paired with; see `sumAllPairs`. */
let rows: usize = 0;
let rowLevels: usize = 0;
let rowWeights: usize = 0;
let rowTiles: usize = 0;
let rowBoxes: usize = 0;
let sums: usize = 0;
let columns: usize = 0;
let columnLevels: usize = 0;
let columnWeights: usize = 0;
let tiles: usize = 0;
let boxes: usize = 0;
let tileBoxes: usize = 0;
let count: usize = 0;

/** Groups that the rows of this tile were looked at with in whole numbers, and how many of them were near: if most are, looking costs more than it saves. */
let looked: usize = 0;
let kept: usize = 0;

/** Bytes of what `configure` wants room for, besides `columnBytes` for each group of columns. */
export function scratchBytes(): i32 {
	return <i32>(constantBytes + setBitsBytes + 2 * listBytes);
}

/**
What holds for all calls until the next: units of a row, the distance² beyond which a kernel of the lower bound counts as none, a quarter
of that for the upper bound, −log2(e) / 8v, the frame of all boxes, and where there is room for constants, lists and, all zero, the sums of all columns.
*/
export function configure(unitCount: i32, farthest: f32, exponentFactor: f32, frame: usize, scratchpad: usize): void {
	units = unitCount;
	lowerLimit = levelsOf(farthest, frame, units);
	upperLimit = levelsOf(farthest / 4, frame, units);
	reach = reachOf(farthest, frame, unitCount);
	constants = scratchpad;
	setBits = constants + constantBytes;
	lists = setBits + setBitsBytes;
	columnSums = scratchpad + scratchBytes();
	writeConstants(constants, farthest, exponentFactor);
	writeSetBits(setBits);
}

export function placeRows(groups: usize, levels: usize, weights: usize, tilesAt: usize, boxesAt: usize, sumsAt: usize): void {
	rows = groups;
	rowLevels = levels;
	rowWeights = weights;
	rowTiles = tilesAt;
	rowBoxes = boxesAt;
	sums = sumsAt;
}

export function placeColumns(groups: usize, levels: usize, weights: usize, tilesAt: usize, boxesAt: usize, tileCount: i32): void {
	columns = groups;
	columnLevels = levels;
	columnWeights = weights;
	tiles = tilesAt;
	boxes = boxesAt;
	tileBoxes = tileBoxesOf(boxesAt, units, tileCount);
	count = tileCount;
}

/** The pairs within one tile, those of a row with itself among them, where the columns are the rows. */
export function sumWithin<Weighted>(tile: usize): void {
	const first = <usize>load<i32>(tiles + tile * tileBytes);
	const groups = <usize>load<i32>(tiles + tile * tileBytes, 4);
	for (let group = first; group < first + groups; group++) {
		store<i32>(lists, <i32>group);
		sumList<No, Weighted, Yes>(group, lists, lists + 4, sums);
		let end = lists;
		for (let other = group + 1; other < first + groups; other++) {
			store<i32>(end, <i32>other);
			end += 4;
		}

		sumList<Yes, Weighted, Yes>(group, lists, end, sums);
	}
}

/** The pairs of the rows of one tile with the columns of the tiles from `next` on, of its own class and of others by turns. */
export function sumTile<Mirror, Weighted>(tile: usize, next: usize): void {
	const first = <usize>load<i32>(rowTiles + tile * tileBytes);
	const groups = <usize>load<i32>(rowTiles + tile * tileBytes, 4);
	const label = load<i32>(rowTiles + tile * tileBytes, 8);
	const box = rowBoxes + tile * boxBytesOf(units);
	looked = 0;
	kept = 0;
	while (next < count) {
		const isOwn = load<i32>(tiles + next * tileBytes, 8) === label;
		let end = next + 1;
		while (end < count && (load<i32>(tiles + end * tileBytes, 8) === label) === isOwn) {
			end++;
		}

		const own = isInteger<Weighted>() || isOwn ? sums : sums + restOffset;
		for (let group: usize = 0; group < groups; group++) {
			sumNear<Mirror, Weighted>(first + group, box + group, next, end, own);
		}

		next = end;
	}
}

/** The pairs of one group of rows with those groups of the tiles from `next` to `end` − 1 that are near, looked for in the tiles that are near. */
function sumNear<Mirror, Weighted>(group: usize, box: usize, next: usize, end: usize, sums: usize): void {
	const lowerStart = lists + listBytes;
	let bothEnd = lists;
	let lowerEnd = lowerStart;
	for (let first = next & ~<usize>(tileGroups - 1); first < end; first += <usize>tileGroups) {
		let nearTiles = nearTilesOf(box, first) & between(next, end, first);
		for (; nearTiles !== 0; nearTiles &= nearTiles - 1) {
			const index = first + <usize>ctz(nearTiles);
			const tile = tiles + index * tileBytes;
			const number = load<i32>(tile);
			const mask = (<u32>1 << load<u32>(tile, 4)) - 1;
			const near = nearGroups(box, boxes + index * boxBytesOf(units), units, lowerLimit, upperLimit);
			const both = near >> 16 & mask;
			bothEnd = append(bothEnd, number, both, setBits);
			lowerEnd = append(lowerEnd, number, near & mask & ~both, setBits);
			if (bothEnd - lists > mostGroups * 4) {
				sumList<Mirror, Weighted, Yes>(group, lists, bothEnd, sums);
				bothEnd = lists;
			}

			if (lowerEnd - lowerStart > mostGroups * 4) {
				sumList<Mirror, Weighted, No>(group, lowerStart, lowerEnd, sums);
				lowerEnd = lowerStart;
			}
		}
	}

	sumList<Mirror, Weighted, Yes>(group, lists, bothEnd, sums);
	sumList<Mirror, Weighted, No>(group, lowerStart, lowerEnd, sums);
}

/** Which of the tiles from `first` on, a multiple of 16, may be near to a box: bit k for the k-th. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function nearTilesOf(box: usize, first: usize): u32 {
	return nearGroups(box, tileBoxes + first / <usize>tileGroups * boxBytesOf(units), units, lowerLimit, lowerLimit) & 0xFF_FF;
}

function sumList<Mirror, Weighted, Upper>(group: usize, list: usize, end: usize, sums: usize): void {
	if (columnLevels !== 0 && (looked < fewestLooked || kept * 3 < looked * 2)) {
		looked += (end - list) >> 2;
		end = keepNear(rowLevels + group * levelBytesOf(units), columnLevels, list, end, units, reach);
		kept += (end - list) >> 2;
	}

	if (end > list) {
		const weights = rowWeights + group * 16;
		sumRowGroup<Mirror, Weighted, Upper>(rows + group * units * 16, columns, list, end, units, constants, sums + group * sumBytes, columnSums, weights, columnWeights);
	}
}

/** Adds what the rows of one tile have left in the columns of the tiles from it on to the sums of these; tiles that are far have none. */
export function foldTiles<Weighted>(tile: usize): void {
	const label = load<i32>(tiles + tile * tileBytes, 8);
	const box = tileBoxes + tile / <usize>tileGroups * boxBytesOf(units) + tile % <usize>tileGroups;
	for (let first = tile & ~<usize>(tileGroups - 1); first < count; first += <usize>tileGroups) {
		let nearTiles = nearTilesOf(box, first) & between(tile, count, first);
		for (; nearTiles !== 0; nearTiles &= nearTiles - 1) {
			const near = tiles + (first + <usize>ctz(nearTiles)) * tileBytes;
			const number = <usize>load<i32>(near);
			const offset: usize = isInteger<Weighted>() || load<i32>(near, 8) === label ? 0 : restOffset;
			foldColumns<Weighted>(columnSums + number * columnBytes, <usize>load<i32>(near, 4), sums + number * sumBytes + offset);
		}
	}
}
