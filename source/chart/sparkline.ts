import {type Glyphs} from './glyphs.js';

export type SparklineValue = number | null;

/**
The column of each measured epoch in a chart of `width` columns. Measured epochs are log-spaced, so giving each the same room makes
the axis logarithmic (`isLogEpochs`); otherwise each epoch has the same room. A column holds a whole number of them, so that a new
epoch changes the last column only, and the picture is laid out anew just a few times in a run.
*/
export function placesOf(epochs: readonly number[], width: number, isLogEpochs: boolean): number[] {
	const share = columnShare(epochs, width, isLogEpochs);
	return epochs.map((epoch, index) => Math.floor((isLogEpochs ? index : epoch) / share));
}

/** How many measured epochs (`isLogEpochs`), or how many epochs, a column holds. */
export function columnShare(epochs: readonly number[], width: number, isLogEpochs: boolean): number {
	const count = isLogEpochs ? epochs.length : (epochs.at(-1) ?? 0) + 1;
	return Math.max(1, Math.ceil(count / Math.max(1, width)));
}

/**
Puts a series into columns: each shows the median of the values that fall into it, so that a line stays calm where many epochs
share a column. A column that no epoch falls into goes on with the value before; null where there is none.
*/
export function resample(values: readonly SparklineValue[], places: readonly number[]): SparklineValue[] {
	const shares: number[][] = Array.from({length: (places.at(-1) ?? -1) + 1}, () => []);
	for (const [index, value] of values.entries()) {
		if (value !== null) {
			shares[places[index]!]!.push(value);
		}
	}

	const isFilled = new Set(places);
	let before: SparklineValue = null;
	return shares.map((share, column) => {
		before = isFilled.has(column) ? middle(share) : before;
		return before;
	});
}

const middle = (values: readonly number[]): SparklineValue => values.toSorted((a, b) => a - b)[values.length >> 1] ?? null;

/** The ends of what can be shown on a logarithmic axis: the smallest and largest positive values. Asked for all values of a run, in every frame. */
export function logDomain(values: readonly SparklineValue[]): readonly [number, number] {
	let low = Infinity;
	let high = 0;
	for (const value of values) {
		if (value !== null && value > 0) {
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
	}

	return high === 0 ? [0, 1] : [Math.log(low), Math.log(high)];
}

/** A bar a column, on a logarithmic axis between the ends of `domain` (natural logarithms); a space where there is no value. */
export function sparkline(
	values: readonly SparklineValue[],
	places: readonly number[],
	width: number,
	[low, high]: readonly [number, number],
	glyphs: Glyphs,
): string[] {
	const top = glyphs.bars.length - 1;
	return resample(values, places).slice(0, width).map(value => {
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
