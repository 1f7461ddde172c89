import {timesLog} from '../entropy.js';
import {type LayerActivations} from '../layer-activations.js';
import {Arena} from '../arena.js';
import {cellModule} from './module.js';

/** Up to which n the memory has n log2 n. */
let logged = 0;

/** One layer in WebAssembly's memory: its cells, and behind them room for what is made with them. Only the latest one is of use. */
export class CellMemory {
	readonly module = cellModule();
	readonly rows: number;
	readonly units: number;
	/** The address of n log2 n for n = 0 … rows, float64: in the beginning, where they stay from layer to layer. */
	readonly logs: number;
	/** The address of the cells, int32; until they are found, of the float32 values. */
	readonly cells: number;
	/** The number of cells, up to whole vectors of four. */
	readonly padded: number;
	readonly #arena: Arena;
	readonly #free: number;

	constructor({rows, units}: Pick<LayerActivations, 'rows' | 'units'>) {
		this.rows = rows;
		this.units = units;
		this.padded = Math.ceil(rows * units / 4) * 4;
		this.#arena = new Arena(this.module.memory);
		this.logs = this.#reserveLogs();
		// 16 bytes more, which assembly/group.ts reads
		this.cells = this.reserve((this.padded * 4) + 16);
		this.#free = this.#arena.end;
	}

	reserve(bytes: number): number {
		return this.#arena.reserve(bytes);
	}

	/** Takes back all that was reserved behind the cells. */
	release(): void {
		this.#arena.end = this.#free;
	}

	/** The cells, for those who write them from outside. */
	view(): Int32Array {
		return new Int32Array(this.module.memory.buffer, this.cells, this.rows * this.units);
	}

	/** Puts the values where the cells will be. The last vector is filled up with the last of them, which changes no range. */
	setValues(values: LayerActivations['values']): void {
		const copy = new Float32Array(this.module.memory.buffer, this.cells, this.padded);
		copy.set(values);
		copy.fill(values.at(-1)!, values.length);
	}

	#reserveLogs(): number {
		const most = Math.max(logged, 2 ** Math.ceil(Math.log2(this.rows)));
		const address = this.reserve((most + 1) * 8);
		if (most > logged) {
			const logs = new Float64Array(this.module.memory.buffer, address, most + 1);
			for (let n = 0; n <= most; n++) {
				logs[n] = timesLog(n);
			}

			logged = most;
		}

		return address;
	}
}
