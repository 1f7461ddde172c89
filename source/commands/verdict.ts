import process from 'node:process';
import {type History} from '../history/reduce.js';
import {lastWords} from '../run/process.js';
import {safeText} from '../safe-text.js';
import {type Experiment} from './experiment.js';

/** How a run ended, for the person who started it: an exit code, and a sentence if something went wrong. */
export type Verdict = {readonly exitCode: number; readonly sentence?: string};

/** The verdict on a run whose events have ended. */
export function verdictOf({run, trainer, worker, isKilled}: Experiment, {end}: History): Verdict {
	if (!end) {
		if (worker === 'pipe') {
			return {exitCode: 1, sentence: `The pipe ended before the run did; what came is in ${shownPath(run.folder)}.`};
		}

		const exit = trainer.exit();
		if (exit?.error !== undefined) {
			return {exitCode: 1, sentence: `The ${worker} cannot be started (${exit.error}): is ${process.execPath} still there, and are there not too many processes?`};
		}

		if (isKilled()) {
			return {exitCode: 0, sentence: `The ${worker} (process ${trainer.pid}) was in the middle of a step, and was killed; what it had measured is in ${shownPath(run.folder)}.`};
		}

		const how = exit?.signal ? `was killed by ${exit.signal}` : `ended with code ${exit?.code ?? 'unknown'}`;
		const words = lastWords(run);
		const said = words.length > 0 ? `; its last words: ${words.join(' / ')}` : ' and left no word';
		return {
			exitCode: 1,
			sentence: `The ${worker} (process ${trainer.pid}) ${how} before the end${said}; what it had measured is in ${shownPath(run.folder)}.`,
		};
	}

	if (end.reason === 'failed' || end.reason === 'diverged') {
		return {exitCode: 1, sentence: end.reason === 'failed' ? end.message ?? 'The training failed.' : `The training diverged: ${end.message ?? 'NaN'}.`};
	}

	return {exitCode: 0};
}

/** A path as it is shown: relative where that is shorter, and safe. */
export function shownPath(path: string): string {
	const here = `${process.cwd()}/`;
	return safeText(path.startsWith(here) ? path.slice(here.length) : path);
}
