import {readdirSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {openNpz, readNpz} from '../../source/npz/read-npz.js';
import {writeNpy, writeNpz} from '../helpers/npz.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {writeZip} from '../helpers/zip.js';
import {outcomeOf} from './outcome.js';

const arrays = {
	z: {shape: [2], values: Float64Array.of(1, 2)},
	'act/h1': {shape: [2, 2], values: Float32Array.of(1, 2, 3, 4)},
	a: {shape: [], values: Int8Array.of(-1)},
};

/** This file, in a folder of the test's own. */
function put(bytes: Uint8Array, name = 'x.npz'): string {
	const file = path.join(temporaryFolder(), name);
	writeFileSync(file, bytes);
	return file;
}

const openFiles = () => readdirSync('/proc/self/fd').length;

describe('an .npz file', () => {
	it('gives its arrays by name, in its own order, each as often as asked', () => {
		const file = put(writeNpz(arrays));
		readNpz(file, npz => {
			expect(npz.names).toEqual(['z', 'act/h1', 'a']);
			expect(npz.ignored).toEqual([]);
			expect(npz.read('act/h1')).toEqual({shape: [2, 2], kind: 'float32', values: Float32Array.of(1, 2, 3, 4)});
			expect(npz.read('z')).toEqual({shape: [2], kind: 'float64', values: Float64Array.of(1, 2)});
			expect(npz.read('a')).toEqual({shape: [], kind: 'integer', values: Float64Array.of(-1)});
			npz.read('z').values.fill(0);
			expect(npz.read('z').values).toEqual(Float64Array.of(1, 2));
		});
	});

	it.each([false, true])('tells the shape of an array by its header alone (packed: %s)', isCompressed => {
		const x = {shape: [1000, 30, 2], values: new Float64Array(60_000)};
		const bytes = writeNpz({x, y: arrays.z}, {isCompressed});
		expect(readNpz(put(bytes), npz => [npz.shapeOf('x'), npz.shapeOf('y')])).toEqual([[1000, 30, 2], [2]]);
		// Behind the local header, its name and as much else as it says before the name.
		const name = bytes.indexOf('x.npy');
		const start = name + 5 + bytes.readUInt16LE(name - 2);
		bytes.fill(0xFF, start, start + 20);
		expect(() => readNpz(put(bytes), npz => npz.shapeOf('x'))).toThrow(isCompressed ? /"x" .* cannot be unpacked/v : /"x" .* not in numpy's format/v);
	});

	it('tells which members are no arrays, in text that is safe, and leaves them alone', () => {
		const file = put(writeZip([
			{name: 'x.npy', data: writeNpy(arrays.z)},
			{name: 'act/', data: Buffer.alloc(0)},
			{name: 'no\u001B[31mte', data: Buffer.from('x'), both: {method: 77}},
			{name: '__MACOSX/._x.npy', data: Buffer.alloc(163)},
		]));
		expect(readNpz(file, ({names, ignored}) => ({names, ignored}))).toEqual({names: ['x'], ignored: ['act/', 'note', '__MACOSX/._x.npy']});
	});

	it('may have been written into a pipe, with nothing known before the data or some of it', () => {
		const member = {name: 'x.npy', data: writeNpy(arrays.z), hasDescriptor: true};
		for (const local of [{}, {size: member.data.length}]) {
			expect(outcomeOf(put(writeZip([{...member, local}]))).result).toBe('[["x"],[],[[[2],"float64",[1,2]]]]');
		}

		expect(outcomeOf(put(writeZip([{...member, local: {size: 1}}]))).sentence).toContain('its list of arrays does not agree with the arrays');
	});

	it('may have a comment, even one that looks like the end of a zip', () => {
		const comment = `PK\u0005\u0006${'\0'.repeat(18)}by hand`;
		expect(outcomeOf(put(writeNpz(arrays, {comment}))).result).toContain('["z","act/h1","a"]');
		expect(outcomeOf(put(writeNpz(arrays, {comment: 'x'.repeat(65_535)}))).result).toContain('["z","act/h1","a"]');
	});

	it('gives the arrays that are sound where another is not', () => {
		const bytes = writeNpz(arrays);
		bytes[bytes.indexOf('\u0093NUMPY', 'latin1') + 130]! ^= 1;
		const file = put(bytes);
		readNpz(file, npz => {
			expect(() => npz.read('z')).toThrow(`The array "z" in ${file} is damaged`);
			expect(npz.read('a').values).toEqual(Float64Array.of(-1));
		});
	});

	it('says which arrays there are where another is asked for', () => {
		const file = put(writeNpz(arrays));
		readNpz(file, npz => {
			expect(() => npz.read('act/h2')).toThrow(`${file} has no array "act/h2". Did you mean "act/h1"?`);
			expect(() => npz.read('\u001B[31mweights of the first layer')).toThrow(`${file} has no array "weights of the first layer", only z, act/h1, a.`);
		});
	});

	it('is read as it was opened where another takes its name meanwhile', () => {
		const file = put(writeNpz(arrays));
		const npz = openNpz(file);
		renameSync(put(writeNpz({z: {shape: [1], values: Float32Array.of(9)}})), file);
		expect(npz.read('z').values).toEqual(Float64Array.of(1, 2));
		npz.close();
	});

	it('is refused where it became shorter meanwhile', () => {
		const file = put(writeNpz(arrays));
		readNpz(file, npz => {
			writeFileSync(file, '');
			expect(() => npz.read('z')).toThrow(`${file} became shorter while it was read: let its writer write to a temporary name and rename it, so that a reader never sees half of it.`);
		});
	});

	it('is refused in a sentence where memory is short', () => {
		const file = put(writeNpz(arrays));
		readNpz(file, npz => {
			const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation(() => {
				throw new RangeError('Array buffer allocation failed');
			});
			expect(() => npz.read('z')).toThrow(`The array "z" in ${file} does not fit into the memory of this machine: save fewer rows.`);
			allocate.mockRestore();
		});
	});
});

describe.runIf(process.platform === 'linux')('the file of an .npz', () => {
	it('is closed after the reading, after an error, and where it is refused', () => {
		const [good, bad] = [put(writeNpz(arrays)), put(writeNpz(arrays).subarray(0, 100))];
		const before = openFiles();
		readNpz(good, npz => npz.read('a'));
		expect(() => readNpz(good, () => {
			throw new Error('elsewhere');
		})).toThrow('elsewhere');
		expect(() => openNpz(bad)).toThrow('has no list of arrays at its end');
		expect(() => openNpz(path.dirname(good))).toThrow('it is a folder');
		expect(openFiles()).toBe(before);
	});

	it('is closed once, and not read after that, since its number may be another file\'s by then', () => {
		const npz = openNpz(put(writeNpz(arrays)));
		npz.close();
		npz.close();
		expect(() => npz.read('a')).toThrow('An .npz file is read after it was closed.');
	});
});
