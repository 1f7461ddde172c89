import {describe, expect, it} from 'vitest';
import {failure} from '../../source/errors.js';
import {classesOf, probabilitiesOf} from '../../source/foreign/labels.js';
import {type NpyArray} from '../../source/npz/npy.js';

const refuse = (complaint: string) => failure(`It ${complaint}.`);
const integers = (values: readonly number[], shape: readonly number[] = [values.length]): NpyArray => ({shape, kind: 'integer', values: Float64Array.from(values)});
const floats = (values: readonly number[], shape: readonly number[] = [values.length]): NpyArray => ({shape, kind: 'float64', values: Float64Array.from(values)});

const entropyOfTwoThirds = Math.log2(3) - (2 / 3);

describe('classes', () => {
	it.each([
		['whole numbers of any size, in their order', integers([7, -1, 1e12, 7]), [1, 0, 2, 1], 3, 1.5],
		['floats that are whole', floats([0, 1, 1, 0]), [0, 1, 1, 0], 2, 1],
		['a column', integers([3, 5], [2, 1]), [0, 1], 2, 1],
		['one-hot rows', floats([0, 1, 0, 1, 0, 0, 0, 1, 0], [3, 3]), [1, 0, 1], 2, entropyOfTwoThirds],
		['one class', integers([4, 4]), [0, 0], 1, 0],
	])('may be %s', (_, array, labels, classes, entropy) => {
		const found = classesOf(array, refuse);
		expect([...found.target.labels]).toEqual(labels);
		expect(found).toMatchObject({
			rows: labels.length, entropy: expect.closeTo(entropy, 12) as number, bound: expect.closeTo(entropy, 12) as number, target: {classes},
		});
	});

	it.each([
		['no rows', integers([], [0]), 'one class a row'],
		['a single number', integers([3], []), 'one class a row'],
		['several numbers a row', integers([1, 2, 0, 1], [2, 2]), '"p_y"'],
		['two ones a row', integers([1, 1, 0, 1], [2, 2]), '"p_y"'],
		['a row of zeros', integers([1, 0, 0, 0], [2, 2]), '"p_y"'],
		['a single column of ones and numbers', floats([1, 0.5], [2, 1]), 'not whole'],
		['numbers that are not whole', floats([0.5, 1]), 'not whole'],
		['NaN', floats([Number.NaN, 1]), 'not whole'],
		['more than 256 classes', integers(Array.from({length: 257}, (_, row) => row)), '257'],
	])('may not be %s', (_, array, said) => {
		expect(() => classesOf(array, refuse)).toThrow(said);
	});
});

describe('probabilities', () => {
	it('of two classes give H(Y) and what the input tells of it', () => {
		const {target, entropy, bound} = probabilitiesOf(floats([1, 0, 0, 1, 0.5, 0.5, 0.5, 0.5], [4, 2]), refuse);
		expect([...target.conditional!]).toEqual([1, 0, 0, 1, 0.5, 0.5, 0.5, 0.5]);
		expect([entropy, bound]).toEqual([1, 0.5]);
	});

	it('of one class are those of the second', () => {
		expect(probabilitiesOf(floats([0.25, 1]), refuse)).toMatchObject({rows: 2, target: {classes: 2, conditional: Float64Array.of(0.75, 0.25, 0, 1), labels: Uint8Array.of(0, 1)}});
	});

	it('of float32 are divided by their sum', () => {
		const values = Float32Array.of(0.1, 0.2, 0.7);
		const {conditional} = probabilitiesOf({shape: [1, 3], kind: 'float32', values}, refuse).target;
		expect(conditional!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 15);
	});

	it.each([
		['beyond 1', floats([1.5, -0.5], [1, 2]), 'outside of 0 to 1'],
		['NaN', floats([Number.NaN, 1], [1, 2]), 'outside of 0 to 1'],
		['that do not add up', floats([0.5, 0.2], [1, 2]), 'in row 0 they add up to 0.7'],
		['of no rows', floats([], [0, 2]), 'shape'],
		['in three dimensions', floats([1, 0], [1, 2, 1]), 'shape'],
	])('%s are refused', (_, array, said) => {
		expect(() => probabilitiesOf(array, refuse)).toThrow(said);
	});
});
