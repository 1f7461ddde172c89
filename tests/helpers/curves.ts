import {Random} from '../../source/random.js';
import {measuredEpochs} from '../../source/training/schedule.js';

/** The epochs at which a run of 8000 is measured. */
export const grid = [...measuredEpochs(8000)];

export type Knot = readonly [epoch: number, ratio: number];

/** A ratio that goes through the knots, in straight lines on log-log axes; level before the first and after the last. */
export function ratioCurve(knots: readonly Knot[]): (epoch: number) => number {
	return epoch => {
		const after = knots.findIndex(([at]) => at >= epoch);
		if (after <= 0) {
			return knots.at(after)![1];
		}

		const [from, low] = knots[after - 1]!;
		const [to, high] = knots[after]!;
		const share = Math.log((epoch + 1) / (from + 1)) / Math.log((to + 1) / (from + 1));
		return low * ((high / low) ** share);
	};
}

/** The curve at the measured epochs. */
export const sample = (knots: readonly Knot[], epochs: readonly number[] = grid) => {
	const ratioAt = ratioCurve(knots);
	return epochs.map(epoch => ({epoch, ratio: ratioAt(epoch)}));
};

/** Each ratio times e^(sigma·z), z standard normal: what the batches' chance does to it. */
export function withNoise<Point extends {readonly ratio: number}>(points: readonly Point[], sigma: number, seed: number): Point[] {
	const random = Random.stream(seed, 'test');
	return points.map(point => ({...point, ratio: point.ratio * Math.exp(sigma * random.normal())}));
}

/** The first measured epoch after `start` at which the curve is on the other side of 1, or on the side that is asked for. */
export const firstEpoch = (points: ReadonlyArray<{readonly epoch: number; readonly ratio: number}>, start: number, side: 'below' | 'above') =>
	points.find(({epoch, ratio}) => epoch > start && (side === 'below' ? ratio < 1 : ratio > 1))!.epoch;

/** Curves drawn after the ones of the papers' network (science.md section 6), whose switch is known: the crossing after the peak. */
export const tanhLike = {
	output: [[0, 1.8], [8, 1.2], [20, 1.6], [45, 20], [400, 1], [8000, 0.15]],
	dip: [[0, 1.8], [3, 1.3], [5, 0.7], [18, 0.7], [22, 1.2], [45, 15], [400, 1], [8000, 0.15]],
	lastHidden: [[0, 1.7], [10, 1.1], [40, 6], [150, 1], [8000, 0.06]],
	first: [[0, 2], [5, 1.6], [27, 1], [8000, 0.05]],
} as const satisfies Record<string, readonly Knot[]>;
