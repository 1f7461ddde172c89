import {Arena} from '../arena.js';
import {type LayerActivations} from '../layer-activations.js';
import {kernelModule} from './module.js';

export const groupRows = 4;

/** Numbers that describe a tile. */
export const tileNumbers = 3;

/** As many as a byte can tell apart. */
const mostClasses = 256;

/** Addresses, and how many tiles there are; `weights` is 0 where there are none. */
export type Placed = {
	readonly rows: number;
	readonly weights: number;
	readonly tiles: number;
	readonly levels: number;
	readonly boxes: number;
	readonly frame: number;
	readonly count: number;
	/** The address of `order`. */
	readonly rowNumbers: number;
	/** The rows in the order of their tiles, four to a group; −1 fills the last group of a tile. */
	readonly order: Int32Array;
};

/** The rows, tiles and sums of a layer in WebAssembly's memory. Only the latest one is of use. */
export class KernelMemory extends Arena {
	readonly module = kernelModule();

	constructor() {
		super(kernelModule().memory);
	}

	clear(address: number, end: number): void {
		new Uint8Array(this.module.memory.buffer, address, end - address).fill(0);
	}

	/** A view, of all that follows without a length; empty once memory has grown. */
	float64(address: number, length?: number): Float64Array {
		return new Float64Array(this.module.memory.buffer, address, length);
	}

	int32(address: number, length: number): Int32Array {
		return new Int32Array(this.module.memory.buffer, address, length);
	}

	/** The address of a copy. */
	put(values: Float32Array | Float64Array | Int32Array): number {
		const address = this.reserve(values.byteLength);
		new Uint8Array(this.module.memory.buffer, address, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
		return address;
	}

	/**
	Copies the rows, float32, unit by unit within each group, with their weights, into tiles: each of them rows of one class that lie near one
	another (assembly/tiles.ts). Without labels all rows are of class 0. Boxes are measured in the frame of other rows, or in their own. Time
	rows · log(rows), and units · rows.
	*/
	place({rows, units, values}: LayerActivations, labels?: Uint8Array, weights?: Float64Array, frame?: number): Placed {
		const {module} = this;
		const classes = labels ? mostClasses : 1;
		const most = rows + (groupRows * Math.min(classes, rows));
		// Behind the values 16 bytes more, which assembly/tiles.ts reads
		const from = this.reserve((values.length * 4) + 16);
		const sorted = this.reserve(rows * 4);
		const entries = this.reserve(rows * 8);
		const order = this.reserve(most * 4);
		const tiles = this.reserve(most / groupRows * tileNumbers * 4);
		new Float32Array(module.memory.buffer, from, values.length).set(values);
		const starts = sortByClass(this.int32(sorted, rows), labels, classes);
		module.startTiles(from, units, sorted, entries, order, tiles);
		let count = 0;
		for (let label = 0; label < classes; label++) {
			count = module.tileClass(starts[label]!, starts[label + 1]!, label);
		}

		const [first, groups] = this.int32(tiles + ((count - 1) * tileNumbers * 4), tileNumbers);
		const length = (first! + groups!) * groupRows;
		const levelsBytes = module.levelsBytes(units, length / groupRows);
		const placed = {
			rows: this.reserve(length * units * 4),
			weights: weights ? this.reserve(length * 4) : 0,
			tiles,
			levels: levelsBytes > 0 ? this.reserve(levelsBytes) : 0,
			boxes: this.reserve(module.boxesBytes(units, count)),
			frame: frame ?? this.reserve((units + 1) * 4),
			count,
			rowNumbers: order,
		};
		module.copyGroups(order, length, from, units, placed.rows);
		if (frame === undefined) {
			module.measureFrame(units, placed.rows, length / groupRows, placed.frame);
		}

		module.measureBoxes(units, placed.rows, tiles, count, placed.frame, placed.boxes);
		if (levelsBytes > 0) {
			module.measureLevels(units, placed.rows, length / groupRows, placed.frame, placed.levels);
		}

		const view = this.int32(order, length);
		if (weights) {
			const copy = new Float32Array(module.memory.buffer, placed.weights, length);
			for (let index = 0; index < length; index++) {
				copy[index] = view[index] === -1 ? 0 : weights[view[index]!]!;
			}
		}

		return {...placed, order: view.slice()};
	}
}

/** Writes the numbers of all rows to `sorted`, by class (counting sort); where each class begins has one entry more than there are classes. */
function sortByClass(sorted: Int32Array, labels: Uint8Array | undefined, classes: number): Int32Array {
	const starts = new Int32Array(classes + 1);
	if (!labels) {
		for (let row = 0; row < sorted.length; row++) {
			sorted[row] = row;
		}

		starts[1] = sorted.length;
		return starts;
	}

	for (let row = 0; row < sorted.length; row++) {
		starts[labels[row]! + 1]! += 1;
	}

	for (let label = 0; label < classes; label++) {
		starts[label + 1]! += starts[label]!;
	}

	const next = starts.slice();
	for (let row = 0; row < sorted.length; row++) {
		sorted[next[labels[row]!]!++] = row;
	}

	return starts;
}
