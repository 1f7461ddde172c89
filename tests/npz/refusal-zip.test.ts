/** What is wrong with a file as a zip, each in the sentence that people get. */
import {deflateRawSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {type TestArray, writeNpy, writeNpz} from '../helpers/npz.js';
import {type ZipMember, type ZipOptions, writeZip} from '../helpers/zip.js';
import {outcomeOfBytes} from './outcome.js';

const array: TestArray = {shape: [20], values: new Float32Array(20)};
const data = writeNpy(array);
const x = {name: 'x.npy', data};
const packed = {...x, isCompressed: true};
const deflated = deflateRawSync(data);
const again = 'copy the file again, or save it again with np.savez.';

/** An .npz with one array `x` of 20 zeros, and these untruths. */
const zip = (lie: Partial<ZipMember>, options?: ZipOptions): Buffer => writeZip([{...x, ...lie}], options);
const damaged = (what: string): string => `x.npz is damaged (${what}): ${again}`;
const damagedArray = (what: string): string => `The array "x" in x.npz is damaged (${what}): ${again}`;

const disagree = damaged('its list of arrays does not agree with the arrays');
const elsewhere = damaged('its list of arrays is not where its end says');
const beyond = damaged('it points beyond its own end');
const twoSizes = damagedArray('its two sizes cannot both be true');
const parts = 'x.npz is one part of a zip that was split over several files: join the parts (zip -s 0) or save it again with np.savez.';

describe('a file that is no .npz', () => {
	it.each([
		['nothing at all', Buffer.alloc(0), 'is empty: wait until its writer is done, or save it again with np.savez.'],
		['one letter', Buffer.from('x'), 'is not an .npz file: save the arrays with np.savez or np.savez_compressed.'],
		['a text', Buffer.from('1,2,3\n'.repeat(20_000)), 'is not an .npz file: save the arrays with np.savez or np.savez_compressed.'],
		['zeros', Buffer.alloc(100_000), 'is not an .npz file: save the arrays with np.savez or np.savez_compressed.'],
		['one array', data, 'is a single array without a name (.npy): save it with np.savez, which names it.'],
		['HDF5', Buffer.from('\u0089HDF\r\n\u001A\n', 'latin1'), 'is an HDF5 file: save its arrays with np.savez.'],
		['gzip', Buffer.of(0x1F, 0x8B, 8, 0), 'is a gzip file: unpack it first (gunzip).'],
		['a pickle', Buffer.of(0x80, 4, 0x95), 'is a pickle, which ibtop never opens: save the arrays with np.savez.'],
		['a zip with something behind it', Buffer.concat([zip({}), Buffer.from('\n')]), `has no list of arrays at its end: wait until its writer is done, ${again}`],
		['an .npz without arrays', writeZip([]), 'holds no arrays: give np.savez at least one.'],
		['a model of PyTorch', writeZip([{name: 'model/data.pkl', data: Buffer.of(0x80)}]), 'holds no arrays, only other files such as "model/data.pkl": save the arrays with np.savez.'],
	])('is refused by what it is: %s', (_, bytes, sentence) => {
		expect(outcomeOfBytes(bytes).sentence).toBe(`x.npz ${sentence}`);
	});
});

describe('an .npz whose headers say something else than the truth', () => {
	it.each([
		['the name in one place', zip({local: {name: Buffer.from('y.npy')}}), disagree],
		['the size in one place', zip({central: {size: 1}}), disagree],
		['the packed size in one place', zip({central: {compressedSize: 1}}), disagree],
		['the checksum in one place', zip({local: {crc: 1}}), disagree],
		['the method in one place', zip({local: {method: 8}}), disagree],
		['the flags in one place', zip({central: {flags: 1}}), disagree],
		['where it begins', zip({central: {offset: 4}}), disagree],
		['that it begins beyond the file', zip({central: {offset: 100_000}}), beyond],
		['that it is longer than the file', zip({both: {size: 10_000, compressedSize: 10_000}}), damaged('its members overlap')],
		['that its numbers are beyond every file', zip({both: {size: 2 ** 63, compressedSize: 2 ** 63}}), damaged('its list of arrays is broken')],
		['the checksum in both places', zip({both: {crc: 1}}), damagedArray('its checksum does not match')],
		['that a stored array has two sizes', zip({both: {size: 207}}), twoSizes],
		['that an array packs better than deflate can', zip({...packed, both: {size: 10_000_000}}), twoSizes],
		['that an array grew when it was packed', writeZip([{...packed, packed: Buffer.alloc(5000)}]), twoSizes],
		['too small a size', zip({...packed, both: {size: data.length - 1}}), damagedArray('it unpacks to more than its size')],
		['too large a size', zip({...packed, both: {size: data.length + 1}}), damagedArray('it unpacks to another size than its own')],
		['that it is packed when it is not', zip({both: {method: 8}}), damagedArray('it unpacks to another size than its own')],
		['what is not packed so', zip({...packed, packed: Buffer.alloc(100, 0xFF)}), damagedArray('it cannot be unpacked')],
		['more than was packed', zip({...packed, packed: Buffer.concat([deflated, Buffer.of(0)])}), damagedArray('it unpacks to another size than its own')],
		['less than was packed', zip({...packed, packed: deflated.subarray(0, -1)}), damagedArray('it cannot be unpacked')],
		['another checksum behind the data', zip({hasDescriptor: true, central: {crc: 1}}), damaged('what follows an array does not agree with the list of arrays')],
		['a size beyond counting behind the data', zip({hasDescriptor: true, central: {size: (2 ** 64) - 2048}}), damaged('its list of arrays is broken')],
	])('is refused as damaged: %s', (_, bytes, sentence) => {
		expect(outcomeOfBytes(bytes).sentence).toBe(sentence);
	});

	it.each<readonly [string, Buffer, string]>([
		['one member more', zip({}, {end: {count: 2, countHere: 2}}), damaged('its list of arrays is not as long as its end says')],
		['one member fewer', writeZip([x, {...x, name: 'y.npy'}], {end: {count: 1, countHere: 1}}), damaged('its list of arrays is not as long as its end says')],
		['a shorter list', zip({}, {end: {size: 10}}), elsewhere],
		['a list elsewhere', zip({}, {end: {offset: 10}}), elsewhere],
		['a list that begins before the file', zip({}, {end: {size: 4_000_000_000}}), elsewhere],
		['that a zip64 record follows', zip({}, {end: {offset: 0xFF_FF_FF_FF}}), damaged('its zip64 record is missing')],
		['another size than its zip64 record', zip({}, {isWide: true, end: {size: 10}}), elsewhere],
		['a zip64 list beyond every file', zip({}, {isWide: true, wideEnd: {size: 2 ** 63, offset: 2 ** 63}}), elsewhere],
		['that there are several disks', zip({}, {end: {disk: 1}}), parts],
		['that the list began on another disk', zip({}, {end: {firstDisk: 1}}), parts],
		['that members are on another disk', zip({}, {end: {countHere: 0}}), parts],
		['that there are several disks, in zip64', zip({}, {isWide: true, wideEnd: {disk: 1}}), parts],
		['that an array is on another disk', zip({central: {disk: 1}}), parts],
	])('is refused where its end says %s', (_, bytes, sentence) => {
		expect(outcomeOfBytes(bytes).sentence).toBe(sentence);
	});

	it('is refused where its list is filled with something else', () => {
		const bytes = zip({});
		bytes.writeUInt32LE(0, bytes.indexOf('PK\u0001\u0002'));
		expect(outcomeOfBytes(bytes).sentence).toBe(damaged('its list of arrays is broken'));
	});

	it('is refused where what is before the first member is not counted', () => {
		expect(outcomeOfBytes(Buffer.concat([Buffer.from('#!/bin/sh\n'), zip({})])).sentence).toBe(elsewhere);
	});
});

describe('an array in a zip that numpy would not have written', () => {
	it.each([
		['encrypted', {both: {flags: 1}}, 'is encrypted: save it without a password.'],
		['strongly encrypted', {both: {flags: 0x40}}, 'is encrypted: save it without a password.'],
		['bzip2', {both: {method: 12}}, 'is packed with bzip2: save it with np.savez or np.savez_compressed.'],
		['Zstandard', {both: {method: 93}}, 'is packed with Zstandard: save it with np.savez or np.savez_compressed.'],
		['an unknown method', {both: {method: 77}}, 'is packed with a method numpy does not use (77): save it with np.savez or np.savez_compressed.'],
	])('is refused: %s', (_, lie, sentence) => {
		expect(outcomeOfBytes(zip(lie)).sentence).toBe(`The array "x" in x.npz ${sentence}`);
	});
});

describe('the name of an array', () => {
	const plain = 'give it a plain name, such as "h1" or "act/h1".';

	it.each(['x', 'act/h1', 'grad/layer 3', 'größe', '層', 'x.y', '...', 'a..b', '__proto__', 'é', 'x'.repeat(200), '😀', '.hidden'])('may be %j', name => {
		expect(outcomeOfBytes(writeNpz({[name]: array})).result).toContain(`[[${JSON.stringify(name)}],`);
	});

	it.each([
		['', 'is empty (""'],
		['  ', 'is empty ("  "'],
		['act/', 'is empty ("act/"'],
		['x'.repeat(201), `is longer than 200 characters ("${'x'.repeat(60)}…"`],
		['x'.repeat(60_000), 'is longer than 200 characters ('],
		['a\u001B[31mb', 'has characters that cannot be shown ("ab"'],
		['a\u001B]52;c;cm0gLXJmIH4K\u0007b', 'has characters that cannot be shown ("ab"'],
		['a\rb\n', 'has characters that cannot be shown ("a\uFFFDb\uFFFD"'],
		['a\0b', 'has characters that cannot be shown ("a\uFFFDb"'],
		['\u202Eevil', 'has characters that cannot be shown ("\uFFFDevil"'],
		['a\u200Bb', 'has characters that cannot be shown ("a\uFFFDb"'],
		['../x', 'is a path out of its folder ("../x"'],
		['a/../../x', 'is a path out of its folder ("a/../../x"'],
		['a/..', 'is a path out of its folder ("a/.."'],
		['.', 'is a path out of its folder ("."'],
		['/etc/passwd', 'is a path out of its folder ("/etc/passwd"'],
		[String.raw`..\x`, String.raw`is a path out of its folder ("..\x"`],
	])('may not be %j', (name, complaint) => {
		const {sentence} = outcomeOfBytes(writeNpz({[name]: array}));
		expect(sentence).toMatch(/^x\.npz has an array whose name [^\p{Cc}\p{Cf}]{1,250}$/v);
		expect(sentence).toContain(complaint);
		expect(sentence).toContain(plain);
	});

	it('may not stand twice', () => {
		expect(outcomeOfBytes(writeZip([x, x])).sentence).toBe('x.npz has two members of the same name: save each array under a name of its own.');
	});

	it('may be UTF-8 without saying so, as other tools than numpy write it, and nothing older', () => {
		expect(outcomeOfBytes(zip({both: {name: Buffer.from('größe.npy'), flags: 0}})).result).toContain('[["größe"],');
		expect(outcomeOfBytes(zip({both: {name: Buffer.from('größe.npy', 'latin1')}})).sentence)
			.toBe('x.npz has a member whose name is not UTF-8 ("größe.npy"): save it again with np.savez.');
	});
});
