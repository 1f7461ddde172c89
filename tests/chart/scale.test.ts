import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {epochFraction, linearScale, ticks} from '../../source/chart/scale.js';

describe('a linear scale', () => {
	it.each([
		[[0, 12], [0, 47], 0, 0],
		[[0, 12], [0, 47], 12, 47],
		[[0, 12], [0, 48], 3, 12],
		[[0, 1], [18, 0], 0.5, 9],
		[[-1, 1], [0, 10], 0, 5],
		[[4, 4], [0, 10], 4, 5],
	] as const)('from %j onto %j puts %d at %d', (domain, range, value, expected) => {
		expect(linearScale(domain, range)(value)).toBeCloseTo(expected, 12);
	});
});

describe('the way through a training', () => {
	it.each([
		[0, 8000, 0],
		[8000, 8000, 1],
		[0, 0, 0],
		[9, 99, 0.5],
	])('is, at epoch %d of %d, %d on a logarithmic clock', (epoch, last, expected) => {
		expect(epochFraction(epoch, last)).toBeCloseTo(expected, 12);
	});
});

describe('ticks', () => {
	it.each([
		[12, 4, [0, 3, 6, 9, 12]],
		[12, 6, [0, 2, 4, 6, 8, 10, 12]],
		[1, 2, [0, 0.5, 1]],
		[0.9992, 2, [0, 0.5]],
		[3.32, 4, [0, 1, 2, 3]],
	])('up to %d in at most %d steps are round numbers', (high, count, expected) => {
		expect(ticks(high, count)).toEqual(expected);
	});

	it('begin at 0, lie apart by one step, and never go beyond the end', () => {
		fc.assert(fc.property(fc.double({min: 1e-6, max: 1e6, noNaN: true}), fc.integer({min: 1, max: 12}), (high, count) => {
			const found = ticks(high, count);
			expect(found[0]).toBe(0);
			expect(found.length).toBeLessThanOrEqual(count + 1);
			expect(found.at(-1)!).toBeLessThanOrEqual(high * (1 + 1e-9));
		}));
	});
});
