import {writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {readNpz} from '../../source/npz/read-npz.js';
import {type TestArray, writeNpz} from '../helpers/npz.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {outcomeOf} from './outcome.js';

const floats = (length: number) => fc.oneof(
	fc.float32Array({minLength: length, maxLength: length}),
	fc.float64Array({minLength: length, maxLength: length}),
);
const integers = (length: number) => fc.oneof(
	...[fc.int8Array, fc.uint8Array, fc.int16Array, fc.uint16Array, fc.int32Array, fc.uint32Array].map(array => array({minLength: length, maxLength: length})),
	fc.array(fc.bigInt(-(2n ** 53n), (2n ** 53n) - 1n), {minLength: length, maxLength: length}).map(values => BigInt64Array.from(values)),
	fc.array(fc.bigInt(0n, (2n ** 53n) - 1n), {minLength: length, maxLength: length}).map(values => BigUint64Array.from(values)),
);

const anyArray: fc.Arbitrary<TestArray> = fc.array(fc.integer({min: 0, max: 5}), {maxLength: 4}).chain(shape => {
	const length = shape.reduce((product, dimension) => product * dimension, 1);
	return fc.record({
		shape: fc.constant(shape), values: fc.oneof(floats(length), integers(length)),
		isFortran: fc.boolean(), isBigEndian: fc.boolean(), version: fc.constantFrom(1, 2, 3),
	});
});

/** What must come back: floats as they are, integers as doubles. */
function expected({shape, values}: TestArray) {
	if (values instanceof Float32Array) {
		return {shape, kind: 'float32', values};
	}

	return {shape, kind: values instanceof Float64Array ? 'float64' : 'integer', values: Float64Array.from(values as Iterable<number | bigint>, Number)};
}

describe('any arrays', () => {
	it('are read as they were written, whatever their names, shapes, types, orders and packing', () => {
		const name = fc.string({unit: fc.constantFrom('a', 'Z', '7', '_', '-', 'ä', '層', '😀'), minLength: 1, maxLength: 9});
		const folder = temporaryFolder();
		fc.assert(fc.property(fc.dictionary(name, anyArray, {minKeys: 1, maxKeys: 5}), fc.boolean(), fc.boolean(), (written, isCompressed, isWide) => {
			const file = path.join(folder, 'any.npz');
			writeFileSync(file, writeNpz(written, {isCompressed, isWide}));
			readNpz(file, npz => {
				expect(npz.names).toEqual(Object.keys(written));
				for (const each of npz.names) {
					expect(npz.read(each)).toEqual(expected(written[each]!));
				}
			});
		}));
	});

	it('are refused in a sentence or read, whatever bytes they are made of', () => {
		const folder = temporaryFolder();
		const file = path.join(folder, 'noise.npz');
		const sound = writeNpz({x: {shape: [2, 2], values: Float32Array.of(1, 2, 3, 4)}, y: {shape: [2], values: Int8Array.of(0, 1)}}, {isCompressed: true});
		const change = fc.record({at: fc.nat(sound.length - 1), bytes: fc.uint8Array({minLength: 1, maxLength: 9})});
		fc.assert(fc.property(fc.array(change, {minLength: 1, maxLength: 4}), changes => {
			const bytes = Buffer.from(sound);
			for (const {at, bytes: noise} of changes) {
				bytes.set(noise.subarray(0, bytes.length - at), at);
			}

			writeFileSync(file, bytes);
			outcomeOf(file);
		}));
	});
});
