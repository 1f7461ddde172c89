import {setMaxListeners} from 'node:events';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {chooseGlyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {failure, usage} from '../errors.js';
import {summaryLines} from '../export/summary.js';
import {createJoint} from '../history/joint.js';
import {type History} from '../history/reduce.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {createTeller} from '../history/teller.js';
import {processorTime} from '../processor-time.js';
import {type RunDirectory} from '../run/directory.js';
import {findRuns} from '../run/find.js';
import {safeText} from '../safe-text.js';
import {redrawInterval} from '../ui/redraw-interval.js';
import {type Size} from '../ui/screen/terminal.js';
import {type GivenFlags} from './experiment.js';
import {eventsOf, historyOf} from './follow.js';
import {dieOfHangup} from './hangup.js';
import {fitsAmong, isOneExperiment} from './joinable.js';
import {type Look} from './look.js';
import {requestsTo} from './requests.js';
import {printSummary} from './screen.js';

/** What many runs are shown as one by. */
export type JointOptions = {
	readonly runs: readonly RunDirectory[];
	readonly root: string;
	/** As they were given: patterns among them stand for runs to come, too. */
	readonly names: readonly string[];
	/** How many seeds there should be, if that was said. */
	readonly expected: number | undefined;
};

/** Milliseconds between two looks for runs that have begun since. */
const searchInterval = 2000;

/** Milliseconds from one picture to the next at the least: medians of many move slowly, and all of them are taken anew. */
const slowness = 400;

/** Whether runs are to be shown as one: several of the same experiment, or one that is known to be the first of them. */
export function joinsRuns(runs: readonly RunDirectory[], names: readonly string[], given: GivenFlags): boolean {
	if (given['tiles'] === true) {
		return false;
	}

	const isFirst = runs.length === 1 && given['repeats'] !== undefined && names.some(name => name.includes('*'));
	return isFirst || (runs.length > 1 && isOneExperiment(runs));
}

/** `--repeats N`, with watch: how many seeds there should be. */
export function expectedSeeds({repeats}: GivenFlags): number | undefined {
	const count = repeats === undefined ? undefined : Number(repeats);
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 1000)) {
		throw usage(`--repeats must be a whole number from 1 to 1000, not "${safeText(String(repeats), 40)}".`);
	}

	return count;
}

/** The screen of many runs as if they were one with repeats. Returns the exit code. */
export async function watchJointly(options: JointOptions, look: Look): Promise<number> {
	const {showScreen} = await import('../ui/mount.js');
	const {store, follow, running} = followAll(options);
	const [first] = options.runs as [RunDirectory];
	const departure = await showScreen({
		...look,
		store,
		events: follow,
		snapshot: requestsTo(first).snapshot,
		requestPause(isPaused) {
			for (const run of running()) {
				requestsTo(run).requestPause(isPaused);
			}
		},
		requestCheckpoint() {
			for (const run of running()) {
				requestsTo(run).requestCheckpoint();
			}
		},
	});
	if (departure.kind === 'hangup') {
		dieOfHangup();
		return 129;
	}

	if (departure.kind === 'error') {
		throw departure.error;
	}

	const history = store.get();
	const glyphs = chooseGlyphs(process.env, look.glyphs);
	const seen = history.epochs.length > 0 ? summaryLines(history, process.stdout.columns || 80, glyphs, !history.end) : [];
	printSummary([...seen, `${sentenceCase(history.joint?.text ?? 'nothing has begun')}.`], glyphs);
	return departure.exitCode;
}

/** One frame of the same. */
export async function jointFrame({runs, expected}: JointOptions, size: Size, look: Look): Promise<Grid> {
	const histories: History[] = [];
	for (const run of runs) {
		histories.push(await historyOf(run));
	}

	const history = createJoint()({histories, expected});
	if (!history.start) {
		throw failure('None of the runs has events yet: try again in a moment.');
	}

	const {stillFrame} = await import('../ui/still.js');
	return stillFrame(history, size, chooseGlyphs(process.env, look.glyphs));
}

type Followed = {readonly run: RunDirectory; readonly store: HistoryStore};

/** A store whose history is that of all runs together; it is put together when somebody looks. */
function followAll({runs, root, names, expected}: JointOptions) {
	const followed: Followed[] = [];
	const listeners = new Set<() => void>();
	const join = createJoint();
	let history: History | undefined;
	const get = () => {
		history ??= join({histories: followed.map(each => each.store.get()), expected});
		return history;
	};

	const affordable = redrawInterval(processorTime);
	const tell = createTeller(() => Math.max(slowness, affordable()), () => {
		for (const listener of listeners) {
			listener();
		}
	});
	const note = () => {
		history = undefined;
		tell();
	};

	const begin = async (run: RunDirectory, signal: AbortSignal) => {
		const store = createStore(() => lookInterval(followed.length));
		followed.push({run, store});
		store.subscribe(note);
		await store.consume(eventsOf(run, store, signal, lookInterval(runs.length)));
	};

	const search = async (signal: AbortSignal) => {
		while (names.some(name => name.includes('*')) && !signal.aborted) {
			await sleep(searchInterval, undefined, {signal}).catch(() => undefined);
			for (const run of findRuns(root, names).filter(({folder}) => followed.every(each => each.run.folder !== folder))) {
				if (fitsAmong(run, followed.map(each => each.run))) {
					void begin(run, signal);
				}
			}
		}
	};

	const store: HistoryStore = {
		get,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async consume(events) {
			for await (const _ of events) {
				// The runs have stores of their own.
			}
		},
		noteDamage: () => undefined,
		noteTrainer: () => undefined,
	};

	return {
		store,
		async * follow(signal: AbortSignal) {
			// Each run listens; with more than ten, Node takes that for a leak and says so on the terminal.
			setMaxListeners(0, signal);
			await Promise.all([...runs.map(async run => begin(run, signal)), search(signal)]);
			yield * [];
		},
		running: () => followed.filter(each => !each.store.get().end && each.store.get().trainer === 'alive').map(({run}) => run),
	};
}

/** Milliseconds between looks into each of so many runs: a hundred a second are enough for all. */
const lookInterval = (count: number): number => Math.max(100, count * 10);

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
