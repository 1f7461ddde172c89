import {tileBytes, tileRows} from './boxes';
import {groupRows} from './groups';

/** Of how many rows a part's extent is estimated. */
const sampleRows: i32 = 16;

/** The rows to part, those in the making (float32 keys, beside `rows`), what they become, and how far that has come. */
let values: usize = 0;
let units: i32 = 0;
let rows: usize = 0;
let keys: usize = 0;
let order: usize = 0;
let tiles: usize = 0;
let orderLength: i32 = 0;
let tileCount: i32 = 0;

/** What the calls of `tileClass` until the next share; see there. */
export function startTiles(valuesAt: usize, unitCount: i32, rowsAt: usize, keysAt: usize, orderAt: usize, tilesAt: usize): void {
	values = valuesAt;
	units = unitCount;
	rows = rowsAt;
	keys = keysAt;
	order = orderAt;
	tiles = tilesAt;
	orderLength = 0;
	tileCount = 0;
}

/**
Parts the rows of one class, whose numbers (int32) are at places `start` … `end` − 1 of `rows`, into tiles of `tileRows` at most: they are split
at the median of the unit in which they extend furthest, and so on (a k-d tree), so that most tiles lie far from most others, and so do most
groups of four within and across them. Appends the rows of each tile to `order`, filled up with −1 to whole groups, and first group, groups
and class to `tiles`, int32 all; returns the number of tiles so far.

`values`: rows × units float32, and 16 bytes more, which are read and ignored. `keys`: room for a float32 for each row.
*/
export function tileClass(start: i32, end: i32, label: i32): i32 {
	if (end > start) {
		split(start, end, label);
	}

	return tileCount;
}

function split(start: i32, end: i32, label: i32): void {
	const count = end - start;
	if (count <= tileRows) {
		sortIntoGroups(start, end);
		appendTile(start, end, label);
		return;
	}

	const middle = start + tileRows * ((count + 2 * tileRows - 1) / (2 * tileRows));
	selectMedian(start, end, middle);
	split(start, middle, label);
	split(middle, end, label);
}

/** Splits the rows of a tile on, down to groups. */
function sortIntoGroups(start: i32, end: i32): void {
	const count = end - start;
	if (count > groupRows) {
		const middle = start + groupRows * ((count + 2 * groupRows - 1) / (2 * groupRows));
		selectMedian(start, end, middle);
		sortIntoGroups(start, middle);
		sortIntoGroups(middle, end);
	}
}

function appendTile(start: i32, end: i32, label: i32): void {
	const groups = (end - start + groupRows - 1) / groupRows;
	const tile = tiles + <usize>tileCount * tileBytes;
	store<i32>(tile, orderLength / groupRows);
	store<i32>(tile, groups, 4);
	store<i32>(tile, label, 8);
	for (let index = 0; index < groups * groupRows; index++) {
		store<i32>(order + (<usize>(orderLength + index) << 2), start + index < end ? load<i32>(rows + (<usize>(start + index) << 2)) : -1);
	}

	orderLength += groups * groupRows;
	tileCount++;
}

/** Puts the rows from `start` to `end` − 1 so that none before `middle` is above one from there on, in the unit of greatest range. */
function selectMedian(start: i32, end: i32, middle: i32): void {
	const unit = values + <usize>widestUnit(start, end) * 4;
	const bytes = <usize>units * 4;
	for (let index = <usize>start << 2; index < <usize>end << 2; index += 4) {
		store<f32>(keys + index, load<f32>(unit + <usize>load<i32>(rows + index) * bytes));
	}

	select(<usize>start << 2, <usize>end << 2, <usize>middle << 2);
}

/** The unit of the greatest range, over a sample of the rows. */
function widestUnit(start: i32, end: i32): i32 {
	const step = <usize>((end - start + sampleRows - 1) / sampleRows) << 2;
	const bytes = <usize>units * 4;
	let widest = 0;
	let width: f32 = -1;
	for (let first = 0; first < units; first += 4) {
		let least = f32x4.splat(Infinity);
		let greatest = f32x4.splat(-Infinity);
		const four = values + (<usize>first << 2);
		for (let index = <usize>start << 2; index < <usize>end << 2; index += step) {
			const some = v128.load(four + <usize>load<i32>(rows + index) * bytes);
			least = f32x4.pmin(least, some);
			greatest = f32x4.pmax(greatest, some);
		}

		let ranges = f32x4.sub(greatest, least);
		for (let unit = first; unit < min(first + 4, units); unit++) {
			const range = f32x4.extract_lane(ranges, 0);
			if (range > width) {
				width = range;
				widest = unit;
			}

			ranges = v128.shuffle<f32>(ranges, ranges, 1, 2, 3, 0);
		}
	}

	return widest;
}

/**
Quickselect, in place: keys before `nth` are at most, those from it on at least, what sorting would put there. Places are in bytes, `last` is one
beyond the last. What is exchanged does not depend on a guess (Lomuto's partition without branches).
*/
function select(first: usize, last: usize, nth: usize): void {
	while (last - first > 4) {
		const pivot = load<f32>(keys + ((first + last) >> 3 << 2));
		let middle = first;
		for (let at = first; at < last; at += 4) {
			middle += exchange(at, middle, load<f32>(keys + at) < pivot);
		}

		if (nth < middle) {
			last = middle;
			continue;
		}

		// As many as are less are out of the way; if none is, the pivot is the least, and it and its equals are.
		if (middle > first) {
			first = middle;
			continue;
		}

		for (let at = first; at < last; at += 4) {
			middle += exchange(at, middle, !(load<f32>(keys + at) > pivot));
		}

		if (nth < middle) {
			return;
		}

		first = middle;
	}
}

/** Exchanges two rows and their keys; returns how far the second place moves on, if it does. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function exchange(at: usize, middle: usize, isLess: bool): usize {
	const key = load<f32>(keys + at);
	const row = load<i32>(rows + at);
	store<f32>(keys + at, load<f32>(keys + middle));
	store<i32>(rows + at, load<i32>(rows + middle));
	store<f32>(keys + middle, key);
	store<i32>(rows + middle, row);
	return <usize>isLess << 2;
}
