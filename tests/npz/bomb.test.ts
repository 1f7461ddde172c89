/** Files that would be much larger than they are. Vitest gives this file a process of its own, so that its peak of memory means something. */
import {constants, deflateRawSync} from 'node:zlib';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {npyOf, writeNpy, writeNpz} from '../helpers/npz.js';
import {type ZipMember, writeZip} from '../helpers/zip.js';
import {outcomeOfBytes} from './outcome.js';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** A gibibyte of zeros in a megabyte: a piece that begins and ends on a whole byte, again and again, and an empty last one. */
function packedGibibyte(): Buffer {
	const piece = deflateRawSync(Buffer.alloc(mebibyte), {level: 9, finishFlush: constants.Z_FULL_FLUSH});
	return Buffer.concat([...Array.from({length: 1024}, () => piece), Buffer.of(3, 0)]);
}

const header = npyOf(`{'descr': '<f4', 'fortran_order': False, 'shape': (${gibibyte / 4},), }`, Buffer.alloc(0));
const bomb = Buffer.concat([deflateRawSync(header, {finishFlush: constants.Z_FULL_FLUSH}), packedGibibyte()]);

/** Arrays of a gibibyte of zeros, and what the headers say about each. */
const bombOf = (both: ZipMember['both'], names: readonly string[] = ['x']): Buffer => writeZip(names.map(name => ({
	name: `${name}.npy`, data: header, isCompressed: true, packed: bomb, both,
})));

/** Bytes by which the peak of memory of this process grew. */
function growth(body: () => void): number {
	const before = process.resourceUsage().maxRSS;
	body();
	return (process.resourceUsage().maxRSS - before) * 1024;
}

const x = writeNpy({shape: [100], values: new Float32Array(100)});
const packed = {name: 'x.npy', data: x, isCompressed: true};
const manyMembers = Array.from({length: 1001}, (_, index) => ({name: `${index}.npy`, data: x}));
const manyListed = {isWide: true, wideEnd: {count: 2 ** 40, countHere: 2 ** 40}};

/** A member whose bytes are another member, which the directory lists as well. */
const overlapping = writeZip([
	{name: 'outer.npy', data: writeZip([{name: 'inner.npy', data: x}])},
	{
		name: 'inner.npy', data: x, isOnlyListed: true, central: {offset: 30 + 'outer.npy'.length + 20},
	},
]);

const again = 'copy the file again, or save it again with np.savez.';
const small = {
	fileBytes: 10_000, entries: 3, arrayBytes: 1000, totalBytes: 2000,
};

describe('a bomb', () => {
	it.each<readonly [string, Buffer, string]>([
		['that says what it is', bombOf({size: header.length + gibibyte}), 'The array "x" in x.npz has 1.1 GiB and ibtop reads at most 1 GiB: save fewer rows, or a narrower type such as float32.'],
		['that says it is a megabyte', bombOf({size: 1_000_000}), `The array "x" in x.npz is damaged (it unpacks to more than its size): ${again}`],
		['that says it is a petabyte', bombOf({size: 2 ** 50}), 'x.npz unpacks to 1,048,576 GiB and ibtop reads at most 4 GiB: save fewer rows or fewer arrays in one file.'],
		['that is not even packed', writeZip([{...packed, both: {size: gibibyte - 1}}]), `The array "x" in x.npz is damaged (its two sizes cannot both be true): ${again}`],
		['of many members', bombOf({size: gibibyte}, ['a', 'b', 'c', 'd', 'e']), 'x.npz unpacks to 5 GiB and ibtop reads at most 4 GiB: save fewer rows or fewer arrays in one file.'],
		['of members that share their bytes', overlapping, `x.npz is damaged (its members overlap): ${again}`],
		['of more members than anybody needs', writeZip(manyMembers), 'x.npz has 1,001 members and ibtop reads at most 1,000: save fewer arrays in one file.'],
		['that says it has more members than bytes', writeZip([packed], manyListed), 'x.npz has 1,099,511,627,776 members and ibtop reads at most 1,000: save fewer arrays in one file.'],
	])('%s is refused before it takes memory', {timeout: 5000}, (_, bytes, sentence) => {
		const bytesMore = growth(() => {
			expect(outcomeOfBytes(bytes).sentence).toBe(sentence);
		});
		expect(bytesMore).toBeLessThan(64 * mebibyte);
	});
});

describe('the limits', () => {
	it.each([
		['the file', {f: 3000}, {}, 'x.npz has 12,256 bytes and ibtop reads at most 10,000 bytes: save fewer rows or fewer arrays in one file.'],
		['members', {
			a: 1, b: 1, c: 1, d: 1,
		}, {}, 'x.npz has 4 members and ibtop reads at most 3: save fewer arrays in one file.'],
		['an array', {x: 300}, {}, 'The array "x" in x.npz has 1,328 bytes and ibtop reads at most 1,000 bytes: save fewer rows, or a narrower type such as float32.'],
		['an array that is packed', {x: 300}, {isCompressed: true}, 'The array "x" in x.npz has 1,328 bytes and ibtop reads at most 1,000 bytes: save fewer rows, or a narrower type such as float32.'],
		['all arrays together', {a: 200, b: 200, c: 200}, {}, 'x.npz unpacks to 2,784 bytes and ibtop reads at most 2,000 bytes: save fewer rows or fewer arrays in one file.'],
	])('hold for %s', (_, lengths, options, sentence) => {
		const arrays = Object.entries(lengths).map(([name, length]) => [name, {shape: [length], values: new Float32Array(length)}] as const);
		const bytes = writeNpz(Object.fromEntries(arrays), options);
		expect(outcomeOfBytes(bytes, small).sentence).toBe(sentence);
		expect(outcomeOfBytes(bytes).sentence).toBeUndefined();
	});

	it('hold for the list of the arrays, which is read at once', () => {
		const bytes = writeNpz({['x'.repeat(20_000)]: {shape: [], values: Float32Array.of(1)}});
		expect(outcomeOfBytes(bytes, {...small, fileBytes: 100_000}).sentence)
			.toBe('x.npz has a list of arrays of 20,050 bytes and ibtop reads at most 12,288 bytes: give the arrays shorter names.');
	});

	it('count the numbers that an array becomes, since an integer of one byte takes eight', () => {
		const bytes = writeNpz({x: {shape: [10, 20], values: new Uint8Array(200)}});
		expect(outcomeOfBytes(bytes, small).sentence)
			.toBe('The array "x" in x.npz takes 1,600 bytes as numbers and ibtop reads at most 1,000 bytes: save fewer rows, or floats, since integers take 8 bytes each.');
	});
});
