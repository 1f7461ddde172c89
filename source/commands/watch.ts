import process from 'node:process';
import {formatCount} from '../chart/format.js';
import {chooseGlyphs, type Glyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {failure, usage} from '../errors.js';
import {summaryLines} from '../export/summary.js';
import {type History} from '../history/reduce.js';
import {currentEpoch} from '../history/select.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {processorTime} from '../processor-time.js';
import {readManifest, type RunDirectory, runsRoot} from '../run/directory.js';
import {dropDirectory, findRuns} from '../run/find.js';
import {safeText} from '../safe-text.js';
import {colorLevel} from '../ui/color-level.js';
import {redrawInterval} from '../ui/redraw-interval.js';
import {type ScreenOptions} from '../ui/mount.js';
import {type Size} from '../ui/screen/terminal.js';
import {gridText} from '../ui/screen/text.js';
import {type GivenFlags} from './experiment.js';
import {eventsOf, historyOf, recordedOf} from './follow.js';
import {dieOfHangup} from './hangup.js';
import {hasScreen} from './has-screen.js';
import {checkLook, type Look} from './look.js';
import {type PlannedReplay, replayOf} from './replay.js';
import {requestsTo} from './requests.js';
import {printSummary} from './screen.js';
import {shownPath} from './verdict.js';

/**
`ibtop watch [RUN…]`: a run, live, finished or foreign, with its whole history; several of one experiment as if they were one run with
repeats, others side by side; nothing that it does harms them. `watch DIR` and `watch -` make a run of what others train. Returns the
exit code.
*/
export async function watch(given: GivenFlags, names: readonly string[], version: string): Promise<number> {
	if (names.length === 1 && names[0] === '-') {
		const {watchPipe} = await import('./watch-pipe.js');
		return watchPipe(given, version);
	}

	const folder = dropDirectory(runsRoot(textFlag(given, 'runs'), process.env), names);
	if (folder !== undefined) {
		const {watchDirectory} = await import('./watch-directory.js');
		return watchDirectory(given, folder, version);
	}

	return watchRuns(given, names);
}

/** Runs of ibtop. */
export async function watchRuns(given: GivenFlags, names: readonly string[]): Promise<number> {
	const replay = replayOf(given);
	if (!given['once'] && !hasScreen(given)) {
		throw usage('ibtop watch needs --once where there is no terminal: it prints one frame of a run.');
	}

	const look = checkLook(given);
	const root = runsRoot(textFlag(given, 'runs'), process.env);
	const runs = findRuns(root, names);
	if (replay && runs.length > 1) {
		throw usage(`--replay plays one run: name one of the ${runs.length}.`);
	}

	// A CI variable keeps Ink from drawing; that is decided when it is imported.
	delete process.env['CI'];
	const {expectedSeeds, jointFrame, joinsRuns, watchJointly} = await import('./joint.js');
	const expected = expectedSeeds(given);
	if (joinsRuns(runs, names, given)) {
		const joint = {
			runs, root, names, expected,
		};
		return given['once'] ? print(await jointFrame(joint, frameSize(given), look), look) : watchJointly(joint, look);
	}

	if (runs.length > 1) {
		const {compareOnScreen, comparisonFrame} = await import('./compare.js');
		return given['once'] ? print(await comparisonFrame(runs, frameSize(given), look), look) : compareOnScreen(runs, look);
	}

	const run = runs[0]!;
	readManifest(run);
	if (given['once']) {
		return printOnce(run, given, look);
	}

	const store = createStore(redrawInterval(processorTime));
	return watchOnScreen(run, {
		store, ...(replay ? replayed(run, store, replay) : {events: (signal: AbortSignal) => eventsOf(run, store, signal)}), ...look,
	});
}

/** One frame of what a run holds by now. */
export const printOnce = async (run: RunDirectory, given: GivenFlags, look: Look): Promise<number> => print(await runFrame(run, frameSize(given), look), look);

/** The screen of a run that somebody else trains, or that has ended. */
export async function watchOnScreen(run: RunDirectory, options: Pick<ScreenOptions, 'store' | 'events'> & Partial<ScreenOptions> & Look): Promise<number> {
	// A CI variable keeps Ink from drawing; that is decided when it is imported.
	delete process.env['CI'];
	const {showScreen} = await import('../ui/mount.js');
	const departure = await showScreen({...requestsTo(run), ...options});
	if (departure.kind === 'hangup') {
		dieOfHangup();
		return 129;
	}

	if (departure.kind === 'error') {
		throw departure.error;
	}

	const glyphs = chooseGlyphs(process.env, options.glyphs);
	const history = options.store.get();
	if (options.replay === undefined) {
		afterScreen(run, history, glyphs);
	} else {
		printSummary([`The replay of ${shownPath(run.folder)} came to epoch ${formatCount(currentEpoch(history))}.`], glyphs);
	}

	return departure.exitCode;
}

/** The same screen, with all events in their time: the pauses are the replay's, and there is no trainer to ask for anything. */
const replayed = (run: RunDirectory, store: HistoryStore, replay: PlannedReplay) => ({
	events: (signal: AbortSignal) => replay.play(recordedOf(run, store, signal), signal),
	...requestsTo(run),
	requestPause: replay.pause,
	requestCheckpoint() {
		throw failure('this is a replay: there is nothing to keep');
	},
	replay: replay.title,
});

/** The summary of what was seen; of a run that goes on, that it does. */
function afterScreen(run: RunDirectory, history: History, glyphs: Glyphs): void {
	const isTraining = !history.end && history.trainer !== 'died';
	const place = `The run lies in ${shownPath(run.folder)}${isTraining && history.trainer === 'alive' ? '; its training goes on' : ''}.`;
	printSummary(history.epochs.length > 0 ? [...summaryLines(history, process.stdout.columns || 80, glyphs, isTraining), place] : [place], glyphs);
}

async function runFrame(run: RunDirectory, size: Size, look: Look): Promise<Grid> {
	// A CI variable keeps Ink from drawing; that is decided when it is imported.
	delete process.env['CI'];
	const history = await historyOf(run);
	if (!history.start) {
		throw failure(`The run ${shownPath(run.folder)} has no events yet: try again in a moment.`);
	}

	const {stillFrame} = await import('../ui/still.js');
	return stillFrame(history, size, chooseGlyphs(process.env, look.glyphs));
}

/** Prints a frame as text. */
function print(frame: Grid, look: Look): number {
	process.stdout.on('error', () => undefined);
	process.stdout.write(`${gridText(frame, colorLevel(process.env, process.stdout.isTTY, look.color)).join('\n')}\n`);
	return 0;
}

const frameSize = (given: GivenFlags): Size =>
	({columns: sizeFlag(given, 'width', process.stdout.columns || 80), rows: sizeFlag(given, 'height', process.stdout.rows || 24)});

const textFlag = (given: GivenFlags, name: string): string | undefined => typeof given[name] === 'string' ? given[name] : undefined;

function sizeFlag(given: GivenFlags, name: string, otherwise: number): number {
	const text = textFlag(given, name);
	const value = text === undefined ? otherwise : Number(text);
	if (!Number.isInteger(value) || value < 1 || value > 1000) {
		throw usage(`--${name} must be a whole number from 1 to 1000, not "${safeText(text ?? '', 40)}".`);
	}

	return value;
}
