import {type LayerActivations} from '../layer-activations.js';

/** Rows in the order of their tiles, four to a group, and the tiles, each of them rows of one class that lie near one another. */
export type Tiling = {
	/** −1 fills the last group of a tile. */
	readonly order: Int32Array;
	/** First group, number of groups and class of each tile. */
	readonly tiles: Int32Array;
};

export const groupRows = 4;

/** Numbers that describe a tile. */
export const tileNumbers = 3;

/** A multiple of `groupRows`: small enough for tiles to be far apart, large enough for what is done once a pair of tiles not to count. */
export const tileRows = 16;

/** Of how many rows a part's extent is estimated. */
const sampleRows = 16;

/** As many as a byte can tell apart. */
const mostClasses = 256;

/**
Parts the rows `first` … `end` − 1 of `rows` into tiles, each of one class: the rows of a class are split at the median of the unit in
which they extend furthest, and so on until they fit (a k-d tree), so that most tiles lie far from most others.
Time rows · log(rows / tileRows), and units · rows for the extents.
*/
export function tileRowsByClass(layer: LayerActivations, rows: Int32Array, labels: Uint8Array | undefined): Tiling {
	const {order: sorted, starts} = sortByClass(rows, labels);
	const keys = new Float64Array(sorted.length);
	const order = new Int32Array(sorted.length + (groupRows * mostClasses)).fill(-1);
	const tiles: number[] = [];
	let length = 0;
	const split = (start: number, end: number, label: number): void => {
		if (end - start <= tileRows) {
			const groups = Math.ceil((end - start) / groupRows);
			tiles.push(length / groupRows, groups, label);
			order.set(sorted.subarray(start, end), length);
			length += groups * groupRows;
			return;
		}

		const unit = widestUnit(layer, sorted, start, end);
		for (let index = start; index < end; index++) {
			keys[index] = layer.values[(sorted[index]! * layer.units) + unit]!;
		}

		const middle = start + (tileRows * Math.ceil((end - start) / (2 * tileRows)));
		partition(keys, sorted, start, end - 1, middle);
		split(start, middle, label);
		split(middle, end, label);
	};

	for (let label = 0; label < mostClasses; label++) {
		if (starts[label + 1]! > starts[label]!) {
			split(starts[label]!, starts[label + 1]!, label);
		}
	}

	return {order: order.subarray(0, length), tiles: Int32Array.from(tiles)};
}

/** Counting sort; without labels all rows are of class 0. `starts` has one entry more than there are classes. */
function sortByClass(rows: Int32Array, labels: Uint8Array | undefined): {order: Int32Array; starts: Int32Array} {
	const starts = new Int32Array(mostClasses + 1);
	const labelOf = (row: number) => labels ? labels[row]! : 0;
	for (const row of rows) {
		starts[labelOf(row) + 1]! += 1;
	}

	for (let label = 0; label < mostClasses; label++) {
		starts[label + 1]! += starts[label]!;
	}

	const next = starts.slice();
	const order = new Int32Array(rows.length);
	for (const row of rows) {
		order[next[labelOf(row)]!++] = row;
	}

	return {order, starts};
}

/** The unit of the greatest range, over a sample of the rows. */
function widestUnit({units, values}: LayerActivations, rows: Int32Array, start: number, end: number): number {
	const step = Math.ceil((end - start) / sampleRows);
	let widest = 0;
	let width = -1;
	for (let unit = 0; unit < units; unit++) {
		let least = Infinity;
		let greatest = -Infinity;
		for (let index = start; index < end; index += step) {
			const value = values[(rows[index]! * units) + unit]!;
			if (value < least) {
				least = value;
			}

			if (value > greatest) {
				greatest = value;
			}
		}

		if (greatest - least > width) {
			width = greatest - least;
			widest = unit;
		}
	}

	return widest;
}

/** Hoare's selection, in place: keys before `nth` are at most, those from it on at least, what sorting would put there. */
function partition(keys: Float64Array, rows: Int32Array, first: number, last: number, nth: number): void {
	while (first < last) {
		const pivot = keys[(first + last) >> 1]!;
		let low = first;
		let high = last;
		while (low <= high) {
			while (keys[low]! < pivot) {
				low++;
			}

			while (keys[high]! > pivot) {
				high--;
			}

			if (low <= high) {
				const key = keys[low]!;
				const row = rows[low]!;
				keys[low] = keys[high]!;
				rows[low] = rows[high]!;
				keys[high] = key;
				rows[high] = row;
				low++;
				high--;
			}
		}

		if (nth <= high) {
			last = high;
		} else if (nth >= low) {
			first = low;
		} else {
			return;
		}
	}
}
