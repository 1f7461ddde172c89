import {type History, phasesUpTo} from './reduce.js';

/** The history as it was after the measured epoch at `index`: for looking back. */
export function historyAt(history: History, index: number): History {
	const epochs = history.epochs.slice(0, index + 1);
	const last = epochs.at(-1)?.epoch ?? 0;
	const isNow = epochs.length === history.epochs.length;
	return isNow
		? history
		: {
			...history, epochs, phases: history.phases.map(phases => phasesUpTo(phases, last)), announcement: undefined, end: undefined, isPaused: false,
		};
}
