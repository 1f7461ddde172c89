import {describe, expect, it} from 'vitest';
import {Heap} from '../../source/engine/builtin/heap.js';

/** One page that grows as WebAssembly's memory does: what was there is kept, in a new buffer. */
class Pages {
	buffer = new ArrayBuffer(65_536);

	grow(pages: number): number {
		const before = this.buffer;
		this.buffer = new ArrayBuffer(before.byteLength + (pages * 65_536));
		new Uint8Array(this.buffer).set(new Uint8Array(before));
		return before.byteLength / 65_536;
	}
}

describe('the heap', () => {
	it('gives regions that do not overlap, aligned to 64 bytes, none at 0', () => {
		const heap = new Heap(new Pages());
		const sizes = [1, 64, 65, 1000, 3, 100_000, 12];
		const starts = sizes.map(size => heap.allocate(size));
		const regions = starts.map((start, index) => ({start, end: start + sizes[index]!})).toSorted((a, b) => a.start - b.start);
		expect(starts.every(start => start > 0 && start % 64 === 0)).toBe(true);
		for (const [index, {start}] of regions.slice(1).entries()) {
			expect(start).toBeGreaterThanOrEqual(regions[index]!.end);
		}
	});

	it('uses again what was freed, joined with the gaps around it', () => {
		const pages = new Pages();
		const heap = new Heap(pages);
		const [first, second, third] = [heap.allocate(10_000), heap.allocate(10_000), heap.allocate(10_000)];
		heap.free(first);
		heap.free(third);
		heap.free(second);
		expect(heap.allocate(60_000)).toBe(first);
		expect(pages.buffer.byteLength).toBe(65_536);
	});

	it('grows where no gap is large enough, by what is missing', () => {
		const pages = new Pages();
		const heap = new Heap(pages);
		heap.allocate(60_000);
		heap.allocate(100_000);
		expect(pages.buffer.byteLength).toBe(3 * 65_536);
	});

	it('gives zeros, whatever was there before', () => {
		const pages = new Pages();
		const heap = new Heap(pages);
		const address = heap.allocate(1000);
		new Uint8Array(pages.buffer, address, 1000).fill(7);
		heap.free(address);
		expect(new Uint8Array(pages.buffer, heap.allocate(1000), 1000).every(byte => byte === 0)).toBe(true);
	});

	it('takes no notice of an address that it did not give, or that was freed before', () => {
		const heap = new Heap(new Pages());
		const address = heap.allocate(64);
		heap.free(address);
		heap.free(address);
		heap.free(12);
		expect(heap.allocate(64)).toBe(address);
		expect(heap.allocate(64)).not.toBe(address);
	});
});
