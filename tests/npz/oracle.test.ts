/** The reader against numpy itself: files it wrote, read here; and a file written for these tests, read by it. */
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {UserError} from '../../source/errors.js';
import {openNpz, readNpz} from '../../source/npz/read-npz.js';
import {type TestArray, writeNpz} from '../helpers/npz.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';

type Described = {readonly name: string; readonly shape: readonly number[]; readonly kind: string; readonly values: readonly string[]; readonly dtype?: string};
type Answer = {
	readonly good: ReadonlyArray<{readonly file: string; readonly arrays: readonly Described[]}>;
	readonly bad: readonly string[];
	readonly ours: readonly Described[];
};

const ours: Readonly<Record<string, TestArray>> = {
	float32: {shape: [2, 3], values: Float32Array.from([0.1, 1, 2, 3, 4, 5])},
	'fortran float64': {shape: [3, 2], values: Float64Array.from([0.1, 1, 2, 3, 4, 5]), isFortran: true},
	'big int32': {shape: [3], values: Int32Array.from([1, -2, 2 ** 30]), isBigEndian: true},
	bool: {shape: [2], values: Uint8Array.from([0, 1]), type: 'b1'},
	'größe/層': {shape: [], values: BigInt64Array.of(-5n), version: 3},
};

const words: Readonly<Record<string, number>> = {
	True: 1, False: 0, nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY,
};
const toNumber = (text: string): number => words[text] ?? Number(text);

/** What numpy says and what is read here, side by side. */
function compare() {
	return withTemporaryFolder(folder => {
		writeFileSync(path.join(folder, 'ours.npz'), writeNpz(ours, {isWide: true, isCompressed: true, comment: 'by ibtop'}));
		const answer = runPython(new URL('oracle.py', import.meta.url), folder) as Answer;
		return {
			...answer,
			good: answer.good.map(({file, arrays}) => ({
				file, arrays, read: readNpz(path.join(folder, file), npz => npz.names.map(name => ({name, ...npz.read(name), shapeOf: npz.shapeOf(name)}))),
			})),
			bad: answer.bad.map(name => ({name, sentence: refusal(path.join(folder, 'bad.npz'), name)})),
		};
	});
}

function refusal(file: string, name: string): string {
	const npz = openNpz(file);
	try {
		npz.read(name);
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		return (error as UserError).message.replace(file, 'bad.npz');
	} finally {
		npz.close();
	}

	return 'read';
}

const isThere = hasPython('numpy');
const {good, bad, ours: readByNumpy} = isThere ? compare() : {good: [], bad: [], ours: []};

const sentences: Readonly<Record<string, string>> = {
	objects: 'holds Python objects (dtype object), and ibtop never opens a pickle: save rows of equal length as numbers, such as x.astype(np.float32).',
	fields: String.raw`has fields "x", "y\x1b[31m", "it's" (a structured dtype): save each field as an array of its own.`,
	'many fields': 'has fields "field0", "field1", "field2", "field3" and more (a structured dtype): save each field as an array of its own.',
	'thousands of fields': 'has a header of more than 10000 bytes, as thousands of fields would need: save plain numbers, each field as an array of its own.',
	complex: 'holds complex numbers (dtype complex128): save x.real and x.imag, or np.abs(x).',
	text: 'holds text (dtype U3): save numbers, such as the number of each class.',
	bytes: 'holds text (dtype S2): save numbers, such as the number of each class.',
	dates: 'holds dates (dtype datetime64): save numbers, such as x.astype(np.int64).',
	spans: 'holds time spans (dtype timedelta64): save numbers, such as x.astype(np.int64).',
	'raw bytes': 'holds raw bytes (dtype V2, perhaps bfloat16): save x.astype(np.float32).',
	'a large integer': 'holds 9007199254740993, and from 2^53 on ibtop cannot tell an integer from the next: save smaller integers, or x.astype(np.float64).',
	'a large negative integer': 'holds -9007199254740993, and from 2^53 on ibtop cannot tell an integer from the next: save smaller integers, or x.astype(np.float64).',
	'a huge unsigned integer': 'holds 18446744073709551615, and from 2^53 on ibtop cannot tell an integer from the next: save smaller integers, or x.astype(np.float64).',
	'long doubles': 'holds numbers of a width that ibtop does not read (dtype float128): save x.astype(np.float64).',
};

describe.runIf(isThere)('files that numpy wrote', () => {
	it.each(good)('gives the names, shapes, kinds and numbers of $file', ({arrays, read}) => {
		expect(read.map(({name, shape, kind}) => ({name, shape, kind}))).toEqual(arrays.map(({name, shape, kind}) => ({name, shape, kind})));
		expect(read.map(({shapeOf}) => shapeOf)).toEqual(arrays.map(({shape}) => shape));
		for (const [index, {values, kind}] of read.entries()) {
			const expected = arrays[index]!.values.map(value => toNumber(value));
			expect(values).toEqual(kind === 'float32' ? Float32Array.from(expected) : Float64Array.from(expected));
		}
	});

	it('covers every type, order, byte order and packing', () => {
		expect(good.filter(({file}) => /^[fiub]\d-(?:little|big)-(?:packed|plain)\.npz$/v.test(file))).toHaveLength(48);
		expect(good.flatMap(({read}) => read)).toHaveLength((48 * 16) + (6 * 3) + 2);
	});

	it.each(bad)('refuses $name by name', ({name, sentence}) => {
		expect(sentence).toBe(`The array "${name}" in bad.npz ${sentences[name]}`);
	});
});

describe.runIf(isThere)('the files of these tests', () => {
	it('are read by numpy, so that what they prove is about numpy', () => {
		const read = readByNumpy.map(({name, dtype, shape, values}) => [name, dtype, shape, values.map(value => toNumber(value))]);
		expect(read).toEqual([
			['float32', '<f4', [2, 3], [Math.fround(0.1), 1, 2, 3, 4, 5]],
			['fortran float64', '<f8', [3, 2], [0.1, 1, 2, 3, 4, 5]],
			['big int32', '>i4', [3], [1, -2, 2 ** 30]],
			['bool', '|b1', [2], [0, 1]],
			['größe/層', '<i8', [], [-5]],
		]);
	});
});
