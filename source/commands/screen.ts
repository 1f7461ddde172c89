import path from 'node:path';
import process from 'node:process';
import {toAscii} from '../chart/ascii.js';
import {chooseGlyphs, type Glyphs} from '../chart/glyphs.js';
import {saveSnapshot} from '../export/snapshot.js';
import {summaryLines} from '../export/summary.js';
import {sendRequest} from '../run/control.js';
import {type Departure, type ScreenOptions} from '../ui/mount.js';
import {type Experiment, type GivenFlags, startExperiment} from './experiment.js';
import {dieOfHangup} from './hangup.js';
import {checkLook, type Look} from './look.js';
import {shownPath, verdictOf} from './verdict.js';

/** `ibtop`: trains in a child process and shows the screen until the user leaves it. Returns the exit code. */
export async function runOnScreen(given: GivenFlags, version: string): Promise<number> {
	// Ink's development build leaks, and a CI variable keeps it from drawing; both are decided when it is imported.
	process.env['NODE_ENV'] = 'production';
	delete process.env['CI'];
	const look = checkLook(given);
	const {showScreen} = await import('../ui/mount.js');
	// From the start of the trainer on, somebody must listen to signals: what comes before the screen does is dispatched after it has.
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => undefined);
	}

	const experiment = startExperiment(given, version);
	const departure = await showScreen({...screenOptions(experiment), ...look});
	return afterScreen(experiment, departure, chooseGlyphs(process.env, look.glyphs));
}

function screenOptions({run, store, events, stop, trainer}: Experiment): Omit<ScreenOptions, keyof Look> {
	return {
		store,
		events,
		stop,
		requestPause(isPaused) {
			sendRequest(run, isPaused ? 'pause' : 'resume', 'p in the viewer');
		},
		snapshot(screen, history) {
			const stem = saveSnapshot(run, screen, history);
			return `saved ${path.basename(stem)}.{txt,csv,json} in ${shownPath(run.snapshots)}`;
		},
		trainerGone: trainer.wait,
	};
}

/** The terminal is the user's again: the summary goes to it, what went wrong to stderr. */
function afterScreen(experiment: Experiment, departure: Departure, glyphs: Glyphs): number {
	const {run, trainer, store} = experiment;
	if (departure.kind === 'hangup') {
		dieOfHangup();
		return 129;
	}

	if (departure.kind === 'error') {
		process.stderr.write(`The screen failed; the training goes on in ${shownPath(run.folder)} (process ${trainer.pid}).\n`);
		throw departure.error;
	}

	const history = store.get();
	if (history.epochs.length > 0) {
		const text = [...summaryLines(history, process.stdout.columns || 80, glyphs), `The run lies in ${shownPath(run.folder)}.`].join('\n');
		process.stdout.write(`${glyphs.isPlainText ? toAscii(text) : text}\n`);
	}

	const verdict = verdictOf(experiment, history);
	if (verdict.sentence) {
		process.stderr.write(`${verdict.sentence}\n`);
	}

	return departure.exitCode === 0 ? verdict.exitCode : departure.exitCode;
}
