import {describe, expect, it} from 'vitest';
import {grid} from '../helpers/curves.js';
import {compressionBits, findOnset} from '../../source/phase/onset.js';
import {Random} from '../../source/random.js';

/** Straight lines in log-epochs through the knots: I(X;T) in bits. */
const information = (knots: ReadonlyArray<readonly [epoch: number, bits: number]>) => grid.map(epoch => {
	const index = Math.max(1, knots.findIndex(([at]) => at >= epoch));
	const [from, low] = knots[index - 1]!;
	const [to, high] = knots[index]!;
	return {epoch, x: low + ((high - low) * Math.log((epoch + 1) / (from + 1)) / Math.log((to + 1) / (from + 1)))};
});

describe('the onset of compression', () => {
	it.each([
		['is the epoch of the peak where the fall is large (the last hidden layer of tanh)', [[0, 7], [41, 8.2], [8000, 3.4]], 41],
		['is the epoch of the peak for the output layer', [[0, 2.1], [50, 4.3], [8000, 1.2]], 50],
		['is found for a fall just above one bit', [[0, 5], [40, 8], [8000, 6.9]], 40],
		['is not found for a fall just below one bit', [[0, 5], [40, 8], [8000, 7.1]], null],
		['is not found where information only rises (relu)', [[0, 1], [40, 8.4], [8000, 8.4]], null],
		['is not found where it stays', [[0, 12], [8000, 12]], null],
		['is the first epoch where it only falls', [[0, 12], [8000, 3]], 0],
		['counts a fall that is made good again later', [[0, 5], [40, 8], [400, 6], [8000, 7.9]], 40],
		['moves to a higher peak, from which it must fall anew', [[0, 5], [40, 8], [400, 6], [2000, 9], [8000, 8.5]], null],
		['is not taken from a fall that comes before the peak', [[0, 7], [20, 4], [8000, 9]], null],
	] as const)('%s', (_, knots, expected) => {
		const found = findOnset(information(knots));
		if (expected === null) {
			expect(found).toBeNull();
		} else {
			// Smoothing flattens a sharp peak by a measured epoch or two
			expect(Math.abs(found! - expected)).toBeLessThanOrEqual(2);
		}
	});

	it('is the end of a plateau, and needs a fall of the stated number of bits, no less', () => {
		const step = (fall: number) => [5, 5, 5, 8, 8, 8, 8, 8, ...Array.from({length: 8}, () => 8 - fall)].map((x, epoch) => ({epoch, x}));
		expect(findOnset(step(compressionBits))).toBe(7);
		expect(findOnset(step(compressionBits - 1e-9))).toBeNull();
	});

	it.each([
		['up', 12],
		['down', 0],
	])('is not moved by one or two measured epochs that spike %s', (_, x) => {
		const points = information([[0, 7], [41, 8.2], [8000, 3.4]]);
		const spiked = points.map((point, index) => index === 150 || index === 151 ? {...point, x} : point);
		expect(findOnset(spiked)).toBe(findOnset(points));
	});

	it('is not found by a dip of two measured epochs alone', () => {
		const points = information([[0, 7], [41, 8.2], [8000, 8]]);
		expect(findOnset(points.map((point, index) => index === 150 || index === 151 ? {...point, x: 0} : point))).toBeNull();
	});

	it('is found in noise of 0.1 bits for each of 100 seeds, near the peak', () => {
		const points = information([[0, 5], [41, 8.2], [8000, 3.4]]);
		for (let seed = 1; seed <= 100; seed++) {
			const random = Random.stream(seed, 'test');
			const found = findOnset(points.map(({epoch, x}) => ({epoch, x: x + (0.1 * random.normal())})))!;
			expect(found).toBeGreaterThan(41 / 1.5);
			expect(found).toBeLessThan(41 * 1.5);
		}
	});

	it.each([0, 1, 2])('is not known after %d measured epochs', length => {
		expect(findOnset(information([[0, 12], [8000, 3]]).slice(0, length))).toBeNull();
	});
});
