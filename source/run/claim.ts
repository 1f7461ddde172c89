/**
Only one trainer may write a run. Each that wants to puts a file there with the next number, which the file system lets only one of
several make; it may, once the process that made the one before is gone. So no lock can be left behind that somebody has to clean up.
*/
import {
	linkSync, readdirSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import {failure} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type RunDirectory} from './directory.js';
import {processStart, processState} from './process.js';

const ownerSchema = z.looseObject({
	pid: z.int(), started: z.optional(z.string()), host: z.string(), job: z.optional(z.string()),
});
type Owner = z.output<typeof ownerSchema>;

const pattern = /^trainer-(?<number>\d{6})\.json$/v;

/** Makes this process the trainer of a run; throws, in a sentence, where another one is. Returns how to give that up. */
export function claimRun(run: RunDirectory, environment: NodeJS.ProcessEnv = process.env): () => void {
	const mine = ownerOf(environment);
	for (;;) {
		const last = claimsIn(run).at(-1);
		checkLast(run, last, mine);
		const number = (last ?? 0) + 1;
		if (make(run, number, mine)) {
			return settle(run, number);
		}
	}
}

/** Throws, in a sentence, where a run has a trainer already. */
export function checkUnclaimed(run: RunDirectory, environment: NodeJS.ProcessEnv = process.env): void {
	checkLast(run, claimsIn(run).at(-1), ownerOf(environment));
}

function checkLast(run: RunDirectory, last: number | undefined, mine: Owner): void {
	const owner = last === undefined ? undefined : readOwner(run, last);
	if (owner && !isGone(owner, mine)) {
		throw failure(`The run ${safeText(run.folder)} is being trained already, by process ${owner.pid} on ${safeText(owner.host, 80)}${owner.host === mine.host ? '' : `; if that is gone, remove ${fileOf(last!)} in its folder`}.`);
	}
}

/** Whoever made a number that somebody has passed by in the meantime was too late. */
function settle(run: RunDirectory, number: number): () => void {
	const release = () => {
		rmSync(path.join(run.folder, fileOf(number)), {force: true});
	};

	const claims = claimsIn(run);
	if (claims.at(-1) !== number) {
		release();
		throw failure(`The run ${safeText(run.folder)} is being trained already: another process was quicker.`);
	}

	for (const earlier of claims.slice(0, -1)) {
		rmSync(path.join(run.folder, fileOf(earlier)), {force: true});
	}

	return release;
}

const fileOf = (number: number): string => `trainer-${String(number).padStart(6, '0')}.json`;

const claimsIn = (run: RunDirectory): number[] =>
	readdirSync(run.folder).flatMap(name => Number(pattern.exec(name)?.groups?.['number'] ?? [])).filter(number => number > 0).toSorted((a, b) => a - b);

function ownerOf({SLURM_JOB_ID: id, SLURM_ARRAY_JOB_ID: array, SLURM_ARRAY_TASK_ID: task}: NodeJS.ProcessEnv): Owner {
	const started = processStart(process.pid);
	const job = array ? `${array}_${task ?? ''}` : id;
	return {
		pid: process.pid, ...(started !== undefined && {started}), host: os.hostname(), ...(job && {job}),
	};
}

function readOwner(run: RunDirectory, number: number): Owner | undefined {
	try {
		return ownerSchema.safeParse(JSON.parse(readFileSync(path.join(run.folder, fileOf(number)), 'utf8'))).data;
	} catch {
		return undefined;
	}
}

/** A batch job runs once at a time: if it is there again, what it was before is gone, wherever that ran. */
function isGone(owner: Owner, mine: Owner): boolean {
	if (owner.host === mine.host) {
		return owner.pid === mine.pid || processState(owner.pid, owner.started) === 'died';
	}

	return owner.job !== undefined && owner.job === mine.job;
}

/** The file is there at once with all that it says, or not at all. False where somebody else has made it. */
function make(run: RunDirectory, number: number, owner: Owner): boolean {
	const file = path.join(run.folder, fileOf(number));
	const draft = `${file}.${process.pid}.tmp`;
	try {
		writeFileSync(draft, JSON.stringify(owner), {mode: 0o600, flag: 'wx'});
		linkSync(draft, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
			return false;
		}

		throw error;
	} finally {
		rmSync(draft, {force: true});
	}
}
