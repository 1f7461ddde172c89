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
		[[0, 12], 4, [0, 3, 6, 9, 12]],
		[[0, 12], 6, [0, 2, 4, 6, 8, 10, 12]],
		[[0, 1], 2, [0, 0.5, 1]],
		[[0, 0.9992], 2, [0, 0.5, 1]],
		[[0, 3.32], 4, [0, 1, 2, 3]],
		[[3, 9], 4, [4, 6, 8]],
		[[3, 9], 6, [3, 4, 5, 6, 7, 8, 9]],
		[[6.1, 6.4], 4, [6.1, 6.2, 6.3, 6.4]],
		[[0.49, 0.51], 1, [0.5]],
	] as ReadonlyArray<readonly [readonly [number, number], number, readonly number[]]>)('within %j in at most %d steps are round numbers', (domain, count, expected) => {
		const found = ticks(domain, count);
		expect(found).toHaveLength(expected.length);
		for (const [index, tick] of found.entries()) {
			expect(tick).toBeCloseTo(expected[index]!, 9);
		}
	});

	it('lie apart by one step, and never go beyond the ends by more than a hundredth of it', () => {
		fc.assert(fc.property(fc.double({min: 0, max: 1e3, noNaN: true}), fc.double({min: 1e-3, max: 1e3, noNaN: true}), fc.integer({min: 1, max: 12}), (low, length, count) => {
			const found = ticks([low, low + length], count);
			expect(found.length).toBeLessThanOrEqual(count + 1);
			const steps = found.slice(1).map((tick, index) => tick - found[index]!);
			const step = Math.max(0, ...steps);
			const slack = (0.0101 * (step || length)) + (1e-9 * (low + length));
			expect(Math.min(step, ...steps)).toBeGreaterThanOrEqual(step * (1 - 1e-6));
			expect(Math.min(Infinity, ...found)).toBeGreaterThanOrEqual(low - slack);
			expect(Math.max(-Infinity, ...found)).toBeLessThanOrEqual(low + length + slack);
		}));
	});

	it('begin at 0 where the axis does', () => {
		fc.assert(fc.property(fc.double({min: 1e-6, max: 1e6, noNaN: true}), fc.integer({min: 1, max: 12}), (high, count) => {
			expect(ticks([0, high], count)[0]).toBe(0);
		}));
	});
});
