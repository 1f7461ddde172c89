import {describe, expect, it} from 'vitest';
import {tanh} from '../../source/engine/builtin/tanh.js';

const relativeError = (x: number) => Math.abs((tanh(x) / Math.tanh(x)) - 1);

describe('the rational tanh', () => {
	it('has a relative error below 1e-9 wherever float32 does not round to 1', () => {
		const grid = Array.from({length: 180_401}, (_, index) => (index - 90_200) / 10_000).filter(x => x !== 0);
		expect(Math.max(...grid.slice(0, 90_200).map(x => relativeError(x)))).toBeLessThan(1e-9);
		expect(Math.max(...grid.slice(90_200).map(x => relativeError(x)))).toBeLessThan(1e-9);
	});

	it.each([1e-3, 1e-10, 1e-38, 1e-45, 5e-324])('keeps small numbers as they are: %d', x => {
		expect(relativeError(x)).toBeLessThan(1e-9);
		expect(tanh(-x)).toBe(-tanh(x));
	});

	it.each([
		[9.021, 1],
		[50, 1],
		[1e300, 1],
		[Infinity, 1],
		[-9.021, -1],
		[-50, -1],
		[-Infinity, -1],
		[0, 0],
		[-0, -0],
		[Number.NaN, Number.NaN],
	])('of %d is %d', (x, expected) => {
		expect(tanh(x)).toBe(expected);
	});

	it('is 1 only where the true value rounds to 1 as float32', () => {
		expect(Math.fround(Math.tanh(9.021))).toBe(1);
		expect(Math.fround(tanh(9))).toBeLessThan(1);
	});

	it('never leaves ±1, where 1 − a² would turn negative', () => {
		for (let x = 8.5; x < 9.1; x += 0.0001) {
			expect(tanh(x)).toBeLessThanOrEqual(1);
			expect(tanh(-x)).toBeGreaterThanOrEqual(-1);
		}
	});
});
