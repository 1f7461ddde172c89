import {type ChildProcess, spawn} from 'node:child_process';
import {
	closeSync, constants, openSync, readFileSync, statSync,
} from 'node:fs';
import {type Socket} from 'node:net';
import process from 'node:process';
import {reason} from '../errors.js';
import {packagePath} from '../package.js';
import {safeText} from '../safe-text.js';
import {inBackground} from './background.js';
import {type RunDirectory} from './directory.js';
import {trainerFile} from './prepare.js';
import {takeStandby} from './standby.js';

/** What runs in the child: the training, or the reader of what others train. */
export type TrainerProgram = keyof typeof programFiles;

const programFiles = {trainer: trainerFile, foreign: 'dist/foreign.js'} as const;

/** How a trainer ended; `error` if it could not even be started. */
export type TrainerExit = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: string};

export type TrainerProcess = {
	readonly pid: number;
	/** How it ended, once it has. */
	readonly exit: () => TrainerExit | undefined;
	/** Waits for its end, and keeps this process alive until then. */
	readonly wait: () => Promise<TrainerExit>;
	readonly kill: (signal: NodeJS.Signals) => void;
};

/** A trainer that was started from here; `gone` is aborted once it has ended. */
export type StartedTrainer = TrainerProcess & {readonly gone: AbortSignal};

/**
Starts the trainer of a run in a session of its own, its output in `trainer.log`: neither Ctrl-C nor a lost connection reaches it,
and no pipe can break under it. In a batch job it stays in the foreground, with the process group of the job.
*/
export function startTrainer(run: RunDirectory, program: TrainerProgram = 'trainer'): StartedTrainer {
	const child = (program === 'trainer' ? takeStandby(run) : undefined) ?? launch(run, program);
	const gone = new AbortController();
	let exit: TrainerExit | undefined;
	const exited = new Promise<TrainerExit>(resolve => {
		const end = (how: TrainerExit) => {
			exit ??= how;
			gone.abort();
			resolve(exit);
		};

		// Not `exit`: what it said last may still be on its way.
		child.once('close', (code, signal) => {
			end({code, signal});
		});
		child.once('error', error => {
			end({code: null, signal: null, error: reason(error)});
		});
	});
	return {
		pid: child.pid ?? 0,
		gone: gone.signal,
		exit: () => exit,
		async wait() {
			child.ref();
			(child.stderr as Socket | null)?.ref();
			return exited;
		},
		kill(signal) {
			child.kill(signal);
		},
	};
}

function launch(run: RunDirectory, program: TrainerProgram): ChildProcess {
	const log = openLog(run);
	const child = spawn(process.execPath, [packagePath(programFiles[program]), run.folder], {...inBackground(process.env), stdio: ['ignore', log, log]});
	closeSync(log);
	child.unref();
	return child;
}

const openLog = (run: RunDirectory): number =>
	openSync(run.log, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);

/**
Has this process speak to the log of its run from now on, whoever it spoke to before: whatever of Node or the system writes to its output
ends up there. A file that is opened takes the lowest number that is free.
*/
export function speakToLog(run: RunDirectory): void {
	for (const descriptor of [1, 2]) {
		closeSync(descriptor);
		openLog(run);
	}
}

/** The last lines that the trainer wrote to its log, made safe; empty if it said nothing. */
export function lastWords(run: RunDirectory, lines = 3): string[] {
	try {
		const {size} = statSync(run.log);
		const text = size > 1_000_000 ? '' : readFileSync(run.log, 'utf8');
		return text.split('\n').filter(line => line.trim() !== '').slice(-lines).map(line => safeText(line, 200));
	} catch {
		return [];
	}
}

/** When a process of this machine started, in clock ticks since boot; with the pid it names a process for good. Linux only. */
export const processStart = (pid: number): string | undefined => processFields(pid)?.[19];

/** The fields of Linux's account of a process from the third on, its state; the second, the name, may hold anything. */
function processFields(pid: number): readonly string[] | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	} catch {
		return undefined;
	}
}

/**
Whether the process that had a pid since `started` lives still; one that is dead and waits to be reaped does not. Unknown where there
is a process of that pid, but nothing tells whether it is the one.
*/
export function processState(pid: number, started: string | undefined): 'alive' | 'died' | 'unknown' {
	const fields = processFields(pid);
	if (fields && started !== undefined) {
		return fields[19] === started && !/^[ZX]/v.test(fields[0] ?? '') ? 'alive' : 'died';
	}

	try {
		process.kill(pid, 0);
		return 'unknown';
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'died' : 'unknown';
	}
}
