import process from 'node:process';
import {toAscii} from '../chart/ascii.js';
import {chooseGlyphs, type Glyphs, glyphSets} from '../chart/glyphs.js';
import {summaryLines} from '../export/summary.js';
import {emptyHistory, type History, reduce} from '../history/reduce.js';
import {isBatchJob} from '../run/batch-job.js';
import {describeEvent} from './describe-event.js';
import {type Experiment, type GivenFlags} from './experiment.js';
import {dieOfHangup} from './hangup.js';
import {checkLook} from './look.js';
import {type Interruption, watchInterruptions} from './interruptions.js';
import {createSpeaker, type Speaker} from './speech.js';
import {shownPath, verdictOf} from './verdict.js';

/** `ibtop run`: trains, and prints a line a measured epoch, or the events with `--json`; a summary at the end. Returns the exit code. */
export async function runInLines(given: GivenFlags, start: () => Experiment): Promise<number> {
	const isJson = given['json'] === true;
	const glyphs = chooseGlyphs(process.env, checkLook(given).glyphs);
	const print = linePrinter(process.stdout, isJson ? glyphSets.braille : glyphs);
	const note = linePrinter(process.stderr, glyphs);
	const reading = new AbortController();
	const caught: {interruption?: Interruption; stopped?: Promise<void>} = {};
	// Before the trainer starts: what interrupts in between is dispatched when it has.
	watchInterruptions(interruption => {
		caught.interruption ??= interruption;
		caught.stopped = experiment.stop(interruption.by);
	}, () => {
		reading.abort();
	});
	const speaker = given['plain'] && !isJson ? createSpeaker(print) : undefined;
	const experiment = start();
	const history = await printEvents(experiment, isJson, print, note, reading.signal, speaker);
	speaker?.finish();
	if (reading.signal.aborted) {
		dieOfHangup();
		return 129;
	}

	await (caught.stopped ?? experiment.trainer.wait());
	if (caught.interruption?.isSilent) {
		return caught.interruption.exitCode;
	}

	if (history.epochs.length > 0) {
		for (const line of (isJson ? [] : ['', ...summaryLines(history, process.stdout.columns || 80, glyphs)])) {
			print(line);
		}

		note(`The run lies in ${shownPath(experiment.run.folder)}.`);
	}

	const verdict = verdictOf(experiment, history);
	if (verdict.sentence) {
		note(verdict.sentence);
	}

	return caught.interruption?.exitCode ?? verdict.exitCode;
}

type Print = (line: string) => void;

async function printEvents(
	experiment: Experiment,
	isJson: boolean,
	print: Print,
	note: Print,
	signal: AbortSignal,
	speaker: Speaker | undefined,
): Promise<History> {
	const width = process.stdout.isTTY ? process.stdout.columns || 80 : Infinity;
	let history = emptyHistory;
	for await (const {event, line, end} of experiment.events(signal)) {
		history = reduce(history, event);
		// Whoever reads the events needs all of them; to a person, what a run that goes on had told before is old.
		if (end <= experiment.known && !isJson) {
			continue;
		}

		if (event.type === 'start' || (event.type === 'resume' && event.from)) {
			note(`${experiment.activity} in ${shownPath(experiment.run.folder)} (process ${experiment.trainer.pid}${isBatchJob(process.env) ? ', which ends with this Slurm job' : ''}).`);
		}

		if (speaker) {
			speaker.hear(event, history);
			continue;
		}

		for (const text of isJson ? [line] : describeEvent(event, history, width)) {
			print(text);
		}
	}

	return history;
}

/** Prints lines to a stream that may go away; in ASCII where the locale has no more. */
const linePrinter = (stream: NodeJS.WriteStream, glyphs: Glyphs): Print => line => {
	if (stream.writable) {
		stream.write(`${glyphs.isPlainText ? toAscii(line) : line}\n`);
	}
};
