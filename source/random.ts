/**
The one source of randomness. Every purpose (weights, split, batches, labels) draws from a stream of its own, so that using one
more number for one purpose changes nothing elsewhere.

Generator: sfc32 by Chris Doty-Humphrey (PractRand), 128 bits of state, seeded by FNV-1a over seed and stream name.
*/

const twoTo32 = 2 ** 32;

export type RandomState = readonly [number, number, number, number];

export class Random {
	/** An independent stream for `purpose`; the same seed and purpose always give the same numbers. */
	static stream(seed: number, purpose: string): Random {
		let hash = 0x81_1C_9D_C5;
		for (const character of `${seed}/${purpose}`) {
			hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01_00_01_93);
		}

		const random = new Random([hash, seed >>> 0, Math.floor(seed / twoTo32) >>> 0, 1]);
		for (let round = 0; round < 15; round++) {
			random.integer();
		}

		return random;
	}

	#a: number;
	#b: number;
	#c: number;
	#counter: number;

	constructor(state: RandomState) {
		[this.#a, this.#b, this.#c, this.#counter] = state;
	}

	/** All that the stream needs to go on; `new Random(state)` continues it bit for bit. */
	get state(): RandomState {
		return [this.#a, this.#b, this.#c, this.#counter];
	}

	/** A uniform integer in 0 … 2^32 − 1. */
	integer(): number {
		const result = (this.#a + this.#b + this.#counter) | 0;
		this.#counter = (this.#counter + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
		return result >>> 0;
	}

	/** Uniform in [0, 1). */
	uniform(): number {
		return this.integer() / twoTo32;
	}

	/** A whole number in 0 … count − 1, without modulo bias worth naming for counts below 2^24. */
	below(count: number): number {
		return Math.floor(this.uniform() * count);
	}

	/** Standard normal, by Marsaglia's polar method; no value is kept back, so that the state above is all there is. */
	normal(): number {
		for (;;) {
			const x = (2 * this.uniform()) - 1;
			const y = (2 * this.uniform()) - 1;
			const square = (x * x) + (y * y);
			if (square > 0 && square < 1) {
				return x * Math.sqrt(-2 * Math.log(square) / square);
			}
		}
	}

	/** Standard normal, drawn again beyond ±2, as `tf.truncated_normal_initializer` does. */
	truncatedNormal(): number {
		for (;;) {
			const value = this.normal();
			if (Math.abs(value) <= 2) {
				return value;
			}
		}
	}

	/** Fisher-Yates, in place. */
	shuffle(values: Int32Array): void {
		for (let last = values.length - 1; last > 0; last--) {
			const chosen = this.below(last + 1);
			const value = values[last]!;
			values[last] = values[chosen]!;
			values[chosen] = value;
		}
	}
}
