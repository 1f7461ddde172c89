import {
	existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {onTestFinished} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {decodeLine} from '../../source/run/line.js';

/** The files of one run, as a test reads them. */
export type RunFiles = {
	readonly folder: string;
	readonly file: (...parts: string[]) => string;
	/** `run.json`, or undefined while it is not there. */
	readonly manifest: () => {readonly pid?: number; readonly name: string; readonly engine: {readonly name?: string}} | undefined;
	/** The whole lines of `events.ndjson`, without their newlines. */
	readonly lines: () => string[];
	/** The events of these lines; a line that is not sound makes this throw. */
	readonly events: () => RunEvent[];
	readonly isTrainerAlive: () => boolean;
};

/** An empty folder of the test's own. When the test is over, the trainers that still work in it are killed, and it is removed. */
export function temporaryFolder(): string {
	const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'ibtop-test-')));
	onTestFinished(() => {
		for (const pid of trainersIn(folder)) {
			process.kill(pid, 'SIGKILL');
		}

		rmSync(folder, {recursive: true, force: true, maxRetries: 10});
	});
	return folder;
}

/** The run `name` in a runs folder. */
export function runFiles(runs: string, name: string): RunFiles {
	const folder = path.join(runs, name);
	const file = (...parts: string[]) => path.join(folder, ...parts);
	const lines = () => existsSync(file('events.ndjson')) ? readFileSync(file('events.ndjson'), 'utf8').split('\n').slice(0, -1) : [];
	const manifest = () => existsSync(file('run.json')) ? JSON.parse(readFileSync(file('run.json'), 'utf8')) as ReturnType<RunFiles['manifest']> : undefined;
	return {
		folder,
		file,
		manifest,
		lines,
		events: () => lines().map((line, index) => {
			const decoded = decodeLine(line);
			if (decoded.kind !== 'event') {
				throw new Error(`line ${index + 1} of ${name} is ${decoded.kind}: ${line.slice(0, 200)}`);
			}

			return decoded.event;
		}),
		isTrainerAlive: () => isAlive(manifest()?.pid) || trainersIn(folder).length > 0,
	};
}

/** Whether a process runs; one that is dead and waits to be reaped does not. */
export function isAlive(pid: number | undefined): boolean {
	if (pid === undefined) {
		return false;
	}

	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}

	return !/^\d+ \(.*\) Z/sv.test(readProcess(pid, 'stat'));
}

/** The trainers whose run lies in a folder, known by their command line, by the log that they speak to, or, while they stand by, by where they stand. */
export function trainersIn(folder: string): number[] {
	const isInside = (argument: string) => argument === folder || argument.startsWith(`${folder}${path.sep}`);
	return processes().filter(pid => {
		const [, ...args] = readProcess(pid, 'cmdline').split('\0');
		const places = () => [...args, linkOf(pid, 'fd/2'), linkOf(pid, 'cwd')];
		return /\b(?:trainer\.cjs|foreign\.js)$/v.test(args[0] ?? '') && places().some(place => isInside(place)) && isAlive(pid);
	});
}

const processes = () => existsSync('/proc/self/stat') ? readdirSync('/proc').map(Number).filter(pid => pid > 0) : [];

function readProcess(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, 'utf8');
	} catch {
		return '';
	}
}

function linkOf(pid: number, file: string): string {
	try {
		return readlinkSync(`/proc/${pid}/${file}`);
	} catch {
		return '';
	}
}
