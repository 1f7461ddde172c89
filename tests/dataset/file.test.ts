import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {type TestArray, writeNpz} from '../helpers/npz.js';
import {hasPython, runPython} from '../helpers/python.js';
import {refusalOf} from '../helpers/refusal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {describeDataset, loadDataset, locateDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';

const x: TestArray = {shape: [4, 3], values: Float32Array.from({length: 12}, (_, index) => index / 8)};
const y: TestArray = {shape: [4], values: Int32Array.of(7, -2, 7, 5)};
const withPath = (file: string, population = false) => ({name: 'file', path: file, population} as const);

function put(arrays: Readonly<Record<string, TestArray>>, isCompressed = false): ReturnType<typeof withPath> {
	const file = path.join(temporaryFolder(), 'data.npz');
	writeFileSync(file, writeNpz(arrays, {isCompressed}));
	return withPath(file);
}

describe('a file of one\'s own', () => {
	it.each([false, true])('holds inputs as they are, and classes numbered in their order (compressed: %s)', isCompressed => {
		const options = put({x, y, 'act/other': y}, isCompressed);
		expect(describeDataset(options)).toEqual({
			samples: 4, features: 3, classes: 3, trainable: 4, measured: 4,
		});
		const dataset = loadDataset(options, 1);
		expect(dataset).toMatchObject({
			name: 'file', samples: 4, features: 3, classes: 3, isSample: true, bounds: {x: 2, y: 1.5},
		});
		expect([...dataset.inputs]).toEqual([...x.values]);
		expect([...dataset.labels]).toEqual([2, 0, 2, 1]);
		expect(dataset.conditional).toBeUndefined();
		expect(dataset.isDrawn).toBe(false);
		expect(dataset.split).toBeUndefined();
		expect(dataset.measured).toBeUndefined();
	});

	it('holds a sample, unless it says that it is all there is', () => {
		const options = put({x, y});
		expect(loadDataset(options, 1).isSample).toBe(true);
		expect(loadDataset({...options, population: true}, 1).isSample).toBe(false);
	});

	it('may hold rows of any shape, and one number a row', () => {
		expect(describeDataset(put({x: {shape: [4, 3, 1, 2], values: new Float64Array(24)}, y}))).toMatchObject({samples: 4, features: 6});
		expect(describeDataset(put({x: {shape: [4], values: Int8Array.of(1, 2, 3, 4)}, y}))).toMatchObject({samples: 4, features: 1});
	});

	it('may hold a test set, which then is the test set, and is measured with the rest', () => {
		const dataset = loadDataset(put({
			x, y, x_test: {shape: [2, 3], values: Float32Array.of(9, 8, 7, 6, 5, 4)}, y_test: {shape: [2], values: Int32Array.of(9, -2)},
		}), 1);
		expect(dataset).toMatchObject({samples: 6, classes: 4, bounds: {x: expect.closeTo(Math.log2(6), 12) as number}});
		expect([...dataset.inputs.subarray(12)]).toEqual([9, 8, 7, 6, 5, 4]);
		expect([...dataset.labels]).toEqual([2, 0, 2, 1, 3, 0]);
		const {train, test} = splitDataset(dataset, 'random', 0.75, 1);
		expect(train).toHaveLength(3);
		expect([...test]).toEqual([4, 5]);
	});

	it('may hold probabilities, from which labels are drawn by the seed', () => {
		const rows = 4000;
		const values = Float64Array.from({length: 3 * rows}, (_, index) => [0.2, 0.5, 0.3][index % 3]!);
		const options = put({x: {shape: [rows], values: Float64Array.from({length: rows}, (_, row) => row)}, p_y: {shape: [rows, 3], values}});
		const dataset = loadDataset(options, 1);
		const counts = [0, 1, 2].map(label => dataset.labels.filter(each => each === label).length);
		for (const [label, probability] of [0.2, 0.5, 0.3].entries()) {
			expect(Math.abs(counts[label]! - (rows * probability))).toBeLessThan(4 * Math.sqrt(rows * probability * (1 - probability)));
		}

		expect(dataset.bounds).toEqual({x: expect.closeTo(Math.log2(rows), 9) as number, y: expect.closeTo(0, 9) as number});
		expect([...dataset.conditional!.subarray(0, 6)]).toEqual([0.2, 0.5, 0.3, 0.2, 0.5, 0.3]);
		expect(dataset.isDrawn).toBe(true);
		expect(loadDataset(options, 1).labels).toEqual(dataset.labels);
		expect(loadDataset(options, 2).labels).not.toEqual(dataset.labels);
	});

	it('may hold both, and then trains on the classes', () => {
		const dataset = loadDataset(put({x, y: {shape: [4], values: Int32Array.of(0, 1, 1, 0)}, p_y: {shape: [4], values: Float64Array.of(0, 1, 0.5, 0.5)}}), 1);
		expect([...dataset.labels]).toEqual([0, 1, 1, 0]);
		expect([...dataset.conditional!]).toEqual([1, 0, 0, 1, 0.5, 0.5, 0.5, 0.5]);
		expect(dataset.bounds).toEqual({x: 2, y: 0.5});
	});

	it('is told by a whole path', () => {
		expect(locateDataset(withPath('moons.npz'))).toEqual(withPath(path.resolve('moons.npz')));
	});
});

