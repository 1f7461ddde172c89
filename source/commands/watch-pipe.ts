import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {failure, usage} from '../errors.js';
import {type GivenFlags} from './experiment.js';
import {checkLook} from './look.js';
import {startPipe} from './pipe-run.js';
import {printOnce, watchOnScreen} from './watch.js';

/**
`… | ibtop watch -`: the events of design.md from a pipe, as JSON Lines, for tools that compute information themselves and for runs on
other machines. Keys come from the terminal then. Returns the exit code.
*/
export async function watchPipe(given: GivenFlags, version: string): Promise<number> {
	if (process.stdin.isTTY) {
		throw usage('ibtop watch - reads events from a pipe: ssh host ibtop run --json | ibtop watch -');
	}

	const look = checkLook(given);
	if (given['once'] && !given['json'] && !given['plain']) {
		const experiment = startPipe(given, version);
		for await (const _ of experiment.events(new AbortController().signal)) {
			// Everything that comes, until it ends.
		}

		return printOnce(experiment.run, given, look);
	}

	const isScreen = process.stdout.isTTY && process.env['TERM'] !== 'dumb' && given['json'] !== true && given['plain'] !== true;
	const keyboard = isScreen ? openKeyboard() : undefined;
	if (!keyboard) {
		const {runInLines} = await import('./lines.js');
		return runInLines(given, () => startPipe(given, version));
	}

	const {run, store, events} = startPipe(given, version);
	const letGo = holdKeys(keyboard);
	const exitCode = await watchOnScreen(run, {
		...look,
		store,
		events,
		keyboard,
		requestPause() {
			throw failure('the events come from a pipe: pause the training where it runs');
		},
		requestCheckpoint() {
			throw failure('the events come from a pipe: there is nothing to keep here');
		},
	});
	letGo();
	keyboard.destroy();
	process.stdin.destroy();
	return exitCode;
}

/** Milliseconds between two looks after the terminal. */
const holdInterval = 1000;

/**
Keeps the terminal sending keys one by one: programs before us in the pipe share it, and some of them, all of Node's among them, set it
back at their end to what it was at their beginning. It is set only where that changes something, so it is let go for a moment.
*/
function holdKeys(keyboard: ReadStream): () => void {
	const timer = setInterval(() => {
		if (keyboard.isRaw) {
			keyboard.setRawMode(false);
			keyboard.setRawMode(true);
		}
	}, holdInterval);
	return () => {
		clearInterval(timer);
	};
}

/** The terminal itself, since standard input is a pipe; undefined where there is none. */
function openKeyboard(): ReadStream | undefined {
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return undefined;
	}
}
