import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {GradientStatistics, norm} from '../../source/probes/gradients.js';

/** ‖mean‖ and ‖population standard deviation‖ over batches, in two passes. */
function twoPass(batches: ReadonlyArray<ArrayLike<number>>) {
	let mean = 0;
	let variance = 0;
	for (let index = 0; index < batches[0]!.length; index++) {
		const column = batches.map(batch => batch[index]!);
		const average = column.reduce((sum, value) => sum + value, 0) / column.length;
		mean += average ** 2;
		variance += column.reduce((sum, value) => sum + ((value - average) ** 2), 0) / column.length;
	}

	return {mean: Math.sqrt(mean), std: Math.sqrt(variance)};
}

const summaryOf = (batches: ReadonlyArray<readonly Float32Array[]>) => {
	const statistics = new GradientStatistics();
	for (const batch of batches) {
		statistics.add(batch);
	}

	return statistics.summarise();
};

const gradient = (...values: number[]) => Float32Array.from(values);

describe('gradient statistics', () => {
	it('of two batches are half their sum and half their difference', () => {
		expect(summaryOf([[gradient(3, 0)], [gradient(1, 4)]])).toEqual([{
			mean: Math.hypot(2, 2), std: Math.hypot(1, 2), ratio: Math.hypot(2, 2) / Math.hypot(1, 2),
		}]);
	});

	it('are kept layer by layer, whatever the layers\' sizes', () => {
		const summary = summaryOf([[gradient(1), gradient(5, 0, 0)], [gradient(3), gradient(-5, 0, 0)]]);
		expect(summary).toEqual([{mean: 2, std: 1, ratio: 2}, {mean: 0, std: 5, ratio: 0}]);
	});

	it('agree with a computation in two passes', () => {
		const value = fc.float({min: -1000, max: 1000, noNaN: true});
		const batches = fc.integer({min: 1, max: 8}).chain(length => fc.array(fc.array(value, {minLength: length, maxLength: length}), {minLength: 2, maxLength: 20}));
		fc.assert(fc.property(batches, rows => {
			const arrays = rows.map(row => Float32Array.from(row));
			const [summary] = summaryOf(arrays.map(array => [array]));
			const expected = twoPass(arrays);
			expect(Math.abs(summary!.mean - expected.mean)).toBeLessThan(1e-10 * (1 + expected.mean));
			expect(Math.abs(summary!.std - expected.std)).toBeLessThan(1e-10 * (1 + expected.std + expected.mean));
		}));
	});

	it('keep a spread that is tiny beside the mean', () => {
		const arrays = [4096, 4096.0005, 4096.001, 4096.0015].map(value => gradient(value));
		const [summary] = summaryOf(arrays.map(array => [array]));
		expect(summary!.std / twoPass(arrays).std).toBeCloseTo(1, 9);
	});

	it.each([
		['one batch', [[gradient(1, 2)]], Math.sqrt(5)],
		['batches that are all alike', Array.from({length: 7}, () => [gradient(0.1, -0.3)]), Math.hypot(Math.fround(0.1), Math.fround(-0.3))],
		['gradients that are all zero', [[gradient(0, 0)], [gradient(0, 0)]], 0],
	])('of %s have no spread and no ratio', (_, batches, mean) => {
		expect(summaryOf(batches)).toEqual([{mean: expect.closeTo(mean, 12) as number, std: 0, ratio: null}]);
	});

	it.each([Number.NaN, Infinity, -Infinity])('do not exist for the layer whose gradients hold %d', value => {
		const batches = [[gradient(1, 2), gradient(1, 2)], [gradient(3, value), gradient(3, 4)], [gradient(5, 6), gradient(5, 6)]];
		const [broken, sound] = summaryOf(batches);
		expect(broken).toBeNull();
		expect(sound!.mean).toBeCloseTo(5, 12);
	});

	it('do not hold on to the engine\'s arrays', () => {
		const statistics = new GradientStatistics();
		const buffer = gradient(3, 0);
		statistics.add([buffer]);
		buffer.set([1, 4]);
		statistics.add([buffer]);
		expect(statistics.summarise()).toEqual(summaryOf([[gradient(3, 0)], [gradient(1, 4)]]));
	});

	it('of no batch say nothing', () => {
		expect(new GradientStatistics().summarise()).toEqual([]);
	});
});

it('the norm is the Euclidean one, also of numbers whose squares float32 cannot hold', () => {
	expect(norm(gradient(3, 4, 12))).toBe(13);
	expect(norm(gradient(1e30, 0)) / 1e30).toBeCloseTo(1, 6);
	expect(norm(gradient())).toBe(0);
});
