import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';
import {roomFor} from '../history/thin.js';
import {type RunDirectory} from '../run/directory.js';
import {type Liveness, trainerWatch} from '../run/liveness.js';
import {type FollowOptions, followRun, type Recorded} from '../run/reader.js';

/** What a picture needs of the events of a run from elsewhere, for as long as somebody looks: what has ended, or whose trainer died, may be taken up again. */
export const eventsOf = (run: RunDirectory, store: HistoryStore, signal: AbortSignal, interval?: number): AsyncGenerator<Recorded, void> =>
	followRun(run.events, {...followed(run, store, signal), roomFor, ...(interval !== undefined && {interval})});

/** All of them. */
export const recordedOf = (run: RunDirectory, store: HistoryStore, signal: AbortSignal): AsyncGenerator<Recorded, void> =>
	followRun(run.events, followed(run, store, signal));

function followed(run: RunDirectory, store: HistoryStore, signal: AbortSignal): FollowOptions {
	const trainer = trainerWatch(run);
	let before: Liveness | undefined;
	return {
		signal,
		isPatient: true,
		isOver() {
			// What was found before the last look is true only if that look found no end; before the first, nothing is known.
			const told = before === undefined ? 'alive' : trainer();
			const now = store.get().end && told !== 'gone' ? 'alive' : told;
			if (now !== 'died' || before === 'died') {
				store.noteTrainer(now);
			}

			before = now;
			return false;
		},
		onDamage: store.noteDamage,
	};
}

/** All that a run holds by now. */
export async function historyOf(run: RunDirectory): Promise<History> {
	let history = emptyHistory;
	for await (const {event} of followRun(run.events, {isOver: () => true, roomFor})) {
		history = reduce(history, event);
	}

	return {...history, trainer: trainerWatch(run)()};
}
