import {reason, UserError} from '../errors.js';
import {type Grid} from '../chart/grid.js';
import {type ShownPlane} from '../export/pictures.js';
import {isForeign} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {estimatorAt} from '../history/select.js';
import {type Recorded} from '../run/reader.js';
import {App} from './app.js';
import {type Action} from './keys.js';
import {createRequests, type Requesting} from './requests.js';
import {
	type Departure, type Play, type Stage, type StageLook, takeStage,
} from './stage.js';
import {type View} from './state.js';

export type ScreenOptions = StageLook & Requesting & {
	readonly events: (signal: AbortSignal) => AsyncIterable<Recorded>;
	/** Of a run that was started from here; without it, leaving the screen harms nothing, and a run that has ended stays on it. */
	readonly owned?: {
		/** Stops the training, and waits until it has; at once when called again. */
		readonly stop: (by: string) => Promise<void>;
		readonly trainerGone: () => Promise<unknown>;
		/** Why the training cannot be left to itself, if it cannot. */
		readonly reasonToStay: string | undefined;
	};
	/** Of a replay: what it is called. */
	readonly replay?: string;
	/** Saves the screen and the history; returns what to say at once, and what to say when the pictures are there too. */
	readonly snapshot: (screen: Grid, history: History, plane: ShownPlane) => {readonly said: string; readonly later: Promise<string>};
};

/** Shows a run until the user leaves, the trainer dies, or a signal comes. */
export const showScreen = async (options: ScreenOptions): Promise<Departure> => takeStage(options, stage => playRun(options, stage));

function playRun(options: ScreenOptions, stage: Stage): Play {
	const {store, owned} = options;
	const reading = new AbortController();
	let followed: Promise<void> = Promise.resolve();
	let isLeaving = false;
	/** What the screen shows: the store may know more by now. */
	let shown = store.get();

	const {togglePause, keep} = createRequests(options);
	let news: string | undefined;
	const tell = (text: string) => {
		news = text;
		stage.redraw();
	};

	const snapshot = (view: View): string => {
		const history = view.frozen ?? shown;
		const {said, later} = options.snapshot(stage.grid(), history, {estimator: estimatorAt(history, view.estimator), by: view.colorBy});
		later.then(tell, (error: unknown) => {
			tell(sentenceOf(error));
		});
		return said;
	};

	const onAction = (action: Action, view: View): string | undefined => {
		switch (action) {
			case 'quit':
			case 'interrupt':
			case 'repaint':
			case 'suspend': {
				stage.obey(action);
				return undefined;
			}

			case 'detach': {
				if (!owned?.reasonToStay) {
					stage.depart({kind: 'left', exitCode: 0, ...(owned && {isTrainingOn: true})});
				}

				return owned?.reasonToStay;
			}

			case 'checkpoint': {
				return attempt(keep);
			}

			case 'pause': {
				return attempt(togglePause);
			}

			case 'snapshot': {
				return attempt(() => snapshot(view));
			}

			default: {
				return undefined;
			}
		}
	};

	return {
		element() {
			shown = store.get();
			return (
				<App
					history={shown}
					size={stage.size()}
					glyphsOf={stage.glyphsOf}
					isViewer={!owned}
					replay={options.replay}
					alert={isLeaving ? `stopping the ${isForeign(shown) ? 'reading' : 'training'}… (once more: at once)` : stage.slowSentence()}
					news={news}
					onPlots={stage.paint}
					onAction={onAction}
				/>
			);
		},
		// The reader has its last look when the trainer is gone, so that the end is known when the screen goes.
		leave(by, exitCode) {
			if (!owned) {
				stage.depart({kind: 'left', exitCode});
				return;
			}

			isLeaving = true;
			stage.redraw();
			owned.stop(by).then(async () => followed).then(() => {
				stage.depart({kind: 'left', exitCode});
			}, (error: unknown) => {
				stage.depart({kind: 'error', error});
			});
		},
		begin() {
			const unsubscribe = store.subscribe(stage.redraw);
			followed = follow(options, reading.signal, how => {
				// Whoever is leaving already knows how: a trainer that was stopped has no end to tell, if it had to be killed.
				if (!isLeaving || how.kind === 'error') {
					stage.depart(how);
				}
			});
			return () => {
				reading.abort();
				unsubscribe();
			};
		},
	};
}

/** Feeds the store. A run that ended stays on the screen until the user leaves; a trainer of ours that died or failed does not. */
async function follow({store, events, owned}: ScreenOptions, signal: AbortSignal, leave: (departure: Departure) => void): Promise<void> {
	try {
		await store.consume(events(signal));
		const {end} = store.get();
		if (owned && !signal.aborted && (!end || end.reason === 'failed')) {
			await owned.trainerGone();
			leave({kind: 'left', exitCode: 1});
		}
	} catch (error) {
		leave({kind: 'error', error});
	}
}

/** Says what went wrong instead of throwing. */
function attempt(work: () => string | undefined): string | undefined {
	try {
		return work();
	} catch (error) {
		return sentenceOf(error);
	}
}

const sentenceOf = (error: unknown): string => error instanceof UserError ? error.message : reason(error);
