import {describe, expect, it} from 'vitest';
import {type Dataset, rowRange} from '../../source/dataset/dataset.js';
import {joinRows, viewOf} from '../../source/probes/view.js';

/** Samples whose only feature is their number, and whose class is its last bit. */
const numbered = (samples: number, rest: Partial<Dataset> = {}): Dataset => ({
	name: 'numbers', samples, features: 1, classes: 2, inputs: Float32Array.from({length: samples}, (_, row) => row), labels: Uint8Array.from({length: samples}, (_, row) => row & 1), bounds: {x: 1, y: 1}, ...rest,
});

describe('what is looked at', () => {
	it('is all there is, in its order, where all of it is measured', () => {
		const dataset = numbered(30_000);
		const split = {train: rowRange(0, 24_000), test: rowRange(24_000, 30_000)};
		const view = viewOf(dataset, split, 1);
		expect(view.measured).toBe(dataset);
		expect(view.others).toBeUndefined();
		expect(view.labels).toBe(dataset.labels);
		expect(view.split).toBe(split);
	});

	it('is what is measured, and 10 000 of the training set besides', () => {
		const split = {train: rowRange(0, 24_000), test: rowRange(24_000, 30_000)};
		const {measured, others, labels, split: places} = viewOf(numbered(30_000, {measured: split.test}), split, 1);
		expect([...measured.inputs]).toEqual([...split.test]);
		expect([measured.samples, others!.samples, labels.length]).toEqual([6000, 10_000, 16_000]);
		const numbers = [...measured.inputs, ...others!.inputs];
		expect(labels.every((label, place) => label === numbers[place]! % 2)).toBe(true);
		expect([...places.test].map(place => numbers[place])).toEqual([...split.test]);
		const trained = [...places.train].map(place => numbers[place]!);
		expect(new Set(trained).size).toBe(10_000);
		expect(Math.max(...trained)).toBeLessThan(24_000);
		// The mean of 10 000 of 0 … 23 999, give or take 53
		expect(Math.abs((trained.reduce((sum, number) => sum + number, 0) / 10_000) - 12_000)).toBeLessThan(250);
	});

	it('is the same for the same seed, and another for another', () => {
		const split = {train: rowRange(0, 24_000), test: rowRange(24_000, 30_000)};
		const dataset = numbered(30_000, {measured: split.test});
		expect(viewOf(dataset, split, 1)).toEqual(viewOf(dataset, split, 1));
		expect(viewOf(dataset, split, 2).others).not.toEqual(viewOf(dataset, split, 1).others);
	});

	it('is nothing besides where both sets are among what is measured', () => {
		const split = {train: Int32Array.of(3, 1), test: Int32Array.of(2)};
		const {measured, others, split: places} = viewOf(numbered(5, {measured: Int32Array.of(1, 2, 3)}), split, 1);
		expect([...measured.inputs]).toEqual([1, 2, 3]);
		expect(others).toBeUndefined();
		expect([...places.train].toSorted((a, b) => a - b)).toEqual([0, 2]);
		expect([...places.test]).toEqual([1]);
	});
});

it('layers are joined row by row', () => {
	const first = {rows: 1, units: 2, values: Float32Array.of(1, 2)};
	const second = {rows: 2, units: 2, values: Float32Array.of(3, 4, 5, 6)};
	expect(joinRows(first, second)).toEqual({rows: 3, units: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6)});
});