describe.runIf(hasPython('numpy'))('what numpy writes', () => {
	it('is read as numpy has it, with the entropies that numpy finds', () => {
		const folder = temporaryFolder();
		type Answer = {readonly inputs: number[]; readonly labels: number[]; readonly x: number; readonly y: number};
		for (const [name, answer] of Object.entries(runPython(new URL('file.py', import.meta.url), folder) as Record<string, Answer>)) {
			const dataset = loadDataset(withPath(path.join(folder, `${name}.npz`)), 1);
			expect([...dataset.inputs.subarray(0, 20)]).toEqual(answer.inputs);
			expect([...dataset.labels]).toEqual(answer.labels);
			expect(dataset.bounds).toEqual({x: expect.closeTo(answer.x, 9) as number, y: expect.closeTo(answer.y, 9) as number});
			expect(describeDataset(withPath(path.join(folder, `${name}.npz`)))).toMatchObject({samples: dataset.samples, features: dataset.features, classes: dataset.classes});
		}
	});
});

describe('a file is refused in one sentence', () => {
	const labels = (...values: number[]): TestArray => ({shape: [values.length], values: Float64Array.from(values)});
	const withTest = {x, y, x_test: {shape: [2, 3], values: new Float32Array(6)}};
	const probabilities = {
		p_y: {shape: [4, 2], values: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0)}, p_y_test: {shape: [2, 3], values: Float32Array.of(0, 1, 0, 0, 0, 1)},
	};

	it('takes one-hot labels for classes', () => {
		expect([...loadDataset(put({x, y: {shape: [4, 2], values: Int8Array.of(0, 1, 1, 0, 0, 1, 1, 0)}}), 1).labels]).toEqual([1, 0, 1, 0]);
	});

	it.each<readonly [string, Readonly<Record<string, TestArray>>, string]>([
		['without inputs', {y}, 'F has no inputs: save them as "x", a row a sample, as in np.savez(file, x=x, y=y).'],
		['without labels', {x}, 'F has no labels: save them as "y" (classes) or "p_y" (probabilities), as in np.savez(file, x=x, y=y).'],
		['with fewer labels than rows', {x, y: labels(0, 1, 0)}, 'The array "y" in F has the shape (3), and "x" has 4 rows: save one label for each row.'],
		['with labels that are not classes', {x, y: labels(0, 1, 0.5, 1)}, 'The array "y" in F holds numbers that are not whole, so they are no classes: save integers, or probabilities as "p_y".'],
		['with labels that are NaN', {x, y: labels(0, 1, Number.NaN, 1)}, 'The array "y" in F holds numbers that are not whole, so they are no classes: save integers, or probabilities as "p_y".'],
		['with one class', {x, y: labels(3, 3, 3, 3)}, 'The array "y" in F holds one class only, so there is nothing to learn: save rows of two classes or more.'],
		['with probabilities beyond 1', {x, p_y: labels(0, 1, 2, 0)}, 'The array "p_y" in F must hold probabilities, and has numbers outside of 0 to 1.'],
		['with classes that are no columns of the probabilities', {x, y: labels(0, 1, 2, 0), p_y: labels(0, 1, 1, 0)}, 'The array "y" in F must number the columns of "p_y", one whole number from 0 to 1 a row, and holds 2.'],
		['with inputs of no rows', {x: {shape: [0, 3], values: new Float32Array()}, y}, 'The array "x" in F has the shape (0, 3), in which there are no inputs: save a row a sample.'],
		['with inputs that are one number', {x: {shape: [], values: new Float32Array(1)}, y}, 'The array "x" in F has the shape (), in which there are no inputs: save a row a sample.'],
		['with a test set and no labels for it', withTest, 'F has no "y_test" for its "x_test": save the labels of both sets in the same way.'],
		['with labels of one kind for each set', {...withTest, p_y_test: labels(0, 1)}, 'F has no "y_test" for its "x_test": save the labels of both sets in the same way.'],
		['with labels for a test set that is not there', {x, y, y_test: labels(0, 1)}, 'F has "y_test" and no "x_test": save the inputs of the test set too.'],
		['with test rows of another length', {...withTest, x_test: {shape: [2, 4], values: new Float32Array(8)}, y_test: labels(0, 1)}, 'The array "x_test" in F has 4 features a row, and "x" has 3: save rows of one length.'],
		['with probabilities of more classes for the test set', {x, x_test: withTest.x_test, ...probabilities}, 'The array "p_y_test" in F has the shape (2, 3), and "p_y" has (4, 2): save as many columns in both.'],
	])('%s, before it is loaded', (_, arrays, sentence) => {
		const options = put(arrays);
		for (const look of [() => describeDataset(options), () => loadDataset(options, 1)]) {
			expect(refusalOf(look).replaceAll(options.path, 'F')).toBe(sentence);
		}
	});

	it.each([
		['NaN', Number.NaN],
		['infinity', Infinity],
		['a number beyond float32', 1e300],
	])('with %s among its inputs, when it is loaded', (_, value) => {
		const options = put({x: {shape: [4], values: Float64Array.of(0, 1, value, 2)}, y});
		expect(refusalOf(() => loadDataset(options, 1)).replace(options.path, 'F')).toBe('The array "x" in F holds NaN, infinities or numbers beyond float32, which no network can take: leave these rows out, or scale them.');
	});

	it('that is not there, or is none', () => {
		const folder = temporaryFolder();
		writeFileSync(path.join(folder, 'text.npz'), 'these are words\n');
		expect(refusalOf(() => describeDataset(withPath(path.join(folder, 'none.npz'))))).toMatch(/none\.npz cannot be read \(it does not exist\)/v);
		expect(refusalOf(() => describeDataset(withPath(path.join(folder, 'text.npz'))))).toMatch(/text\.npz is not an \.npz file/v);
	});
});
