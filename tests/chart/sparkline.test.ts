import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {
	firstIndex, logDomain, resample, resampledColumn, sparkline,
} from '../../source/chart/sparkline.js';

const {braille} = glyphSets;
const bars = (values: ReadonlyArray<number | null>, width = 80, domain = logDomain(values)) => sparkline(values, width, domain, braille).join('');

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
		expect(resample([1, 2, 900, 4, 5, 6], 2)).toEqual([2, 5]);
		expect(resample([null, 2, null, null], 2)).toEqual([2, null]);
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
});

describe('resampling', () => {
	const lengths = fc.tuple(fc.integer({min: 1, max: 2000}), fc.integer({min: 1, max: 300}));

	it('gives as many columns as there is room for, and a short series as it is', () => {
		fc.assert(fc.property(fc.array(fc.option(fc.double({noNaN: true})), {maxLength: 400}), fc.integer({min: 1, max: 200}), (values, width) => {
			const resampled = resample(values, width);
			expect(resampled).toHaveLength(Math.min(values.length, width));
			expect(resampled.every(value => value === null || values.includes(value))).toBe(true);
			if (values.length <= width) {
				expect(resampled).toEqual(values);
			}
		}));
	});

	it('puts each value into the column that its index is said to be in', () => {
		fc.assert(fc.property(lengths, ([length, width]) => {
			// One value in a series of nulls comes out in exactly one column: the one that resampledColumn says.
			const index = (length * 7919) % length;
			for (const at of new Set([0, index, length - 1, Math.floor(length / 2), Math.floor(length / 3)])) {
				const values = Array.from({length}, (_, each) => each === at ? 1 : null);
				const columns = resample(values, width).flatMap((value, column) => value === null ? [] : [column]);
				expect(columns).toEqual([resampledColumn(at, length, width)]);
			}
		}));
	});

	it('lets the columns share the values in order, none empty, none larger than another by more than one', () => {
		fc.assert(fc.property(lengths.filter(([length, width]) => length > width), ([length, width]) => {
			const starts = Array.from({length: width + 1}, (_, column) => firstIndex(column, length, width));
			const sizes = starts.slice(1).map((start, column) => start - starts[column]!);
			expect(starts[0]).toBe(0);
			expect(starts.at(-1)).toBe(length);
			expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
			expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1);
		}));
	});

	it('says for each column\'s first value that it is in that column', () => {
		fc.assert(fc.property(lengths.filter(([length, width]) => length > width), ([length, width]) => {
			for (let column = 0; column < width; column++) {
				expect(resampledColumn(firstIndex(column, length, width), length, width)).toBe(column);
			}
		}));
	});
});
