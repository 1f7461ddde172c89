import {tileBytes, tileRows} from './boxes';
import {groupRows} from './groups';

/** Of how many rows a part's extent is estimated. */
const sampleRows: i32 = 16;

/** Bytes of a row's number, int32, and behind it its key, which makes an int64 of both: no two are equal, and they move together. */
const entryBytes: usize = 8;

/** The rows to part, those in the making, what they become, and how far that has come. */
let values: usize = 0;
let units: i32 = 0;
let rows: usize = 0;
let entries: usize = 0;
let order: usize = 0;
let tiles: usize = 0;
let orderLength: i32 = 0;
let tileCount: i32 = 0;

/** What the calls of `tileClass` until the next share; see there. */
export function startTiles(valuesAt: usize, unitCount: i32, rowsAt: usize, entriesAt: usize, orderAt: usize, tilesAt: usize): void {
	values = valuesAt;
	units = unitCount;
	rows = rowsAt;
	entries = entriesAt;
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

`values`: rows × units float32, and 16 bytes more, which are read and ignored. `entries`: room for 8 bytes for each row.
*/
export function tileClass(start: i32, end: i32, label: i32): i32 {
	if (end > start) {
		for (let index = <usize>start; index < <usize>end; index++) {
			store<i32>(entries + index * entryBytes, load<i32>(rows + index * 4));
		}

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
		store<i32>(order + (<usize>(orderLength + index) << 2), start + index < end ? load<i32>(entries + <usize>(start + index) * entryBytes) : -1);
	}

	orderLength += groups * groupRows;
	tileCount++;
}

/** Puts the rows from `start` to `end` − 1 so that none before `middle` is above one from there on, in the unit of greatest range. */
function selectMedian(start: i32, end: i32, middle: i32): void {
	const unit = values + <usize>widestUnit(start, end) * 4;
	const bytes = <usize>units * 4;
	const last = entries + <usize>end * entryBytes;
	for (let entry = entries + <usize>start * entryBytes; entry < last; entry += entryBytes) {
		store<i32>(entry, keyOf(load<i32>(unit + <usize>load<i32>(entry) * bytes)), 4);
	}

	select(entries + <usize>start * entryBytes, last, entries + <usize>middle * entryBytes);
}

/** A whole number that is as much greater than others as the float32 of these bits is. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function keyOf(bits: i32): i32 {
	return bits ^ (bits >> 31 & i32.MAX_VALUE);
}

/** The unit of the greatest range, over a sample of the rows. */
function widestUnit(start: i32, end: i32): i32 {
	const step = <usize>((end - start + sampleRows - 1) / sampleRows) * entryBytes;
	const last = entries + <usize>end * entryBytes;
	const bytes = <usize>units * 4;
	let widest = 0;
	let width: f32 = -1;
	for (let first = 0; first < units; first += 4) {
		let least = f32x4.splat(Infinity);
		let greatest = f32x4.splat(-Infinity);
		const four = values + (<usize>first << 2);
		for (let entry = entries + <usize>start * entryBytes; entry < last; entry += step) {
			const some = v128.load(four + <usize>load<i32>(entry) * bytes);
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
Quickselect, in place: entries before `nth` are less, those from it on at least, what sorting would put there; `last` is one beyond the last. What is
exchanged does not depend on a guess (Lomuto's partition without branches).
*/
function select(first: usize, last: usize, nth: usize): void {
	while (last - first > entryBytes) {
		const pivot = load<i64>(first + ((last - first) >> 4 << 3));
		let middle = first;
		for (let at = first; at < last; at += entryBytes) {
			middle += exchange(at, middle, pivot);
		}

		if (nth < middle) {
			last = middle;
		} else if (middle > first) {
			first = middle;
		} else {
			// The pivot is the least
			for (let at = first; at < last; at += entryBytes) {
				middle += exchange(at, middle, pivot + 1);
			}

			if (nth < middle) {
				return;
			}

			first = middle;
		}
	}
}

/** Exchanges two entries; returns how far the second place moves on, if the first of them is less than the pivot. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function exchange(at: usize, middle: usize, pivot: i64): usize {
	const entry = load<i64>(at);
	store<i64>(at, load<i64>(middle));
	store<i64>(middle, entry);
	return <usize>(entry < pivot) << 3;
}
