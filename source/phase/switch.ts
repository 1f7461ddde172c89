import {runningMedian} from './smooth.js';

/** The signal-to-noise ratio M/S of one layer's gradients at one measured epoch; null where S = 0. */
export type RatioPoint = {readonly epoch: number; readonly ratio: number | null};

export type SwitchAnalysis
	/** S = 0 at every epoch: with one batch an epoch there is no spread, and no answer. */
	= | {readonly state: 'undefined'}
	/** The smoothed ratio has not been above 1 so far. */
		| {readonly state: 'never-drifted'}
	/** It has been, and no sustained crossing has followed its peak; or there are too few epochs to tell. */
		| {readonly state: 'not-yet'}
		| {readonly state: 'switched'; readonly epoch: number; readonly reversals: readonly number[]};

/** How many smoothed values in a row make the crossing sustained, and how many a reversal. */
const crossingLength = 2;
const reversalLength = 10;

/**
The switch from drift to diffusion of one layer. With r = log(M/S), smoothed by a running median of five measured epochs:
1. the peak is the largest r so far;
2. the switch is the first epoch after the peak from which two smoothed values in a row (so six measured epochs, of which at least
   three lie below) are below 0, that is, M < S;
3. a reversal is an epoch after it from which ten in a row are above 0 again; it does not move the switch.

Applied to a run that goes on, an early dip may count as the switch until a higher peak follows; then it counts no more.
The phenomenon: [ST17] section 3.3; no tool of the papers finds it, and this rule is ibtop's.
*/
export function analyseSwitch(points: readonly RatioPoint[]): SwitchAnalysis {
	const defined = points.filter((point): point is {epoch: number; ratio: number} => point.ratio !== null && point.ratio > 0);
	if (points.length > 0 && defined.length === 0) {
		return {state: 'undefined'};
	}

	return switchIn(runningMedian(defined.map(({ratio}) => Math.log(ratio))), index => defined[index]!.epoch);
}

/** The same of log(M/S) smoothed already, without the epochs where S = 0. */
export function switchIn(smoothed: readonly number[], epochAt: (index: number) => number): SwitchAnalysis {
	if (smoothed.length === 0) {
		return {state: 'not-yet'};
	}

	const peak = firstGreatest(smoothed);
	if (smoothed[peak]! <= 0) {
		return {state: 'never-drifted'};
	}

	const [first, ...later] = crossings(smoothed, peak);
	if (first === undefined) {
		return {state: 'not-yet'};
	}

	const reversals = later.filter((_, index) => index % 2 === 0);
	return {state: 'switched', epoch: epochAt(first), reversals: reversals.map(index => epochAt(index))};
}

/** There may be more than a call takes arguments. */
function firstGreatest(values: readonly number[]): number {
	let peak = 0;
	for (let index = 1; index < values.length; index++) {
		peak = values[index]! > values[peak]! ? index : peak;
	}

	return peak;
}

/** Where the values change sides for good enough: below 0 first, then above, and so on. */
function crossings(values: readonly number[], start: number): number[] {
	const found: number[] = [];
	let isAbove = true;
	for (let index = start + 1; index < values.length; index++) {
		const length = isAbove ? crossingLength : reversalLength;
		const away = isAbove ? -1 : 1;
		if (isRun(values, index, length, away)) {
			found.push(index);
			isAbove = !isAbove;
		}
	}

	return found;
}

/** Whether `length` values from `start` on all have the sign of `away`. */
function isRun(values: readonly number[], start: number, length: number, away: number): boolean {
	for (let index = start; index < start + length; index++) {
		if (index >= values.length || !(values[index]! * away > 0)) {
			return false;
		}
	}

	return true;
}
