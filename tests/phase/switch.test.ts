import {describe, expect, it} from 'vitest';
import {
	firstEpoch, grid, type Knot, sample, tanhLike, withNoise,
} from '../helpers/curves.js';
import {quantile} from '../helpers/moments.js';
import {analyseSwitch} from '../../source/phase/switch.js';

const seeds = Array.from({length: 200}, (_, index) => index + 1);
const switched = (epoch: number, reversals: readonly number[] = []) => ({state: 'switched', epoch, reversals});

/** The measured epochs from `from` up to `to` get another ratio. */
const between = (points: ReturnType<typeof sample>, from: number, to: number, ratio: number) =>
	points.map(point => point.epoch >= from && point.epoch <= to ? {...point, ratio} : point);

/** The `count` measured epochs from `from` on get another ratio. */
const spike = (points: ReturnType<typeof sample>, from: number, count: number, ratio: number) => {
	const start = points.findIndex(({epoch}) => epoch >= from);
	return points.map((point, index) => index >= start && index < start + count ? {...point, ratio} : point);
};

describe('a switch', () => {
	it.each([
		['from a high peak', tanhLike.output, 45],
		['after a dip below 1 before the peak', tanhLike.dip, 45],
		['of a hidden layer', tanhLike.lastHidden, 40],
		['from the first epoch down', tanhLike.first, 0],
	])('%s is the first measured epoch below 1 after the peak', (_, knots: readonly Knot[], peak) => {
		const points = sample(knots);
		expect(analyseSwitch(points)).toEqual(switched(firstEpoch(points, peak, 'below')));
	});

	// Log-normal noise, 200 seeds. Where the curve falls slowly, chance carries it across 1 earlier than it would get there by itself
	it.each([
		['output', tanhLike.output, 401, 1.6, 0.05],
		['output with a dip', tanhLike.dip, 401, 1.6, 0.05],
		['last hidden', tanhLike.lastHidden, 151, 1.5, 0.06],
		['first', tanhLike.first, 28, 5, 0.25],
	])('is found in noise of sigma 0.3 in the layer "%s": near %3$d by a factor of %4$d, the median to a share of %5$d', (_, knots: readonly Knot[], epoch, factor, share) => {
		const found = seeds.map(seed => {
			const analysis = analyseSwitch(withNoise(sample(knots), 0.3, seed));
			return analysis.state === 'switched' ? analysis.epoch : Number.NaN;
		});
		expect(Math.min(...found)).toBeGreaterThan(epoch / factor);
		expect(Math.max(...found)).toBeLessThan(epoch * factor);
		expect(Math.abs((quantile(found, 0.5) / epoch) - 1)).toBeLessThan(share);
	});

	it('does not move when the ratio rises above 1 again for a while; the reversal is told', () => {
		const points = between(sample(tanhLike.output), 1500, 2500, 2);
		expect(analyseSwitch(points)).toEqual(switched(firstEpoch(points, 45, 'below'), [firstEpoch(points, 1400, 'above')]));
	});

	it('can be followed by several reversals', () => {
		const points = between(between(sample(tanhLike.output), 1500, 2500, 2), 4000, 6000, 1.5);
		expect(analyseSwitch(points)).toMatchObject({reversals: [firstEpoch(points, 1400, 'above'), firstEpoch(points, 3900, 'above')]});
	});

	it('can be followed by a reversal that lasts to the end', () => {
		const points = between(sample(tanhLike.output), 3000, 8000, 2);
		expect(analyseSwitch(points)).toEqual(switched(firstEpoch(points, 45, 'below'), [firstEpoch(points, 2900, 'above')]));
	});

	it('is found where some epochs have no ratio', () => {
		const points = sample(tanhLike.output);
		const gaps = points.map((point, index) => index % 7 === 3 ? {...point, ratio: null} : point);
		const known = points.filter((_, index) => index % 7 !== 3);
		expect(analyseSwitch(gaps)).toEqual(switched(firstEpoch(known, 45, 'below')));
	});

	it('does not depend on what follows, unless that is a higher peak', () => {
		const points = sample(tanhLike.output);
		const whole = analyseSwitch(points);
		for (const length of [250, 275, 300]) {
			expect(analyseSwitch(points.slice(0, length))).toEqual(whole);
		}
	});
});

describe('a spike of one or two measured epochs', () => {
	const points = sample(tanhLike.output);
	const clean = analyseSwitch(points);

	it.each([
		['below 1 while the ratio falls', 150, 1, 0.01],
		['below 1 while the ratio falls', 150, 2, 0.01],
		['below 1 at the peak', 45, 2, 0.01],
		['above 1 after the switch', 2000, 1, 1000],
		['above 1 after the switch', 2000, 2, 1000],
		['above 1 at the end', 8000, 1, 1000],
		['far above the peak', 200, 2, 1e6],
	])('%s (from epoch %d on, %d of them, to %d) changes nothing', (_, from, count, ratio) => {
		expect(analyseSwitch(spike(points, from, count, ratio))).toEqual(clean);
	});

	it('is no drift', () => {
		const low = sample([[0, 0.5], [8000, 0.05]]);
		expect(analyseSwitch(spike(low, 30, 2, 50))).toEqual({state: 'never-drifted'});
	});

	it('is no reversal either if it lasts a little longer', () => {
		expect(analyseSwitch(spike(points, 2000, 9, 2))).toEqual(clean);
	});
});

describe('a rise above 1 after the switch', () => {
	const points = sample(tanhLike.output);

	it.each([
		[9, 0],
		[10, 1],
		[20, 1],
	])('for %d measured epochs counts as %d reversals', (count, reversals) => {
		expect(analyseSwitch(spike(points, 2000, count, 2))).toMatchObject({state: 'switched', reversals: {length: reversals}});
	});
});

describe('there is no switch', () => {
	it.each([
		['yet, while the ratio stays above 1', sample([[0, 1.8], [50, 15], [8000, 1.2]]), 'not-yet'],
		['yet, when only the last value has come below 1', [...sample([[0, 1.8], [50, 15], [7000, 2]]).slice(0, -1), {epoch: 8000, ratio: 0.5}], 'not-yet'],
		['yet, while the ratio still rises', sample([[0, 1.8], [8000, 15]]), 'not-yet'],
		['where the ratio was never above 1', sample([[0, 0.9], [8000, 0.05]]), 'never-drifted'],
		['where the ratio was exactly 1', sample([[0, 1], [8000, 1]]), 'never-drifted'],
		['before anything is measured', [], 'not-yet'],
		['with too little to smooth', sample(tanhLike.output).slice(0, 2), 'not-yet'],
		['with one batch an epoch, which has no ratio', grid.map(epoch => ({epoch, ratio: null})), 'undefined'],
		['after one epoch without a ratio', [{epoch: 0, ratio: null}], 'undefined'],
	] as const)('%s', (_, points, state) => {
		expect(analyseSwitch(points)).toEqual({state});
	});

	it('in noise about a ratio that stays above 1, for any of 200 seeds', () => {
		const points = sample([[0, 2], [50, 15], [8000, 3]]);
		expect(seeds.map(seed => analyseSwitch(withNoise(points, 0.3, seed)).state)).toEqual(seeds.map(() => 'not-yet'));
	});

	it('in noise about a ratio that stays below 1, for any of 200 seeds', () => {
		const points = sample([[0, 0.45], [8000, 0.05]]);
		expect(seeds.map(seed => analyseSwitch(withNoise(points, 0.3, seed)).state)).toEqual(seeds.map(() => 'never-drifted'));
	});
});
