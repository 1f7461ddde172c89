/** The middle of several numbers, and the half of them that lies around it. */
export type Spread = {readonly low: number; readonly middle: number; readonly high: number};

/** Median and quartiles, between neighbours by their distance (as numpy's `percentile` does); undefined of nothing. */
export function spreadOf(numbers: ReadonlyArray<number | null | undefined>): Spread | undefined {
	const sorted = Float64Array.from(numbers.filter(number => number !== null && number !== undefined)).toSorted();
	if (sorted.length === 0) {
		return undefined;
	}

	const at = (fraction: number) => {
		const place = fraction * (sorted.length - 1);
		const below = sorted[Math.floor(place)]!;
		return below + ((sorted[Math.ceil(place)]! - below) * (place % 1));
	};

	return {low: at(0.25), middle: at(0.5), high: at(0.75)};
}
