import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';
import {type RunDirectory} from '../run/directory.js';
import {trainerWatch} from '../run/liveness.js';
import {followRun, type Recorded} from '../run/reader.js';

/** The events of a run from elsewhere, until it ends or its trainer is gone. That it died is known only when there is no end among them. */
export async function * eventsOf(run: RunDirectory, store: HistoryStore, signal: AbortSignal, interval?: number): AsyncGenerator<Recorded, void> {
	const trainer = trainerWatch(run);
	yield * followRun(run.events, {
		signal,
		...(interval !== undefined && {interval}),
		isOver() {
			const isGone = trainer() === 'died';
			if (!isGone) {
				store.noteTrainer(trainer());
			}

			return isGone;
		},
		onDamage: store.noteDamage,
	});
	if (!signal.aborted && !store.get().end) {
		store.noteTrainer('died');
	}
}

/** All that a run holds by now. */
export async function historyOf(run: RunDirectory): Promise<History> {
	let history = emptyHistory;
	for await (const {event} of followRun(run.events, {isOver: () => true})) {
		history = reduce(history, event);
	}

	return {...history, trainer: trainerWatch(run)()};
}
