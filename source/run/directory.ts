import {
	mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as z from 'zod/mini';
import {failure, reason, usage} from '../errors.js';
import {once, presetSchema} from '../preset/schema.js';
import {safeText} from '../safe-text.js';
import {makeFolder} from './make-folder.js';

const manifestVersion = 1;

/** Bytes: the events of 8000 epochs of the papers' network take half of it. */
const roomForRun = 1_000_000;

/** Bytes: a description takes two thousand, however many layers there are. Whatever is longer is something else. */
const longestManifest = 1_000_000;

const namePattern = /^[A-Za-z\d][\w.\-]{0,63}$/v;

const common = {
	kind: z.literal('ibtop-run'),
	version: z.int(),
	name: z.string(),
	versions: z.record(z.string(), z.string()),
	created: z.string(),
	host: z.string(),
	/** The trainer's process and when it started, in the system's clock ticks since boot; together they name it for good. */
	pid: z.optional(z.int()),
	pidStarted: z.optional(z.string()),
};

const trainedSchema = z.looseObject({
	...common,
	preset: presetSchema,
	seed: z.int(),
	/** What was asked for, and, once the trainer runs, what it took. */
	engine: z.looseObject({asked: z.enum(['auto', 'builtin', 'tensorflow']), name: z.optional(z.enum(['builtin', 'tensorflow'])), version: z.optional(z.string())}),
	/** Seconds between checkpoints; without it, as often as costs next to nothing. */
	checkpointEvery: z.optional(z.number().check(z.minimum(0))),
});

const limit = z.optional(z.number().check(z.positive()));
const foreignSchema = z.looseObject({
	...common,
	source: z.looseObject({
		kind: z.enum(['directory', 'pipe']),
		/** Of a drop directory: its whole path, and how it is read. */
		path: z.optional(z.string()),
		estimators: z.optional(z.array(z.string())),
		/** Files are deleted once they have been read. */
		consume: z.optional(z.boolean()),
		/** What is there is read, and nothing is waited for. */
		once: z.optional(z.boolean()),
		limits: z.optional(z.looseObject({fileBytes: limit, entries: limit, numbers: limit})),
	}),
});

/** What `run.json` holds: of a run that ibtop trains, and of one that others train. */
export type TrainedManifest = z.output<typeof trainedSchema>;
export type ForeignManifest = z.output<typeof foreignSchema>;
export type Manifest = TrainedManifest | ForeignManifest;

/** The files of a run. */
export type RunDirectory = {
	readonly name: string;
	readonly folder: string;
	readonly manifest: string;
	readonly events: string;
	readonly control: string;
	readonly snapshots: string;
	readonly log: string;
	readonly checkpoint: string;
};

export const runDirectory = (folder: string): RunDirectory => ({
	name: path.basename(folder),
	folder,
	manifest: path.join(folder, 'run.json'),
	events: path.join(folder, 'events.ndjson'),
	control: path.join(folder, 'control'),
	snapshots: path.join(folder, 'snapshots'),
	log: path.join(folder, 'trainer.log'),
	checkpoint: path.join(folder, 'checkpoint.bin'),
});

/** Where runs lie: `--runs`, or `$IBTOP_RUNS`, or `./runs`. */
export const runsRoot = (flag: string | undefined, environment: NodeJS.ProcessEnv): string =>
	path.resolve([flag, environment['IBTOP_RUNS']].find(Boolean) ?? 'runs');

/** `tanh-2026-11-20-154222`, in local time. */
export function defaultRunName(preset: string, now: Date): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
	return `${preset}-${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

export function checkRunName(name: string): string {
	if (!namePattern.test(name)) {
		throw usage(`--name "${safeText(name, 80)}" is no name for a run: use letters, digits, ".", "_" and "-", at most 64, a letter or digit first.`);
	}

	return name;
}

/**
Creates the directory of a run, which must not be there yet, readable by its owner only.
With `isDefault` a taken name gets a number instead of being refused.
*/
export function createRunDirectory(root: string, name: string, isDefault: boolean): RunDirectory {
	try {
		makeFolder(root, 0o700);
	} catch (error) {
		throw failure(`The runs folder ${safeText(root)} cannot be made (${reason(error)}): name another with --runs.`);
	}

	for (let attempt = 1; ; attempt++) {
		const run = runDirectory(path.join(root, attempt === 1 ? name : `${name}-${attempt}`));
		try {
			mkdirSync(run.folder, {mode: 0o700});
			mkdirSync(run.control, {mode: 0o700});
			mkdirSync(run.snapshots, {mode: 0o700});
			checkRoom(run);
			return run;
		} catch (error) {
			const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
			if (isTaken && isDefault && attempt < 100) {
				continue;
			}

			if (!isTaken) {
				rmSync(run.folder, {recursive: true, force: true});
			}

			throw isTaken
				? usage(`The run ${safeText(run.folder)} exists already: choose another --name.`)
				: failure(`The run ${safeText(run.folder)} cannot be made (${reason(error)}): free some space or name another folder with --runs.`);
		}
	}
}

/** Throws if the disk has no room for the events of an ordinary run, so that a full disk is told before training starts. */
function checkRoom(run: RunDirectory): void {
	const probe = path.join(run.folder, 'room.tmp');
	writeFileSync(probe, new Uint8Array(roomForRun), {flag: 'wx', flush: true});
	rmSync(probe);
}

/** Replaces `run.json` in one step: a reader sees the old one or the new one. */
export function writeManifest(run: RunDirectory, manifest: Manifest): void {
	try {
		writeFileAtomically(run.manifest, `${JSON.stringify(manifest, undefined, '\t')}\n`);
	} catch (error) {
		throw failure(`${safeText(run.manifest)} cannot be written (${reason(error)}): free some space or name another folder with --runs.`);
	}
}

export function readManifest(run: RunDirectory): Manifest {
	let value: unknown;
	try {
		if (statSync(run.manifest).size > longestManifest) {
			throw new Error('it is too long');
		}

		value = JSON.parse(readFileSync(run.manifest, 'utf8'));
	} catch (error) {
		throw failure(`${safeText(run.manifest)} cannot be read (${error instanceof SyntaxError ? 'it is not JSON' : reason(error)}): is ${safeText(run.name)} a run of ibtop?`);
	}

	const newer = isRecord(value) ? value['version'] : undefined;
	if (typeof newer === 'number' && newer > manifestVersion) {
		throw failure(`${safeText(run.manifest)} was written by a newer ibtop (format ${newer}; this one reads ${manifestVersion}): update ibtop.`);
	}

	const result = (isRecord(value) && 'source' in value ? foreignSchema : trainedSchema).safeParse(value, once);
	if (!result.success) {
		throw failure(`${safeText(run.manifest)} is not the description of an ibtop run: its field "${safeText(result.error.issues[0]!.path.join('.'), 80)}" is wrong.`);
	}

	return result.data;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const isForeign = (manifest: Manifest): manifest is ForeignManifest => 'source' in manifest;

/** The description of a run that ibtop trains; another has nothing that could be trained. */
export function readTrained(run: RunDirectory): TrainedManifest {
	const manifest = readManifest(run);
	if (isForeign(manifest)) {
		throw failure(`The run ${safeText(run.name)} was trained elsewhere: ibtop only watches it, with "ibtop watch ${safeText(run.name)}".`);
	}

	return manifest;
}

type CommonFields = 'name' | 'versions' | 'created' | 'host';

export const newManifest = (fields: Pick<TrainedManifest, CommonFields | 'preset' | 'seed' | 'engine'>): TrainedManifest =>
	({kind: 'ibtop-run', version: manifestVersion, ...fields});

export const newForeignManifest = (fields: Pick<ForeignManifest, CommonFields | 'source'>): ForeignManifest =>
	({kind: 'ibtop-run', version: manifestVersion, ...fields});

/** Takes away what trainers that were killed have left beside their files. Only for the trainer of the run: nobody else writes there. */
export function removeDrafts(run: RunDirectory): void {
	for (const name of namesIn(run.folder).filter(each => each.endsWith('.tmp'))) {
		rmSync(path.join(run.folder, name), {force: true});
	}
}

const namesIn = (folder: string): string[] => {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
};

/** Writes beside the file and renames, so that no reader ever sees half of it. */
export function writeFileAtomically(file: string, contents: string | Uint8Array): void {
	const temporary = `${file}.${process.pid}.tmp`;
	try {
		writeFileSync(temporary, contents, {mode: 0o600, flag: 'wx', flush: true});
		renameSync(temporary, file);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}
}
