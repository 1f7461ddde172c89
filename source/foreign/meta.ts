import {type NpzLimits} from '../npz/limits.js';
import {isSame, type Stamp, stampOf} from './drop.js';
import {type ForeignMeta, readMeta} from './step.js';

/** `meta.npz` of a drop directory, which may come later than the first steps, and be written anew. */
export class MetaFile {
	readonly #file: string;
	readonly #limits: NpzLimits;
	#stamp: Stamp | undefined;
	#meta: ForeignMeta = {labels: undefined, isPopulation: false};

	constructor(file: string, limits: NpzLimits) {
		this.#file = file;
		this.#limits = limits;
	}

	/** What it says now. Throws where it cannot be read. */
	read(): ForeignMeta {
		if (this.hasChanged()) {
			// Not looked at again before it is written anew, even if it cannot be read: that has been said.
			this.#stamp = stampOf(this.#file);
			this.#meta = {labels: undefined, isPopulation: false};
			this.#meta = this.#stamp ? readMeta(this.#file, this.#limits) : this.#meta;
		}

		return this.#meta;
	}

	/** Whether it was written, or removed, since it was read. */
	hasChanged(): boolean {
		return !isSame(this.#stamp, stampOf(this.#file));
	}
}
