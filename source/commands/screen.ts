import process from 'node:process';
import {chooseGlyphs} from '../chart/glyphs.js';
import {saveSnapshot} from '../export/snapshot.js';
import {summaryLines} from '../export/summary.js';
import {sendRequest} from '../run/control.js';
import {type Departure, type ScreenOptions} from '../ui/mount.js';
import {type Experiment, type GivenFlags, startExperiment} from './experiment.js';
import {shownPath, verdictOf} from './verdict.js';

/** `ibtop`: trains in a child process and shows the screen until the user leaves it. Returns the exit code. */
export async function runOnScreen(given: GivenFlags, version: string): Promise<number> {
	const experiment = startExperiment(given, version);
	// Ink's development build leaks, and a CI variable keeps it from drawing; both are decided when it is imported.
	process.env['NODE_ENV'] = 'production';
	delete process.env['CI'];
	const {showScreen} = await import('../ui/mount.js');
	const departure = await showScreen(screenOptions(experiment));
	const history = experiment.store.get();
	const exitCode = await afterScreen(experiment, departure);
	if (departure.kind !== 'hangup') {
		process.stdout.write(`${[...summaryLines(history, process.stdout.columns || 80, chooseGlyphs(process.env)), `The run lies in ${shownPath(experiment.run.folder)}.`].join('\n')}\n`);
	}

	return exitCode;
}

function screenOptions({run, store, events, stop, trainer}: Experiment): ScreenOptions {
	return {
		store,
		events,
		stop,
		togglePause(isPaused) {
			sendRequest(run, isPaused ? 'resume' : 'pause', 'p in the viewer');
		},
		snapshot: (screen, history) => `saved ${shownPath(saveSnapshot(run, screen, history))}.{txt,csv,json}`,
		trainerExited: trainer.exited,
	};
}

/** The terminal is the user's again: what there is to say now goes to stderr. */
async function afterScreen(experiment: Experiment, departure: Departure): Promise<number> {
	if (departure.kind === 'error') {
		await experiment.stop('the viewer failed');
		throw departure.error;
	}

	if (departure.kind === 'hangup') {
		return 129;
	}

	const verdict = verdictOf(experiment, experiment.store.get());
	if (verdict.sentence) {
		process.stderr.write(`${verdict.sentence}\n`);
	}

	return departure.exitCode === 0 ? verdict.exitCode : departure.exitCode;
}

