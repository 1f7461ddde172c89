import process from 'node:process';
import {isForeign, readManifest, runsRoot} from '../run/directory.js';
import {findRun} from '../run/find.js';
import {glanceAt} from '../run/glance.js';
import {askOf} from './ask.js';
import {type GivenFlags, textOf} from './experiment.js';
import {hasScreen} from './has-screen.js';
import {checkOnlyLength, takeUp} from './take-up.js';
import {takeUpReading} from './watch-directory.js';

/** `ibtop resume [RUN]`: a paused run goes on; one that has ended or died goes on from its checkpoint, in a trainer of its own. Returns the exit code. */
export async function resumeRun(given: GivenFlags, name: string | undefined): Promise<number> {
	checkOnlyLength(given);
	const run = findRun(runsRoot(textOf(given, 'runs'), process.env), name);
	if (glanceAt(run).state === 'paused') {
		process.stdout.write(`${await askOf(run, 'resume')}\n`);
		return 0;
	}

	const manifest = readManifest(run);
	const start = () => isForeign(manifest) ? takeUpReading(run, manifest) : takeUp(run, given);
	if (hasScreen(given)) {
		const {runOnScreen} = await import('./screen.js');
		return runOnScreen(given, start);
	}

	const {runInLines} = await import('./lines.js');
	return runInLines(given, start);
}
