/** Half of the window, in measured epochs: a median of five. Measured epochs are log-spaced, so that is about ±4 % of an epoch. */
export const halfWindow = 2;

/**
Running median over 2·halfWindow + 1 values, fewer at the start; one spike of the optimiser leaves no trace in it.
The last `halfWindow` values have no whole window yet and are left out, so that nothing which was said is changed by the next value.
*/
export const runningMedian = (values: readonly number[]): number[] =>
	Array.from({length: Math.max(0, values.length - halfWindow)}, (_, index) => smoothedAt(values, index));

/** The running median at one place, which has `halfWindow` values behind it. */
export const smoothedAt = (values: readonly number[], index: number): number => index < halfWindow
	? median(values.slice(0, index + halfWindow + 1))
	: medianOfFive(values[index - 2]!, values[index - 1]!, values[index]!, values[index + 1]!, values[index + 2]!);

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Of four, the two in the middle, and of those and the fifth the one between. */
function medianOfFive(a: number, b: number, c: number, d: number, last: number): number {
	const low = Math.max(Math.min(a, b), Math.min(c, d));
	const high = Math.min(Math.max(a, b), Math.max(c, d));
	return Math.max(Math.min(low, high), Math.min(Math.max(low, high), last));
}
