import {spawn} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** The built program, as a user starts it. */
export const programFile = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

type Environment = Readonly<Record<string, string>>;

/** An environment in which nothing of the test runner's shows: no CI, NODE_ENV, FORCE_COLOR or IBTOP_RUNS. */
export const environment = (extra: Environment = {}): Record<string, string> => ({
	PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LANG: 'C.UTF-8', TERM: 'xterm-256color', ...extra,
});

export type Outcome = {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
};

export type Started = {
	readonly pid: number;
	readonly stdout: () => string;
	readonly kill: (signal: NodeJS.Signals) => void;
	readonly outcome: Promise<Outcome>;
};

type StartOptions = {
	readonly cwd: string;
	readonly env?: Environment;
	/** Another program than ibtop; the arguments are then its own. */
	readonly file?: string;
	/** Arguments for Node itself. */
	readonly node?: readonly string[];
};

/** Starts the program with pipes instead of a terminal. */
export function startProgram(args: readonly string[], {cwd, env, file, node = []}: StartOptions): Started {
	const [command, all] = file === undefined ? [process.execPath, [...node, programFile, ...args]] as const : [file, args] as const;
	const child = spawn(command, all, {cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe']});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return {
		pid: child.pid!,
		stdout: () => stdout,
		kill(signal) {
			child.kill(signal);
		},
		outcome: new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code, signal) => {
				resolve({
					code, signal, stdout, stderr,
				});
			});
		}),
	};
}

export const runProgram = async (args: readonly string[], options: StartOptions): Promise<Outcome> => startProgram(args, options).outcome;
