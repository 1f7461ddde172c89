/** Maps numbers from a domain onto a range, both given by their ends. */
export type Scale = (value: number) => number;

/** A domain of no length goes to the middle of the range. */
export function linearScale([low, high]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
	return value => high === low ? (start + end) / 2 : start + ((value - low) / (high - low) * (end - start));
}

/** The way through a training on a logarithmic clock that starts at 0: 0 at epoch 0, 1 at `last`. */
export const epochFraction = (epoch: number, last: number): number => last > 0 ? Math.log1p(epoch) / Math.log1p(last) : 0;

/** Where tick labels go: round numbers from 0 to `high`, at most `count` steps. */
export function ticks(high: number, count: number): number[] {
	const steps = [0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 10, 20, 50, 100];
	const step = steps.find(candidate => high / candidate <= count) ?? high;
	return Array.from({length: Math.floor((high / step) + 1e-9) + 1}, (_, index) => index * step);
}
