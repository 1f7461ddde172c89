import {describe, expect, it} from 'vitest';
import {Random} from '../source/random.js';
import {moments} from './helpers/moments.js';

const draw = <Value>(count: number, next: () => Value): Value[] => Array.from({length: count}, () => next());
const integers = (random: Random, count: number) => draw(count, () => random.integer());

describe('a stream', () => {
	// Expected: sfc32 seeded by FNV-1a, written a second time in Python:
	//   a, b, c, d = fnv1a(f'{seed}/{purpose}'), seed & M, seed >> 32, 1; 15 rounds thrown away
	it.each([
		[1, 'weights', [1_463_255_188, 2_090_145_422, 1_150_167_465, 2_995_277_280]],
		[1, 'batches', [2_543_104_513, 1_507_042_825, 1_151_480_613, 1_200_939_342]],
		[(2 ** 32) + 1, 'weights', [2_041_095_984, 207_097_780, 2_316_298_726, 80_574_270]],
		[Number.MAX_SAFE_INTEGER, 'split', [3_579_350_369, 98_463_836, 1_412_451_674, 2_293_689_666]],
	])('of seed %d for %s gives the same numbers on every machine', (seed, purpose, expected) => {
		expect(integers(Random.stream(seed, purpose), 4)).toEqual(expected);
	});

	it.each([
		['another purpose', 1, 'split'],
		['another seed', 2, 'weights'],
		['a seed that differs above its lower 32 bits', (2 ** 32) + 1, 'weights'],
		['a purpose that begins the same', 1, 'weights2'],
	])('shares no numbers with that of %s, and is not correlated with it', (_, seed, purpose) => {
		const first = integers(Random.stream(1, 'weights'), 2000);
		const second = integers(Random.stream(seed, purpose), 2000);
		const known = new Set(first);
		const shared = second.filter(value => known.has(value)).length;
		const product = moments(first.map((value, index) => ((value / (2 ** 32)) - 0.5) * ((second[index]! / (2 ** 32)) - 0.5)));
		expect(shared).toBe(0);
		expect(Math.abs(product.mean)).toBeLessThan(4 / 12 / Math.sqrt(2000));
	});

	it('is not moved by how much another stream has given', () => {
		const expected = integers(Random.stream(7, 'weights'), 10);
		const random = Random.stream(7, 'weights');
		const interleaved = expected.map(() => {
			integers(Random.stream(7, 'batches'), 3);
			return random.integer();
		});
		expect(interleaved).toEqual(expected);
	});
});

describe('the state', () => {
	it.each([
		['integers', (random: Random) => random.integer()],
		['uniform numbers', (random: Random) => random.uniform()],
		['normal numbers', (random: Random) => random.normal()],
		['truncated normal numbers', (random: Random) => random.truncatedNormal()],
		['whole numbers below ten', (random: Random) => random.below(10)],
	])('continues the stream bit for bit after %s, through JSON too', (_, next) => {
		const random = Random.stream(3, 'batches');
		draw(101, () => next(random));
		const saved = JSON.stringify(random.state);
		const copy = new Random(JSON.parse(saved) as Random['state']);
		expect(draw(100, () => next(copy))).toEqual(draw(100, () => next(random)));
		expect(copy.state).toEqual(random.state);
	});

	it('is read without being moved', () => {
		const random = Random.stream(3, 'batches');
		expect(random.state).toEqual(random.state);
		expect(integers(random, 5)).toEqual(integers(Random.stream(3, 'batches'), 5));
	});
});

describe('uniform numbers', () => {
	it('lie in [0, 1), and spread evenly over sixteen cells', () => {
		const random = Random.stream(1, 'test');
		const values = draw(160_000, () => random.uniform());
		const counts = Array.from({length: 16}, () => 0);
		for (const value of values) {
			counts[Math.floor(value * 16)]! += 1;
		}

		const chiSquare = counts.reduce((sum, count) => sum + (((count - 10_000) ** 2) / 10_000), 0);
		expect(values.every(value => value >= 0 && value < 1)).toBe(true);
		// 15 degrees of freedom: beyond 44.3 once in ten thousand seeds
		expect(chiSquare).toBeLessThan(44.3);
	});

	it.each([
		['0 at the smallest integer', 0, 0],
		['less than 1 at the largest integer', -1, 1 - (2 ** -32)],
	])('are %s', (_, first, expected) => {
		expect(new Random([first, 0, 0, 0]).uniform()).toBe(expected);
	});

	it('reach every whole number below a count, and no other', () => {
		const random = Random.stream(1, 'test');
		expect(new Set(draw(1000, () => random.below(7)))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
		expect(new Set(draw(10, () => random.below(1)))).toEqual(new Set([0]));
	});
});

describe('normal numbers', () => {
	const count = 200_000;

	it('have mean 0, standard deviation 1 and the tails of the bell', () => {
		const random = Random.stream(1, 'test');
		const values = draw(count, () => random.normal());
		const {mean, deviation} = moments(values);
		expect(mean).toBeCloseTo(0, 2);
		expect(deviation).toBeCloseTo(1, 2);
		// 4.550 % beyond two deviations
		expect(values.filter(value => Math.abs(value) > 2).length / count).toBeCloseTo(0.0455, 2.5);
	});

	it('cut at two deviations keep their shape within: deviation 0.8796, 71.52 % within one', () => {
		const random = Random.stream(1, 'test');
		const values = draw(count, () => random.truncatedNormal());
		const {mean, deviation} = moments(values);
		expect(values.every(value => Math.abs(value) <= 2)).toBe(true);
		expect(Math.max(...values.slice(0, 50_000))).toBeGreaterThan(1.99);
		expect(mean).toBeCloseTo(0, 2);
		expect(deviation).toBeCloseTo(0.8796, 2);
		expect(values.filter(value => Math.abs(value) < 1).length / count).toBeCloseTo(0.7152, 2);
	});
});

describe('a shuffle', () => {
	it.each([0, 1, 2, 3, 512])('of %d numbers is a permutation of them', length => {
		const values = Int32Array.from({length}, (_, index) => index);
		Random.stream(5, 'split').shuffle(values);
		expect([...values].toSorted((a, b) => a - b)).toEqual(Array.from({length}, (_, index) => index));
	});

	it('gives each of the 24 orders of four numbers equally often', () => {
		const random = Random.stream(1, 'test');
		const counts = new Map<string, number>();
		for (let round = 0; round < 24_000; round++) {
			const values = Int32Array.of(0, 1, 2, 3);
			random.shuffle(values);
			counts.set(values.join(''), (counts.get(values.join('')) ?? 0) + 1);
		}

		const chiSquare = [...counts.values()].reduce((sum, times) => sum + (((times - 1000) ** 2) / 1000), 0);
		expect(counts.size).toBe(24);
		// 23 degrees of freedom: beyond 56 once in ten thousand seeds
		expect(chiSquare).toBeLessThan(56);
	});
});
