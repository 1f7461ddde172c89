/** Half of the window, in measured epochs: a median of five. Measured epochs are log-spaced, so that is about ±4 % of an epoch. */
export const halfWindow = 2;

/**
Running median over 2·halfWindow + 1 values, fewer at the start; one spike of the optimiser leaves no trace in it.
The last `halfWindow` values have no whole window yet and are left out, so that nothing which was said is changed by the next value.
*/
export function runningMedian(values: readonly number[]): number[] {
	return values.slice(0, Math.max(0, values.length - halfWindow)).map((_, index) => {
		const window = values.slice(Math.max(0, index - halfWindow), index + halfWindow + 1).toSorted((a, b) => a - b);
		const middle = window.length >> 1;
		return window.length % 2 === 1 ? window[middle]! : (window[middle - 1]! + window[middle]!) / 2;
	});
}
