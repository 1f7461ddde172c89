import {type Memory, pageBytes} from '../../web-assembly.js';

type Range = {readonly start: number; readonly end: number};

/** What every region is aligned to, and the address below which nothing lies. */
const alignment = 64;

/**
Regions of WebAssembly's memory for engines that come and go, first fit. The memory grows where no gap is large enough and is never given
back, but what was freed is used again.
*/
export class Heap {
	readonly #memory: Memory;
	/** By address; never two that touch. */
	#gaps: Range[];
	readonly #regions = new Map<number, Range>();

	constructor(memory: Memory) {
		this.#memory = memory;
		this.#gaps = [{start: alignment, end: memory.buffer.byteLength}];
	}

	/** The address of so many bytes, all 0. Views of the memory that were made before are empty if it had to grow. */
	allocate(bytes: number): number {
		const size = Math.ceil(bytes / alignment) * alignment;
		const gap = this.#gaps.find(({start, end}) => end - start >= size) ?? this.#grow(size);
		const region = {start: gap.start, end: gap.start + size};
		this.#regions.set(region.start, region);
		this.#gaps = this.#gaps.flatMap(each => each === gap ? nonEmpty({start: region.end, end: gap.end}) : [each]);
		new Uint8Array(this.#memory.buffer, region.start, size).fill(0);
		return region.start;
	}

	free(address: number): void {
		const region = this.#regions.get(address);
		if (region) {
			this.#regions.delete(address);
			this.#gaps = merge([...this.#gaps, region]);
		}
	}

	/** A gap of at least so many bytes at the end of the memory. */
	#grow(bytes: number): Range {
		const end = this.#memory.buffer.byteLength;
		const last = this.#gaps.at(-1);
		const open = last?.end === end ? end - last.start : 0;
		this.#memory.grow(Math.ceil((bytes - open) / pageBytes));
		this.#gaps = merge([...this.#gaps, {start: end, end: this.#memory.buffer.byteLength}]);
		return this.#gaps.at(-1)!;
	}
}

const nonEmpty = (range: Range): Range[] => range.end > range.start ? [range] : [];

function merge(ranges: readonly Range[]): Range[] {
	const merged: Range[] = [];
	for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
		const last = merged.at(-1);
		if (last?.end === range.start) {
			merged[merged.length - 1] = {start: last.start, end: range.end};
		} else {
			merged.push(range);
		}
	}

	return merged;
}
