import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {pace} from '../../source/history/pace.js';
import {emptyHistory, type History} from '../../source/history/reduce.js';
import {Random} from '../../source/random.js';
import {measuredEpochs} from '../../source/training/schedule.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

type Moment = readonly [epoch: number, seconds: number];

const runOf = (total: number, moments: readonly Moment[]): History =>
	historyOf(exampleStart({epochs: total}), ...moments.map(([epoch, seconds]) => exampleEpoch(epoch, {seconds})));

/** When each measured epoch was through, where a pass and a measurement take so many seconds. */
function momentsOf(total: number, cost: {readonly epoch: number; readonly measurement: number}, noise = () => 1): Moment[] {
	let seconds = 0.3;
	let before = -1;
	return [...measuredEpochs(total)].map(epoch => {
		seconds += ((cost.epoch * (epoch - before)) + cost.measurement) * noise();
		before = epoch;
		return [epoch, seconds];
	});
}

/** The time left after each of the moments, as a share of what it turned out to be; of those that are more than a bound. */
const sharesOf = (total: number, moments: readonly Moment[]): number[] => moments.slice(0, -1).flatMap(([, seconds], index) => {
	const found = pace(runOf(total, moments.slice(0, index + 1)));
	return found && !found.isAtMost ? [found.secondsLeft! / (moments.at(-1)![1] - seconds)] : [];
});

describe('the pace', () => {
	it('is unknown before there are two measured epochs apart in time', () => {
		expect(pace(emptyHistory)).toBeUndefined();
		expect(pace(runOf(8000, []))).toBeUndefined();
		expect(pace(runOf(8000, [[0, 0]]))).toBeUndefined();
		expect(pace(runOf(8000, [[0, 1], [1, 1]]))).toBeUndefined();
	});

	it('is that of the last measured epochs', () => {
		const slow = Array.from({length: 20}, (_, epoch): Moment => [epoch, epoch]);
		const quick = Array.from({length: 20}, (_, index): Moment => [20 + (index * 100), 20 + (index / 2)]);
		expect(pace(runOf(8000, [...slow, ...quick]))!.perSecond).toBeCloseTo(200, 9);
	});

	it('does not mind a clock that begins anew', () => {
		const again = momentsOf(600, {epoch: 0.01, measurement: 0.05}).map(([epoch, seconds], index): Moment => [epoch, index < 120 ? seconds : seconds - 2]);
		const {secondsLeft, perSecond} = pace(runOf(600, again.slice(0, 140)))!;
		expect(perSecond).toBeGreaterThan(0);
		expect(secondsLeft).toBeCloseTo(again.at(-1)![1] - again[139]![1], 6);
	});
});

describe('the time left', () => {
	it.each([
		['a measurement is dear', {epoch: 0.002, measurement: 0.02}],
		['a measurement costs nothing', {epoch: 0.002, measurement: 0}],
		['an epoch costs next to nothing', {epoch: 0.000_001, measurement: 0.02}],
		['both are slow', {epoch: 60, measurement: 200}],
	])('is exact as soon as epochs are measured at different distances, where %s', (_, cost) => {
		const moments = momentsOf(8000, cost);
		const shares = sharesOf(8000, moments);
		expect(shares).toHaveLength(moments.filter(([epoch]) => epoch >= 85 && epoch < 8000).length);
		expect(Math.max(...shares.map(share => Math.abs(share - 1)))).toBeLessThan(1e-6);
	});

	it('is only said not to be longer as long as every epoch is measured', () => {
		const moments = momentsOf(8000, {epoch: 0.002, measurement: 0.02});
		const early = moments.filter(([epoch]) => epoch > 0 && epoch <= 75).map((_, index) => pace(runOf(8000, moments.slice(0, index + 2)))!);
		expect(early.every(({isAtMost}) => isAtMost)).toBe(true);
		expect(Math.min(...early.map(({secondsLeft}) => secondsLeft!))).toBeGreaterThan(moments.at(-1)![1]);
	});

	it('is exact from the beginning where every epoch is measured to the end', () => {
		const moments = momentsOf(40, {epoch: 30, measurement: 90});
		const shares = sharesOf(40, moments);
		expect(shares).toHaveLength(moments.length - 2);
		expect(Math.max(...shares.map(share => Math.abs(share - 1)))).toBeLessThan(1e-9);
	});

	it.each([1, 2, 3, 4, 5])('is right to a third, for the most part, where times vary by a tenth (seed %d)', seed => {
		const random = Random.stream(seed, 'test');
		const shares = sharesOf(8000, momentsOf(8000, {epoch: 0.002, measurement: 0.012}, () => Math.exp(0.1 * random.normal())));
		expect(shares.length).toBeGreaterThan(200);
		expect(shares.filter(share => Math.abs(share - 1) < 1 / 3).length).toBeGreaterThan(0.9 * shares.length);
	});

	it('is never below nothing, nor endless, whatever the times are', () => {
		const random = Random.stream(7, 'test');
		const moments = momentsOf(8000, {epoch: 0.002, measurement: 0.002}, () => Math.exp(3 * random.normal()));
		for (const [index] of moments.entries()) {
			const left = pace(runOf(8000, moments.slice(0, index + 1)))?.secondsLeft ?? 0;
			expect(left).toBeGreaterThanOrEqual(0);
			expect(left).toBeLessThan(Infinity);
		}
	});

	// `node dist/cli.js run --preset tanh --epochs 600 --json` on a machine with two cores: 4 ms an epoch, 11 ms a measurement.
	it('of a real run is right to a fifth from epoch 85 on', () => {
		const moments = JSON.parse(readFileSync(new URL('tanh-600.json', import.meta.url), 'utf8')) as Moment[];
		const shares = sharesOf(600, moments);
		expect(moments[moments.length - 1 - shares.length]![0]).toBe(85);
		expect(Math.min(...shares)).toBeGreaterThan(0.8);
		expect(Math.max(...shares)).toBeLessThan(1.2);
	});
});
