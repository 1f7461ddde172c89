import {type RunEvent} from '../run/events.js';
import {emptyHistory, type History, reduce} from './reduce.js';

export type HistoryStore = {
	readonly get: () => History;
	/** Calls `listener` after changes, at most once an `interval`; returns how to stop that. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Takes in events until there are no more. */
	readonly consume: (events: AsyncIterable<{readonly event: RunEvent}>) => Promise<void>;
	readonly noteDamage: () => void;
};

/** Where events become history. Listeners hear of changes at most every `interval` milliseconds, and always of the last one. */
export function createStore(interval: number): HistoryStore {
	let history = emptyHistory;
	const listeners = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	let lastTold = -Infinity;

	const tell = () => {
		timer = undefined;
		lastTold = performance.now();
		for (const listener of listeners) {
			listener();
		}
	};

	const change = (next: History) => {
		history = next;
		timer ??= setTimeout(tell, Math.max(0, interval - (performance.now() - lastTold)));
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
	};
}
