import {type Glyphs} from './glyphs.js';

export type SparklineValue = number | null;

/** Takes `width` values out of a series at even steps, the first and the last among them; a short series stays as it is. */
export function resample<Value>(values: readonly Value[], width: number): Value[] {
	if (values.length <= width) {
		return [...values];
	}

	return Array.from({length: width}, (_, column) => values[sourceIndex(column, values.length, width)]!);
}

/** The column of the value at `index` after `resample`. */
export function resampledColumn(index: number, length: number, width: number): number {
	return length <= width ? index : Math.round(index * (width - 1) / (length - 1));
}

const sourceIndex = (column: number, length: number, width: number) => Math.round(column * (length - 1) / Math.max(1, width - 1));

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
