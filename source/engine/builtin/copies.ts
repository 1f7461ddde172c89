import {type Memory} from '../../web-assembly.js';
import {type Heap} from './heap.js';

type Values = Float32Array | Uint8Array;

/** Copies in WebAssembly's memory of arrays that nobody writes to, one for all engines of the thread that take it. */
export class Copies {
	readonly #heap: Heap;
	readonly #memory: Memory;
	readonly #copies = new Map<Values, {readonly address: number; takers: number}>();

	constructor(heap: Heap, memory: Memory) {
		this.#heap = heap;
		this.#memory = memory;
	}

	/** The address of the copy; it stays until it has been released as often as taken. */
	take(values: Values): number {
		const copy = this.#copies.get(values) ?? {address: this.#copy(values), takers: 0};
		copy.takers++;
		this.#copies.set(values, copy);
		return copy.address;
	}

	release(values: Values): void {
		const copy = this.#copies.get(values);
		if (copy && --copy.takers === 0) {
			this.#copies.delete(values);
			this.#heap.free(copy.address);
		}
	}

	#copy({buffer, byteOffset, byteLength}: Values): number {
		const address = this.#heap.allocate(byteLength);
		new Uint8Array(this.#memory.buffer, address, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
		return address;
	}
}
