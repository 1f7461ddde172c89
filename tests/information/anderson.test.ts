import {describe, expect, it} from 'vitest';
import {Anderson} from '../../source/information/anderson.js';

/** A contraction of three dimensions with rates 0.999, 0.9 and 0.5 towards (1, 2, 3). */
const image = (x: Float64Array) => x.map((value, index) => [1, 2, 3][index]! + ([0.999, 0.9, 0.5][index]! * (value - [1, 2, 3][index]!)));
const distance = (x: Float64Array) => Math.max(...x.map((value, index) => Math.abs(value - [1, 2, 3][index]!)));

function roundsToConverge(memory: number): number {
	const x = new Float64Array(3);
	const anderson = new Anderson(3, memory);
	let rounds = 0;
	while (distance(x) > 1e-8 && rounds < 30_000) {
		anderson.advance(x, image(x));
		rounds++;
	}

	return rounds;
}

describe('Anderson acceleration', () => {
	it('takes the image itself as its first step, and after a restart', () => {
		const anderson = new Anderson(3, 2);
		const x = new Float64Array(3);
		anderson.advance(x, Float64Array.of(1, 2, 3));
		expect([...x]).toEqual([1, 2, 3]);
		anderson.advance(x, Float64Array.of(4, 4, 4));
		anderson.restart();
		anderson.advance(x, Float64Array.of(5, 6, 7));
		expect([...x]).toEqual([5, 6, 7]);
	});

	it('of as many rounds as there are dimensions solves a linear iteration at once, which takes 19 000 rounds by itself', () => {
		expect(roundsToConverge(3)).toBeLessThan(8);
	});

	it('keeps the sum that every round keeps', () => {
		const x = Float64Array.of(0.2, 0.3, 0.5);
		const anderson = new Anderson(3, 2);
		for (let round = 0; round < 6; round++) {
			anderson.advance(x, Float64Array.of((0.9 * x[0]!) + (0.2 * x[1]!), (0.1 * x[0]!) + (0.7 * x[1]!) + (0.1 * x[2]!), (0.1 * x[1]!) + (0.9 * x[2]!)));
			expect(x[0]! + x[1]! + x[2]!).toBeCloseTo(1, 12);
		}
	});

	it('stays where the iteration has come to rest', () => {
		const x = Float64Array.of(1, 2, 3);
		const anderson = new Anderson(3, 4);
		for (let round = 0; round < 8; round++) {
			anderson.advance(x, Float64Array.of(1, 2, 3));
		}

		expect([...x]).toEqual([1, 2, 3]);
	});
});
