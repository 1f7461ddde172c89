import {type History, phasesUpTo} from './reduce.js';

/** The history as it was after the measured epoch at `index`: for looking back. */
export function historyAt(history: History, index: number): History {
	const epochs = history.epochs.slice(0, index + 1);
	const last = epochs.at(-1)?.epoch ?? 0;
	const isNow = epochs.length === history.epochs.length;
	return isNow
		? history
		: {
			...history, epochs, phases: history.phases.map(phases => phasesUpTo(phases, last)), announcement: undefined, end: undefined, isPaused: false, trainer: 'alive',
		};
}

/** The history, its repeats too, as it was at an epoch: at the last that was measured by then. */
export function historyUpTo(history: History, epoch: number): History {
	const upTo = (each: History) => historyAt(each, each.epochs.findLastIndex(event => event.epoch <= epoch));
	return {...upTo(history), repeats: history.repeats.map(repeat => ({...repeat, history: upTo(repeat.history)}))};
}

/** What has been put together for a history: a frame asks several times. */
const known = new WeakMap<History, Map<number, History>>();

/** One of several repeats as if it were the run; whether that is paused or over is the run's. The run itself where there is no such repeat. */
export function repeatOf(history: History, index: number): History {
	const repeat = history.repeats[index];
	if (!repeat) {
		return history;
	}

	const all = known.get(history) ?? new Map<number, History>();
	known.set(history, all);
	const found = all.get(index) ?? {
		...repeat.history, isPaused: history.isPaused, end: repeat.history.end ?? history.end, warnings: history.warnings, trainer: history.trainer, damaged: history.damaged,
	};
	all.set(index, found);
	return found;
}
