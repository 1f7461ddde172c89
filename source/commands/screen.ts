import process from 'node:process';
import v8 from 'node:v8';
import {toAscii} from '../chart/ascii.js';
import {chooseGlyphs, type Glyphs} from '../chart/glyphs.js';
import {summaryLines} from '../export/summary.js';
import {isBatchJob} from '../run/batch-job.js';
import {type ScreenOptions} from '../ui/mount.js';
import {type Departure} from '../ui/stage.js';
import {type Experiment, type GivenFlags} from './experiment.js';
import {dieOfHangup} from './hangup.js';
import {checkLook, type Look} from './look.js';
import {requestsTo} from './requests.js';
import {shownPath, verdictOf} from './verdict.js';

/** `ibtop`: trains in a child process and shows the screen until the user leaves it. Returns the exit code. */
export async function runOnScreen(given: GivenFlags, start: () => Experiment): Promise<number> {
	// A CI variable keeps Ink from drawing; that is decided when it is imported.
	delete process.env['CI'];
	compileLater();
	const look = checkLook(given);
	const {showScreen} = await import('../ui/mount.js');
	// From the start of the trainer on, somebody must listen to signals: what comes before the screen does is dispatched after it has.
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => undefined);
	}

	const experiment = start();
	const departure = await showScreen({...screenOptions(experiment), ...look});
	return afterScreen(experiment, departure, chooseGlyphs(process.env, look.glyphs));
}

/**
The runtime compiles what has run for a while. A few pictures a second never pay for that in the first minute, where it costs as much as
drawing. Node 20 can be told to wait; later versions have no such flag, and would complain of it on the terminal.
*/
function compileLater(): void {
	if (process.versions.node.startsWith('20.')) {
		v8.setFlagsFromString('--interrupt-budget=1000000');
	}
}

function screenOptions({run, store, events, stop, trainer}: Experiment): Omit<ScreenOptions, keyof Look> {
	return {
		store,
		events: signal => events(signal, true),
		owned: {stop, trainerGone: trainer.wait, reasonToStay: isBatchJob(process.env) ? 'inside a Slurm job the training would end with it: stay, or give --resume to the next job' : undefined},
		...requestsTo(run),
	};
}

/** The terminal is the user's again: the summary goes to it, what went wrong to stderr. */
function afterScreen(experiment: Experiment, departure: Departure, glyphs: Glyphs): number {
	const {run, trainer, store, worker} = experiment;
	if (departure.kind === 'hangup') {
		dieOfHangup();
		return 129;
	}

	if (departure.kind === 'error') {
		process.stderr.write(`The screen failed; the ${worker === 'trainer' ? 'training' : 'reading'} goes on in ${shownPath(run.folder)} (process ${trainer.pid}).\n`);
		throw departure.error;
	}

	const history = store.get();
	if (history.epochs.length > 0) {
		printSummary([...summaryLines(history, process.stdout.columns || 80, glyphs, departure.isTrainingOn), `The run lies in ${shownPath(run.folder)}.`], glyphs);
	}

	if (departure.isTrainingOn) {
		const place = shownPath(run.folder);
		process.stderr.write(`${worker === 'trainer' ? 'Training' : 'Reading'} goes on (process ${trainer.pid}): "ibtop watch ${place}" brings it back, "ibtop stop ${place}" ends it.\n`);
		return 0;
	}

	const verdict = verdictOf(experiment, history);
	if (verdict.sentence) {
		process.stderr.write(`${verdict.sentence}\n`);
	}

	return departure.exitCode === 0 ? verdict.exitCode : departure.exitCode;
}

/** What stays on the terminal when the screen is gone. */
export function printSummary(lines: readonly string[], glyphs: Glyphs): void {
	const text = lines.join('\n');
	process.stdout.write(`${glyphs.isPlainText ? toAscii(text) : text}\n`);
}
