import {describe, expect, it} from 'vitest';
import {type Dataset} from '../../source/dataset/dataset.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset, splitMethods, trainingSize} from '../../source/dataset/split.js';

const dataset = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
const everyRow = Array.from({length: 4096}, (_, row) => row);
const ofClass = (rows: Int32Array, {labels}: Dataset, wanted: number) => rows.reduce((count, row) => count + Number(labels[row] === wanted), 0);

describe.each(splitMethods)('the split "%s"', method => {
	it.each([
		[0.8, 3276],
		[0.5, 2048],
		[1, 4096],
		[0.0001, 1],
	])('with the fraction %d trains on %d rows, and every row is in one of the two sets, once', (fraction, size) => {
		const {train, test} = splitDataset(dataset, method, fraction, 1);
		expect(train).toHaveLength(size);
		expect([...train, ...test].toSorted((a, b) => a - b)).toEqual(everyRow);
	});

	it('is the same for the same seed', () => {
		expect(splitDataset(dataset, method, 0.8, 3)).toEqual(splitDataset(dataset, method, 0.8, 3));
	});
});

describe('the split "first"', () => {
	it('takes the first rows in their order, whatever the seed', () => {
		const {train, test} = splitDataset(dataset, 'first', 0.8, 9);
		expect([...train]).toEqual(everyRow.slice(0, 3276));
		expect([...test]).toEqual(everyRow.slice(3276));
	});
});

describe.each(['random', 'stratified'] as const)('the split "%s"', method => {
	it('is another for another seed, and not in the order of the rows', () => {
		const {train} = splitDataset(dataset, method, 0.8, 1);
		const other = splitDataset(dataset, method, 0.8, 2).train;
		const common = other.filter(row => train.includes(row)).length;
		expect(train.some((row, index) => index > 0 && row < train[index - 1]!)).toBe(true);
		// 3276 · 0.8 = 2621 rows are common by chance, give or take 9
		expect(Math.abs(common - 2621)).toBeLessThan(60);
	});
});

describe('the split "stratified"', () => {
	it.each([0.8, 0.5, 0.333, 0.01])('with the fraction %d gives each class its share, to one row', fraction => {
		const {train} = splitDataset(dataset, 'stratified', fraction, 1);
		for (const [label, size] of [[0, 1978], [1, 2118]] as const) {
			expect(Math.abs(ofClass(train, dataset, label) - (size * train.length / 4096))).toBeLessThan(1);
		}
	});

	it('gives the odd row to the class that is owed most of it', () => {
		const labels = Uint8Array.of(0, 0, 0, 0, 0, 1, 1, 1, 2, 2);
		const small: Dataset = {
			name: 'small', samples: 10, features: 1, classes: 3, inputs: new Float32Array(10), labels, bounds: {x: 3.3, y: 1.5},
		};
		// Shares of six rows: 3, 1.8, 1.2
		const {train, test} = splitDataset(small, 'stratified', 0.6, 1);
		expect([0, 1, 2].map(label => ofClass(train, small, label))).toEqual([3, 2, 1]);
		expect([0, 1, 2].map(label => ofClass(test, small, label))).toEqual([2, 1, 1]);
	});
});

it('a training set is never empty', () => {
	expect(trainingSize(10, 0.05)).toBe(1);
	expect(trainingSize(10, 0.99)).toBe(9);
});
