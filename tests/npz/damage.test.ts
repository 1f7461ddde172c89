/** Files that were cut or changed on the way: nothing but a sentence for people, and never a wrong number. */
import {
	closeSync, openSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs';
import path from 'node:path';
import {deflateRawSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {writeNpy, writeNpz} from '../helpers/npz.js';
import {withTemporaryFolder} from '../helpers/python.js';
import {writeZip} from '../helpers/zip.js';
import {outcomeOf, outcomeOfBytes} from './outcome.js';

const small = {
	'act/h1': {shape: [3, 2], values: Float32Array.from([0.5, -1, 2, 3, 4, 5])},
	y: {shape: [3], values: Int32Array.from([0, 1, 1])},
};
const members = Object.entries(small).map(([name, array]) => ({name: `${name}.npy`, data: writeNpy(array)}));
const note = {name: 'note.txt', data: Buffer.from('10 units')};

/** Bits nobody reads: in each local header the version and the date, in the directory both versions, the date and the attributes. */
const idleBits = 8 * (6 + 14);

const padding = members.map(({data}) => paddingBits(data)).reduce((sum, bits) => sum + bits, 0);

const files: ReadonlyArray<readonly [string, Buffer, number]> = [
	['plain', writeNpz(small), 2 * idleBits],
	['packed', writeNpz(small, {isCompressed: true}), (2 * idleBits) + padding],
	// Their versions, and the number of disks, which some writers leave at 0.
	['with zip64 records', writeNpz(small, {isWide: true}), (2 * idleBits) + (8 * 4) + 1],
	['written into a pipe', writeZip(members.map(member => ({...member, hasDescriptor: true, isCompressed: true}))), (2 * idleBits) + padding],
	['beside a note, whose text is not read', writeZip([note, ...members]), (3 * idleBits) + (8 * note.data.length)],
];

const right = '[[3,2],"float32",[0.5,-1,2,3,4,5]],[[3],"integer",[0,1,1]]';

/** Bits after the end of what deflate wrote, up to the next whole byte: as many of the highest as can be turned over unnoticed. */
function paddingBits(data: Uint8Array): number {
	const packed = deflateRawSync(data);
	const last = packed.at(-1)!;
	const isRead = (bit: number) => outcomeOfBytes(writeZip([{
		name: 'x.npy', data, isCompressed: true, packed: Buffer.concat([packed.subarray(0, -1), Buffer.of(last ^ (1 << bit))]),
	}])).result !== undefined;
	return [0, 1, 2, 3, 4, 5, 6, 7].filter(bit => isRead(bit)).length;
}

/** What is read with each bit of the file turned over, one after another. */
const flipEveryBit = (bytes: Buffer) => withTemporaryFolder(folder => {
	const file = path.join(folder, 'flipped.npz');
	writeFileSync(file, bytes);
	const descriptor = openSync(file, 'r+');
	const sound = outcomeOf(file).result;
	const counts = {same: 0, refused: 0, wrong: 0};
	for (const [position, byte] of bytes.entries()) {
		for (let bit = 0; bit < 8; bit++) {
			writeSync(descriptor, Uint8Array.of(byte ^ (1 << bit)), 0, 1, position);
			const {result} = outcomeOf(file);
			counts[result === undefined ? 'refused' : (result === sound ? 'same' : 'wrong')]++;
		}

		writeSync(descriptor, Uint8Array.of(byte), 0, 1, position);
	}

	closeSync(descriptor);
	return counts;
});

/** The sentences, without the file's name, by which a file is refused when it is cut at each of these lengths, from long to short. */
const sentencesOfCuts = (bytes: Buffer, lengths: readonly number[]) => withTemporaryFolder(folder => {
	const file = path.join(folder, 'cut.npz');
	writeFileSync(file, bytes);
	return lengths.map(length => {
		truncateSync(file, length);
		return outcomeOf(file).sentence?.replace(`${file} `, '');
	});
});

const incomplete = 'has no list of arrays at its end: wait until its writer is done, copy the file again, or save it again with np.savez.';

describe.each(files)('a small file, %s', (_, bytes, idle) => {
	it('is read whole', () => {
		expect(outcomeOfBytes(bytes).result).toContain(right);
	});

	it('is refused in one sentence wherever it is cut', () => {
		expect(sentencesOfCuts(bytes, [...bytes.keys()].toReversed())).toEqual([
			...Array.from({length: bytes.length - 1}, () => incomplete),
			'is empty: wait until its writer is done, or save it again with np.savez.',
		]);
	});

	it('is never read wrongly with a bit turned over, and refused wherever the bit matters', {timeout: 60_000}, () => {
		expect(flipEveryBit(bytes)).toEqual({same: idle, refused: (8 * bytes.length) - idle, wrong: 0});
	});
});

describe('a larger file', () => {
	const values = Float32Array.from({length: 64 * 1024}, (_, index) => Math.sin(index));

	it.each([false, true])('is refused wherever it is cut (packed: %s)', isCompressed => {
		const bytes = writeNpz({x: {shape: [1024, 64], values}, y: {shape: [1024], values: values.subarray(0, 1024)}}, {isCompressed});
		expect(outcomeOfBytes(bytes).sentence).toBeUndefined();
		const kilobytes = Array.from({length: Math.floor(bytes.length / 1024)}, (_, index) => 1024 * (index + 1)).toReversed();
		expect(kilobytes.length).toBeGreaterThan(200);
		expect(new Set(sentencesOfCuts(bytes, kilobytes))).toEqual(new Set([incomplete]));
	});

	it('is refused where it goes on as another file', () => {
		const [bytes, other] = [values, values.map(value => -value)].map(each => writeNpz({x: {shape: [1024, 64], values: each}}));
		expect(outcomeOfBytes(Buffer.concat([bytes!.subarray(0, 100_000), other!.subarray(100_000)])).sentence)
			.toBe('x.npz is damaged (its list of arrays does not agree with the arrays): copy the file again, or save it again with np.savez.');
	});
});
