/**
A trainer's process takes as long to start as this one takes to understand its flags. So it is started first, and stands by until it is
told its run, or until nobody is left who could tell it.
*/
import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {appendFileSync} from 'node:fs';
import {type Socket} from 'node:net';
import process from 'node:process';
import {packagePath} from '../package.js';
import {isBatchJob} from './batch-job.js';
import {type RunDirectory} from './directory.js';

type Standby = ChildProcessByStdio<Socket, null, Socket>;

let standby: Standby | undefined;

/** Starts a trainer that nobody has asked for yet. If nobody does, it ends with this process. */
export function prepareTrainer(): void {
	const child = spawn(process.execPath, [packagePath('dist/trainer.js')], {detached: !isBatchJob(process.env), stdio: ['pipe', 'ignore', 'pipe']}) as Standby;
	standby = child;
	child.unref();
	for (const stream of [child.stdin, child.stderr]) {
		stream.unref();
		stream.on('error', () => undefined);
	}

	child.once('error', () => {
		standby = undefined;
	});
	child.once('exit', () => {
		standby = undefined;
	});
	process.once('exit', () => {
		standby?.kill('SIGKILL');
	});
}

/**
Gives the trainer that stands by its run; undefined if there is none. From then on it is on its own. What it says before it has found the log of
the run is written there for it.
*/
export function takeStandby(run: RunDirectory): Standby | undefined {
	const child = standby;
	standby = undefined;
	child?.stdin.end(run.folder);
	child?.stderr.on('data', (words: Uint8Array) => {
		appendFileSync(run.log, words);
	});
	return child;
}
