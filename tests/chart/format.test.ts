import {describe, expect, it} from 'vitest';
import {
	formatCount, formatDuration, formatNumber, formatPercent, formatRatio, formatSetting,
} from '../../source/chart/format.js';

describe('numbers as people read them', () => {
	it.each([
		[formatCount, 0, '0'],
		[formatCount, 1284, '1,284'],
		[formatCount, 1_000_000, '1,000,000'],
		[formatNumber, 0.058, '0.058'],
		[formatNumber, 0.6931, '0.693'],
		[formatNumber, 0, '0'],
		[formatNumber, 12.34, '12.3'],
		[formatNumber, 999.6, '1000'],
		[formatNumber, -0.5, '-0.5'],
		[formatNumber, 0.0004, '4e-4'],
		[formatNumber, 123_456, '1.2e5'],
		[formatNumber, null, '–'],
		[formatNumber, undefined, '–'],
		[formatSetting, 0.0004, '4e-4'],
		[formatSetting, 0.001, '1e-3'],
		[formatSetting, 0.05, '0.05'],
		[formatSetting, 0.012_345, '0.012345'],
		[formatSetting, 100, '100'],
		[formatRatio, 0.214, '0.21'],
		[formatRatio, 0, '0.00'],
		[formatRatio, 12.34, '12.3'],
		[formatRatio, 183.4, '183'],
		[formatRatio, 9999.4, '9999'],
		[formatRatio, 1e6, '>1e4'],
		[formatRatio, null, 'n/a'],
		[formatPercent, 0.976, '97.6 %'],
		[formatPercent, 1, '100.0 %'],
		[formatPercent, null, '–'],
		[formatDuration, 0.4, '0 s'],
		[formatDuration, 11, '11 s'],
		[formatDuration, 59.6, '1 min 0 s'],
		[formatDuration, 200, '3 min 20 s'],
		[formatDuration, 7500, '2 h 5 min'],
		[formatDuration, 273_600, '3 d 4 h'],
		[formatDuration, -5, '0 s'],
	] as ReadonlyArray<readonly [(value: never) => string, number | null | undefined, string]>)('%o of %s is %j', (format, value, expected) => {
		expect(format(value as never)).toBe(expected);
	});

	it('put a ratio into five columns at the most', () => {
		const widths = [0, 0.004, 0.994, 0.996, 9.994, 9.996, 99.94, 99.96, 999.4, 9999.4, 9999.6, 1e300].map(ratio => formatRatio(ratio).length);
		expect(Math.max(...widths)).toBeLessThanOrEqual(5);
	});
});
