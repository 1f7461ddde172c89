import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';
import {roomFor} from '../history/thin.js';
import {type RunDirectory} from '../run/directory.js';
import {type Liveness, trainerWatch} from '../run/liveness.js';
import {followRun, type Recorded} from '../run/reader.js';

/** The events of a run from elsewhere, for as long as somebody looks: what has ended, or whose trainer died, may be taken up again. */
export async function * eventsOf(run: RunDirectory, store: HistoryStore, signal: AbortSignal, interval?: number): AsyncGenerator<Recorded, void> {
	const trainer = trainerWatch(run);
	let before: Liveness = 'alive';
	yield * followRun(run.events, {
		signal,
		isPatient: true,
		roomFor,
		...(interval !== undefined && {interval}),
		isOver() {
			// What was found before the last look is true only if that look found no end.
			const told = trainer();
			const now = store.get().end && told !== 'gone' ? 'alive' : told;
			if (now !== 'died' || before === 'died') {
				store.noteTrainer(now);
			}

			before = now;
			return false;
		},
		onDamage: store.noteDamage,
	});
}

/** All that a run holds by now. */
export async function historyOf(run: RunDirectory): Promise<History> {
	let history = emptyHistory;
	for await (const {event} of followRun(run.events, {isOver: () => true, roomFor})) {
		history = reduce(history, event);
	}

	return {...history, trainer: trainerWatch(run)()};
}
