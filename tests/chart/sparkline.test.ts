import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {
	logDomain, placesOf, resample, sparkline,
} from '../../source/chart/sparkline.js';

const {braille} = glyphSets;
/** Epoch 0, 1, 2, …: as many as there are values. */
const counted = (values: readonly unknown[]): number[] => values.map((_, index) => index);
const bars = (values: ReadonlyArray<number | null>, width = 80, domain = logDomain(values)) =>
	sparkline(values, placesOf(counted(values), width, true), width, domain, braille).join('');

describe('a sparkline', () => {
	it('goes through all levels, on a logarithmic axis', () => {
		expect(bars([1, 10, 100, 1000, 10_000, 100_000, 1e6, 1e7])).toBe('▁▂▃▄▅▆▇█');
	});

	it.each([
		['a space where there is no value', [1, null, 100], '▁ █'],
		['the lowest bar for what has no logarithm', [0, 1, 100], '▁▁█'],
		['the middle where all are the same', [5, 5, 5], '▅▅▅'],
		['nothing for nothing', [], ''],
		['spaces for nothing but nulls', [null, null], '  '],
	] as const)('shows %s', (_, values, expected) => {
		expect(bars(values)).toBe(expected);
	});

	it('stays within its levels where a value is outside of the domain', () => {
		expect(bars([1e-9, 2, 1e9], 80, [Math.log(0.1), Math.log(10)])).toBe('▁▆█');
	});

	it('shows the median of the values that share a column', () => {
		expect(resample([1, 2, 900, 4, 5, 6], [0, 0, 0, 1, 1, 1])).toEqual([2, 5]);
		expect(resample([null, 2, null, null], [0, 0, 1, 1])).toEqual([2, null]);
	});

	it.each([
		['goes on with the value before where no epoch falls into a column', [1, 2, 3], [0, 3, 5], [1, 1, 1, 2, 2, 3]],
		['has no value before the first one', [1, 2], [2, 3], [null, null, 1, 2]],
		['does not go on over an epoch without a value', [1, null, 3], [0, 2, 5], [1, 1, null, null, null, 3]],
		['is nothing for nothing', [], [], []],
	])('%s', (_, values, places, expected) => {
		expect(resample(values, places)).toEqual(expected);
	});

	it('shows linear epochs at their share of the width', () => {
		const epochs = [0, 1, 2, 500, 1000];
		const line = sparkline([1, 10, 100, 1000, 10_000], placesOf(epochs, 10, false), 10, [0, Math.log(10_000)], braille).join('');
		expect(line).toBe('▃▃▃▃▆▆▆▆▆█');
	});
});

describe('the domain of a logarithmic axis', () => {
	it.each([
		[[1, Math.E, null, 0, -3], [0, 1]],
		[[], [0, 1]],
		[[null, 0], [0, 1]],
	] as const)('of %j has the ends %j', (values, expected) => {
		expect(logDomain(values)).toEqual(expected);
	});

	it('is found for as many values as there may be', () => {
		expect(logDomain(Array.from({length: 300_000}, (_, index) => index + 1))).toEqual([0, Math.log(300_000)]);
	});
});

describe('the column of each measured epoch', () => {
	/** Distinct epochs in order, the first of them often 0, as a run has them. */
	const epochLists = fc.array(fc.integer({min: 1, max: 60}), {maxLength: 400}).chain(steps => fc.nat(5).map(first => {
		let epoch = first;
		return [first, ...steps.map(step => {
			epoch += step;
			return epoch;
		})];
	}));
	const widths = fc.integer({min: 1, max: 200});
	const given = fc.tuple(epochLists, widths, fc.boolean());

	it('is within the width and never left of the epoch before, for every epoch', () => {
		fc.assert(fc.property(given, ([epochs, width, isLogEpochs]) => {
			const places = placesOf(epochs, width, isLogEpochs);
			expect(places).toHaveLength(epochs.length);
			expect(places.filter(place => !Number.isInteger(place) || place < 0 || place >= width)).toEqual([]);
			expect(places).toEqual(places.toSorted((a, b) => a - b));
		}));
	});

	it('is, on a logarithmic axis, its own where there is room; else as many epochs share each column but the last, and half of the width is used', () => {
		fc.assert(fc.property(epochLists, widths, (epochs, width) => {
			const places = placesOf(epochs, width, true);
			if (epochs.length <= width) {
				expect(places).toEqual(counted(epochs));
				return;
			}

			const sizes = Array.from({length: places.at(-1)! + 1}, (_, column) => places.filter(place => place === column).length);
			expect(new Set(sizes.slice(0, -1)).size).toBeLessThanOrEqual(1);
			expect(sizes.at(-1)!).toBeLessThanOrEqual(sizes[0]!);
			expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1);
			expect(sizes.length).toBeGreaterThan((width / 2) - 1);
		}));
	});

	it('is, on a linear axis, as far to the right as the epoch is of the last one', () => {
		fc.assert(fc.property(epochLists, widths, (epochs, width) => {
			const places = placesOf(epochs, width, false);
			const share = epochs.at(-1)! / Math.max(1, places.at(-1)!);
			for (const [index, place] of places.entries()) {
				if (places.at(-1)! > 0) {
					expect(Math.abs(place - (epochs[index]! / share))).toBeLessThanOrEqual(1);
				}
			}
		}));
		expect(placesOf([0, 10, 100, 1000, 8000], 40, false)).toEqual([0, 0, 0, 4, 39]);
	});

	it('stays where it is for all earlier epochs when one more is measured, but for a few times in a run', () => {
		for (const isLogEpochs of [true, false]) {
			let before: number[] = [];
			let moves = 0;
			for (let count = 1; count <= 300; count++) {
				const places = placesOf(Array.from({length: count}, (_, index) => index), 14, isLogEpochs);
				moves += before.every((place, index) => place === places[index]) ? 0 : 1;
				before = places;
			}

			expect(moves).toBeGreaterThan(0);
			expect(moves).toBeLessThan(25);
		}
	});

	it.each([true, false])('is there for no epoch, and for epoch 0 alone (logarithmic: %s)', isLogEpochs => {
		expect(placesOf([], 10, isLogEpochs)).toEqual([]);
		expect(placesOf([0], 10, isLogEpochs)).toEqual([0]);
	});

	it('is where resampling puts the value of that epoch', () => {
		fc.assert(fc.property(given, fc.nat(), ([epochs, width, isLogEpochs], seed) => {
			const index = seed % epochs.length;
			const places = placesOf(epochs, width, isLogEpochs);
			const alone = resample(epochs.map((_, each) => each === index ? 1 : null), places);
			expect(alone[places[index]!]).toBe(1);
			// What goes on to the right of it is only what no other epoch is in.
			expect(alone.flatMap((value, column) => value === 1 && column !== places[index] && places.includes(column) ? [column] : [])).toEqual([]);
		}));
	});

	it('makes as many columns as the last epoch needs, each with a value of the series', () => {
		fc.assert(fc.property(given, ([epochs, width, isLogEpochs]) => {
			const values = epochs.map(epoch => epoch * 3);
			const places = placesOf(epochs, width, isLogEpochs);
			const columns = resample(values, places);
			expect(columns).toHaveLength(places.at(-1)! + 1);
			expect(columns.slice(places[0]).filter(value => value === null || !values.includes(value))).toEqual([]);
		}));
	});
});
