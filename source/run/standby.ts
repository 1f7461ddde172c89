/** The trainer that was started before the flags were understood. It stands by until it is told its run, or until nobody is left who could tell it. */
import {appendFileSync} from 'node:fs';
import {type RunDirectory} from './directory.js';
import {type Prepared, type Standby} from './prepare.js';

let standby: Prepared | undefined;

/** Keeps a trainer that stands by for the first run that wants one. */
export function holdStandby(prepared: Prepared): void {
	standby = prepared;
}

/**
Gives the trainer that stands by its run; undefined if there is none. From then on it is on its own. What it says before it has found the log of
the run is written there for it.
*/
export function takeStandby(run: RunDirectory): Standby | undefined {
	const child = standby?.take();
	child?.stdin.end(run.folder);
	child?.stderr.on('data', (words: Uint8Array) => {
		appendFileSync(run.log, words);
	});
	return child;
}
