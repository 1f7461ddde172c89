/** Maps numbers from a domain onto a range, both given by their ends. */
export type Scale = (value: number) => number;

/** A domain of no length goes to the middle of the range. */
export function linearScale([low, high]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
	return value => high === low ? (start + end) / 2 : start + ((value - low) / (high - low) * (end - start));
}

/** The way through a training on a logarithmic clock that starts at 0: 0 at epoch 0, 1 at `last`. */
export const epochFraction = (epoch: number, last: number): number => last > 0 ? Math.log1p(epoch) / Math.log1p(last) : 0;

/** Where tick labels go: round numbers within the domain, at most `count` steps apart. */
export function ticks([low, high]: readonly [number, number], count: number): number[] {
	const length = high - low;
	const power = 10 ** Math.floor(Math.log10(length / count));
	const step = [1, 2, 3, 5, 10].map(factor => factor * power).find(candidate => length / candidate <= count + 1e-9) ?? length;
	const first = Math.ceil((low / step) - 1e-9);
	// H(Y) = 0.999 bits is labelled 1.0.
	const last = Math.floor((high / step) + 0.01);
	return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => (first + index) * step);
}
