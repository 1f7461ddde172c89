import {runningMedian} from './smooth.js';

/** By how many bits I(X;T) must have fallen from its highest before that counts as compression. */
export const compressionBits = 1;

/**
The onset of compression of one layer under one estimator: the epoch of the highest I(X;T), smoothed by a running median of five
measured epochs (the last of several as high), if it has since fallen by `compressionBits`; null if it has not. What [ST17] calls the compression phase begins there.
*/
export function findOnset(points: ReadonlyArray<{readonly epoch: number; readonly x: number}>): number | null {
	const peak = onsetIn(runningMedian(points.map(({x}) => x)));
	return peak === null ? null : points[peak]!.epoch;
}

/** The same of values that are smoothed already: the index of the onset. */
export function onsetIn(smoothed: readonly number[]): number | null {
	let peak = -1;
	let lowest = Infinity;
	for (let index = 0; index < smoothed.length; index++) {
		const bits = smoothed[index]!;
		if (peak === -1 || bits >= smoothed[peak]!) {
			peak = index;
			lowest = bits;
		}

		lowest = Math.min(lowest, bits);
	}

	return peak !== -1 && smoothed[peak]! - lowest >= compressionBits ? peak : null;
}
