/** How fast a run is, and when it will be done. Pure, and cheap enough for every frame. */
import {measuredEpochs} from '../training/schedule.js';
import {totalEpochs} from './about.js';
import {type History} from './reduce.js';

export type Pace = {
	/** Over the last measured epochs, as it went. */
	readonly perSecond: number;
	/** Undefined where nobody knows how long the training will be. */
	readonly secondsLeft: number | undefined;
	/** Whether the time left is only known to be shorter than that. */
	readonly isAtMost: boolean;
};

/** What lies between two measured epochs: passes, one measurement, and the seconds that both took. */
type Interval = {readonly epochs: number; readonly seconds: number};

/** So many intervals tell how fast the run is now. */
const recent = 11;

/** So many tell what a pass and a measurement cost: enough that the lengths differ, when neighbours are 2 % apart. */
const memory = 80;

/** So many must be of another length than the shortest, so that chance does not decide. */
const variety = 5;

/** Undefined while there is no pace yet. */
export function pace(history: History): Pace | undefined {
	const intervals = intervalsOf(history);
	const total = totalEpochs(history);
	const last = history.epochs.at(-1)?.epoch;
	const perSecond = 1 / secondsAnEpoch(intervals.slice(-recent));
	if (last === undefined || !Number.isFinite(perSecond)) {
		return undefined;
	}

	if (total === undefined) {
		return {perSecond, secondsLeft: undefined, isAtMost: false};
	}

	const cost = costs(intervals);
	const epochsLeft = total - last;
	const measurementsLeft = [...measuredEpochs(total)].filter(epoch => epoch > last).length;
	// Epochs are measured more and more rarely: as long as every one of them is, the rest can only be quicker.
	return cost
		? {perSecond, secondsLeft: (cost.epoch * epochsLeft) + (cost.measurement * measurementsLeft), isAtMost: false}
		: {perSecond, secondsLeft: epochsLeft / perSecond, isAtMost: measurementsLeft < epochsLeft};
}

/** The last ones; a run that was taken further may have started its clock anew in between. */
function intervalsOf({epochs}: History): Interval[] {
	const events = epochs.slice(-memory - 1);
	return events.slice(1)
		.map((event, index) => ({epochs: event.epoch - events[index]!.epoch, seconds: event.seconds - events[index]!.seconds}))
		.filter(each => each.epochs > 0 && each.seconds >= 0);
}

const secondsAnEpoch = (intervals: readonly Interval[]): number =>
	sum(intervals, ({seconds}) => seconds) / sum(intervals, ({epochs}) => epochs);

/**
The seconds of a pass and of a measurement, which may be several passes long: the line seconds = epoch · epochs + measurement through
the intervals by least squares, with neither of the two below 0. Undefined as long as the intervals are of one length.
*/
function costs(intervals: readonly Interval[]): {epoch: number; measurement: number} | undefined {
	const shortest = Math.min(...intervals.map(({epochs}) => epochs));
	if (intervals.filter(({epochs}) => epochs > shortest).length < variety) {
		return undefined;
	}

	const mean = {epochs: sum(intervals, ({epochs}) => epochs) / intervals.length, seconds: sum(intervals, ({seconds}) => seconds) / intervals.length};
	const slope = sum(intervals, ({epochs, seconds}) => (epochs - mean.epochs) * (seconds - mean.seconds))
		/ sum(intervals, ({epochs}) => (epochs - mean.epochs) ** 2);
	const epoch = Math.min(Math.max(0, slope), mean.seconds / mean.epochs);
	return {epoch, measurement: mean.seconds - (epoch * mean.epochs)};
}

const sum = (intervals: readonly Interval[], value: (interval: Interval) => number): number =>
	intervals.reduce((total, interval) => total + value(interval), 0);
