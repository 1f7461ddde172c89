import {setMaxListeners} from 'node:events';
import process from 'node:process';
import {chooseGlyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {reason, UserError} from '../errors.js';
import {emptyHistory, type History} from '../history/reduce.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {processorTime} from '../processor-time.js';
import {readManifest, type RunDirectory} from '../run/directory.js';
import {type Member} from '../ui/compare/members.js';
import {epochText, phaseText, stateText} from '../ui/headline.js';
import {redrawInterval} from '../ui/redraw-interval.js';
import {type Size} from '../ui/screen/terminal.js';
import {eventsOf, historyOf} from './follow.js';
import {dieOfHangup} from './hangup.js';
import {type Look} from './look.js';
import {printSummary} from './screen.js';
import {shownPath} from './verdict.js';

/** Several runs side by side, for as long as the user looks at them. Returns the exit code. */
export async function compareOnScreen(runs: readonly RunDirectory[], look: Look): Promise<number> {
	const {showComparison} = await import('../ui/compare/mount.js');
	const followed = runs.map((run): Followed => ({run, store: createStore(() => 50), caught: {}}));
	const members = () => followed.map(({run, store, caught}) => ({name: run.name, history: store.get(), problem: caught.problem}));
	const departure = await showComparison({
		...look,
		members,
		interval: redrawInterval(processorTime),
		follow(signal, onChange) {
			// Each run listens; with more than ten, Node takes that for a leak and says so on the terminal.
			setMaxListeners(0, signal);
			for (const each of followed) {
				each.store.subscribe(onChange);
				void follow(each, signal, lookInterval(runs.length)).then(onChange);
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

	printSummary(followed.map(({run, store, caught}) => `${shownPath(run.folder)}: ${caught.problem ?? stateOf(store.get())}`), chooseGlyphs(process.env, look.glyphs));
	return departure.exitCode;
}

/** One frame of several runs. */
export async function comparisonFrame(runs: readonly RunDirectory[], size: Size, look: Look): Promise<Grid> {
	const members = await Promise.all(runs.map(async (run): Promise<Member> => {
		try {
			readManifest(run);
			return {name: run.name, history: await historyOf(run)};
		} catch (error) {
			return {name: run.name, history: emptyHistory, problem: sentenceOf(error)};
		}
	}));
	const {stillComparison} = await import('../ui/compare/still.js');
	return stillComparison(members, size, chooseGlyphs(process.env, look.glyphs));
}

type Followed = {readonly run: RunDirectory; readonly store: HistoryStore; readonly caught: {problem?: string}};

/** A run that cannot be read does not hide the others: what is wrong stands in its place. */
async function follow({run, store, caught}: Followed, signal: AbortSignal, interval: number): Promise<void> {
	try {
		readManifest(run);
		await store.consume(eventsOf(run, store, signal, interval));
	} catch (error) {
		caught.problem = sentenceOf(error);
	}
}

const sentenceOf = (error: unknown): string => error instanceof UserError ? error.message : reason(error);

/** Milliseconds between looks into each of so many runs: a hundred a second are enough for all. */
const lookInterval = (count: number): number => Math.max(100, count * 10);

const stateOf = (history: History): string =>
	[epochText(history), phaseText(history), stateText(history)].filter(Boolean).join(', ');
