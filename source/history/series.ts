import {type EpochEvent} from '../run/events.js';
import {type History} from './reduce.js';

type Series = {readonly events: EpochEvent[]; readonly values: unknown[]};

/** What has been read out of a run, by the first of its epochs and by key. */
const known = new WeakMap<EpochEvent, Map<string, Series>>();

/**
One value for each measured epoch of a history, read out of each event once: histories of a run that grows share what they have in
common. `key` names what `valueOf` reads. The result is not to be kept: it may grow.
*/
export function seriesOf<Value>({epochs}: History, key: string, valueOf: (event: EpochEvent) => Value): readonly Value[] {
	const [first] = epochs;
	if (!first) {
		return [];
	}

	const all = known.get(first) ?? new Map<string, Series>();
	known.set(first, all);
	let series = all.get(key);
	if (!series || !isSharedWith(series.events, epochs)) {
		series = {events: [], values: []};
		all.set(key, series);
	}

	for (const event of epochs.slice(series.events.length)) {
		series.events.push(event);
		series.values.push(valueOf(event));
	}

	const values = series.values as Value[];
	return values.length === epochs.length ? values : values.slice(0, epochs.length);
}

/** Runs only grow at their end, or are cut there: if the last common event is the same, so are those before it. */
function isSharedWith(events: readonly EpochEvent[], epochs: readonly EpochEvent[]): boolean {
	const common = Math.min(events.length, epochs.length);
	return common === 0 || events[common - 1] === epochs[common - 1];
}
