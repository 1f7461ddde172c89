import process from 'node:process';
import {toAscii} from '../chart/ascii.js';
import {chooseGlyphs, type Glyphs, glyphSets} from '../chart/glyphs.js';
import {formatCount, formatNumber, formatPercent} from '../chart/format.js';
import {layerLabel} from '../chart/plane.js';
import {summaryLines} from '../export/summary.js';
import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {estimatorAt} from '../history/select.js';
import {type RunEvent} from '../run/events.js';
import {type GivenFlags, startExperiment} from './experiment.js';
import {shownPath, verdictOf} from './verdict.js';

/** `ibtop run`: trains, and prints a line a measured epoch, or the events with `--json`; a summary at the end. Returns the exit code. */
export async function runInLines(given: GivenFlags, version: string): Promise<number> {
	const isJson = given['json'] === true;
	const experiment = startExperiment(given, version);
	const interruption = interruptions();
	let history = emptyHistory;
	const glyphs = chooseGlyphs(process.env);
	const print = linePrinter(process.stdout, isJson ? glyphSets.braille : glyphs);
	const note = linePrinter(process.stderr, glyphs);
	const ending = interruption.promise.then(async ({by}) => experiment.stop(by));
	for await (const {event, line} of experiment.events()) {
		history = reduce(history, event);
		if (event.type === 'start') {
			note(`Training ${experiment.preset.name} in ${shownPath(experiment.run.folder)} (process ${experiment.trainer.pid}).`);
		}

		if (isJson) {
			print(line);
		} else {
			for (const text of describeEvent(event, history)) {
				print(text);
			}
		}
	}

	const caught = interruption.caught();
	await (caught ? ending : experiment.trainer.exited);

	const verdict = verdictOf(experiment, history);
	if (caught?.isSilent) {
		return caught.exitCode;
	}

	if (history.epochs.length > 0) {
		for (const line of (isJson ? [] : ['', ...summaryLines(history, process.stdout.columns || 80, glyphs)])) {
			print(line);
		}

		note(`The run lies in ${shownPath(experiment.run.folder)}.`);
	}

	if (verdict.sentence) {
		note(verdict.sentence);
	}

	return caught ? caught.exitCode : verdict.exitCode;
}

type Interruption = {readonly by: string; readonly exitCode: number; readonly isSilent: boolean};

/** Ctrl-C, SIGTERM and a reader that went away stop the training; SIGHUP, a lost connection, only ends the printing. */
function interruptions() {
	let caught: Interruption | undefined;
	const promise = new Promise<Interruption>(resolve => {
		const interrupt = (by: string, exitCode: number, isSilent: boolean) => {
			caught ??= {by, exitCode, isSilent};
			resolve(caught);
		};

		process.once('SIGINT', () => {
			interrupt('Ctrl-C', 130, false);
		});
		process.once('SIGTERM', () => {
			interrupt('SIGTERM', 143, false);
		});
		process.once('SIGHUP', () => {
			process.exit(129);
		});
		for (const stream of [process.stdout, process.stderr]) {
			stream.on('error', (error: NodeJS.ErrnoException) => {
				interrupt(error.code === 'EPIPE' ? 'the reader of the output went away' : 'the output cannot be written', error.code === 'EPIPE' ? 0 : 1, true);
			});
		}
	});
	return {promise, caught: () => caught};
}

/** Prints lines to a stream that may go away; in ASCII where the locale has no more. */
const linePrinter = (stream: NodeJS.WriteStream, glyphs: Glyphs) => (line: string) => {
	if (stream.writable) {
		stream.write(`${glyphs.name === 'ascii' ? toAscii(line) : line}\n`);
	}
};

/** What an event is in words; nothing for those that say nothing by themselves. */
export function describeEvent(event: RunEvent, history: History): string[] {
	switch (event.type) {
		case 'start': {
			return [`epoch, loss (nats), accuracy on train and test, I(X;T)/I(T;Y) of each layer in bits (${event.estimators[0]}), M/S of each layer`];
		}

		case 'epoch': {
			return [epochLine(event, history)];
		}

		case 'phase': {
			return [phaseLine(event)];
		}

		case 'pause': {
			return ['paused'];
		}

		case 'resume': {
			return [`goes on at epoch ${event.epoch}`];
		}

		case 'warning': {
			return [`note: ${event.message}`];
		}

		case 'end': {
			return [];
		}
	}
}

function epochLine(event: Extract<RunEvent, {type: 'epoch'}>, history: History): string {
	const estimator = estimatorAt(history, 0);
	const epochWidth = String(history.start?.preset.training.epochs ?? 0).length;
	const information = event.layers.map(({layer, information: {[estimator]: bits}}) => `${layerLabel(layer)} ${bits ? `${bits.x.toFixed(2)}/${bits.y.toFixed(3)}` : '–'}`);
	const ratios = event.layers.map(({gradient}) => gradient?.ratio?.toPrecision(2) ?? 'n/a');
	return [
		`epoch ${String(event.epoch).padStart(epochWidth)}`,
		`loss ${formatNumber(event.loss).padEnd(5)}`,
		`train ${formatPercent(event.accuracy.train)}`,
		`test ${formatPercent(event.accuracy.test)}`,
		information.join('  '),
		`M/S ${ratios.join(' ')}`,
	].join('  ');
}

function phaseLine({layer, event, epoch, estimator}: Extract<RunEvent, {type: 'phase'}>): string {
	const what = event === 'compression' ? `compression (${estimator ?? ''})` : (event === 'diffusion' ? 'drift to diffusion' : 'drift again');
	return epoch === null ? `layer ${layer}: ${what} withdrawn` : `layer ${layer}: ${what} at epoch ${formatCount(epoch)}`;
}
