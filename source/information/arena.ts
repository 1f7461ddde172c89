import {type Memory, pageBytes} from '../web-assembly.js';

/** Hands out a module's memory, one piece after the other from its beginning; it grows as it must and is never given back. */
export class Arena {
	end = 64;
	readonly #memory: Memory;

	constructor(memory: Memory) {
		this.#memory = memory;
	}

	reserve(bytes: number): number {
		const address = this.end;
		this.end += Math.ceil(bytes / 64) * 64;
		const missing = this.end - this.#memory.buffer.byteLength;
		if (missing > 0) {
			this.#memory.grow(Math.ceil(missing / pageBytes));
		}

		return address;
	}
}
