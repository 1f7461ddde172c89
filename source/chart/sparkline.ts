import {type Glyphs} from './glyphs.js';

export type SparklineValue = number | null;

/**
Puts a series into `width` columns: each column shows the median of the values that fall into it, so that a line stays calm where
many epochs share a column. A short series stays as it is; a column without a value is null.
*/
export function resample(values: readonly SparklineValue[], width: number): SparklineValue[] {
	if (values.length <= width) {
		return [...values];
	}

	return Array.from({length: width}, (_, column) => {
		const share = values.slice(firstIndex(column, values.length, width), firstIndex(column + 1, values.length, width));
		const numbers = share.filter(value => value !== null).toSorted((a, b) => a - b);
		return numbers[numbers.length >> 1] ?? null;
	});
}

/** The column that the value at `index` falls into. */
export function resampledColumn(index: number, length: number, width: number): number {
	return length <= width ? index : Math.min(width - 1, Math.floor(((index + 1) * width / length) - 1e-9));
}

/** The first value of a column; columns share the values as evenly as can be. */
export const firstIndex = (column: number, length: number, width: number): number => Math.floor(column * length / width);

/** The ends of what can be shown on a logarithmic axis: the smallest and largest positive values. */
export function logDomain(values: readonly SparklineValue[]): readonly [number, number] {
	const logs = values.filter((value): value is number => value !== null && value > 0).map(value => Math.log(value));
	return logs.length === 0 ? [0, 1] : [Math.min(...logs), Math.max(...logs)];
}

/** A bar a column, on a logarithmic axis between the ends of `domain` (natural logarithms); a space where there is no value. */
export function sparkline(values: readonly SparklineValue[], width: number, [low, high]: readonly [number, number], glyphs: Glyphs): string[] {
	const top = glyphs.bars.length - 1;
	return resample(values, width).map(value => {
		if (value === null) {
			return ' ';
		}

		if (value <= 0) {
			return glyphs.bars[0]!;
		}

		const level = high > low ? (Math.log(value) - low) / (high - low) * top : top / 2;
		return glyphs.bars[Math.min(top, Math.max(0, Math.round(level)))]!;
	});
}
