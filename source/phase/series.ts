import {halfWindow, smoothedAt} from './smooth.js';

/** Where a measurement stands: outside trainings may have several steps an epoch. */
export type Place = {readonly epoch: number; readonly step: number};

/** A quantity as it is measured, in the order of its places, and its running median, of which only what has changed is computed anew. */
export class Series {
	readonly #places: Place[] = [];
	readonly #values: number[] = [];
	readonly #smoothed: number[] = [];

	/** The running median of all values (smooth.ts). */
	get smoothed(): readonly number[] {
		for (let index = this.#smoothed.length; index < this.#values.length - halfWindow; index++) {
			this.#smoothed.push(smoothedAt(this.#values, index));
		}

		return this.#smoothed;
	}

	epochAt(index: number): number {
		return this.#places[index]!.epoch;
	}

	/** Puts a value at its place, mostly at the end, instead of what is there of the same step; `undefined` is only taken away. */
	put(place: Place, value: number | undefined): void {
		const before = this.#places.findLastIndex(({epoch, step}) => epoch < place.epoch || (epoch === place.epoch && step <= place.step));
		const isSame = this.#places[before]?.step === place.step && this.#places[before].epoch === place.epoch;
		const index = isSame ? before : before + 1;
		const added = value === undefined ? [] : [value];
		this.#places.splice(index, isSame ? 1 : 0, ...added.map(() => place));
		this.#values.splice(index, isSame ? 1 : 0, ...added);
		this.#forgetFrom(index);
	}

	/** Takes away what was measured at a step and later. */
	cutFrom(step: number): void {
		for (let index = this.#places.length - 1; index >= 0; index--) {
			if (this.#places[index]!.step >= step) {
				this.#places.splice(index, 1);
				this.#values.splice(index, 1);
				this.#forgetFrom(index);
			}
		}
	}

	#forgetFrom(index: number): void {
		this.#smoothed.length = Math.min(this.#smoothed.length, Math.max(0, index - halfWindow));
	}
}
