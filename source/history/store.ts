import {type RunEvent} from '../run/events.js';
import {emptyHistory, type History, reduce} from './reduce.js';
import {createTeller} from './teller.js';

export type HistoryStore = {
	readonly get: () => History;
	/** Calls `listener` after changes, at most once an interval; returns how to stop that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Takes in events until there are no more. */
	readonly consume: (events: AsyncIterable<{readonly event: RunEvent}>) => Promise<void>;
	readonly noteDamage: () => void;
	readonly noteTrainer: (trainer: History['trainer']) => void;
};

/**
Where events become history. Listeners hear of changes, and always of the last one, but not before so many milliseconds have passed
since they were told last as `interval` says, which is asked once for each time that they are told.
*/
export function createStore(interval: () => number): HistoryStore {
	let history = emptyHistory;
	const listeners = new Set<() => void>();
	const tell = createTeller(interval, () => {
		for (const listener of listeners) {
			listener();
		}
	});

	const change = (next: History) => {
		history = next;
		tell();
	};

	return {
		get: () => history,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async consume(events) {
			for await (const {event} of events) {
				change(reduce(history, event));
			}
		},
		noteDamage() {
			change({...history, damaged: history.damaged + 1});
		},
		noteTrainer(trainer) {
			if (trainer !== history.trainer) {
				change({...history, trainer});
			}
		},
	};
}
