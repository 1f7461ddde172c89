import {readdirSync, type Stats, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {
	isForeign, readManifest, type RunDirectory, runDirectory,
} from './directory.js';
import {trainerWatch} from './liveness.js';

/** The run that is meant: a folder, or a name below `root`; without either, the one that was created last. */
export function findRun(root: string, nameOrFolder: string | undefined): RunDirectory {
	if (nameOrFolder === undefined) {
		return latestRun(root);
	}

	const run = [nameOrFolder, path.join(root, nameOrFolder)].map(folder => runDirectory(path.resolve(folder))).find(each => isRun(each));
	if (!run) {
		const names = runsBelow(root).map(({name}) => name);
		throw usage(`There is no run "${safeText(nameOrFolder, 80)}", neither as a folder nor in ${safeText(root)}.${didYouMean(nameOrFolder, names)}`);
	}

	return run;
}

/**
The drop directory that is meant, as a whole path, if it is not a run: a folder that is there, or will be, as a slash at the end says.
A folder of runs is none.
*/
export function dropDirectory(root: string, names: readonly string[]): string | undefined {
	const [name] = names;
	if (names.length !== 1 || name === undefined || name.includes('*') || [name, path.join(root, name)].some(folder => isRun(runDirectory(path.resolve(folder))))) {
		return undefined;
	}

	const folder = path.resolve(name);
	if (!isFolder(folder)) {
		return name.endsWith('/') && !isFile(folder) ? folder : undefined;
	}

	const [run] = runsBelow(folder);
	if (run) {
		throw usage(`${safeText(name, 80)} is a folder of runs, not of step-*.npz files: watch one with "ibtop watch ${safeText(run.name, 80)} --runs ${safeText(name, 80)}".`);
	}

	return folder;
}

/** The run that follows a drop directory, if its reader lives. */
export const readerOf = (root: string, folder: string): RunDirectory | undefined => runsBelow(root).find(run => {
	try {
		const manifest = readManifest(run);
		return isForeign(manifest) && manifest.source.path === folder && manifest.host === os.hostname() && trainerWatch(run)() === 'alive';
	} catch {
		return false;
	}
});

/**
The runs that are meant, each once, in the order in which they are named. A name with `*` stands for all below `root`, or below
the folder before it, that match it, for shells that leave it as it is; without any name, the run that was created last.
*/
export function findRuns(root: string, names: readonly string[]): RunDirectory[] {
	const runs = names.length === 0
		? [findRun(root, undefined)]
		: names.flatMap(name => name.includes('*') ? matchingRuns(root, name) : [findRun(root, name)]);
	return runs.filter(({folder}, index) => runs.findIndex(each => each.folder === folder) === index);
}

/** `depth-10` comes after `depth-9`. */
const {compare} = new Intl.Collator('en', {numeric: true});

function matchingRuns(root: string, pattern: string): RunDirectory[] {
	const folder = pattern.includes('/') ? path.resolve(path.dirname(pattern)) : root;
	const runs = runsBelow(folder).filter(({name}) => matches(name, path.basename(pattern))).toSorted((a, b) => compare(a.name, b.name));
	if (runs.length === 0) {
		throw usage(`There is no run in ${safeText(folder)} that matches "${safeText(pattern, 80)}".`);
	}

	return runs;
}

/** Each `*` stands for any text, also for none. */
export function matches(name: string, pattern: string): boolean {
	const [first = '', ...others] = pattern.split('*');
	const last = others.pop();
	if (last === undefined) {
		return name === pattern;
	}

	let place = first.length;
	for (const part of others) {
		const found = name.indexOf(part, place);
		if (found === -1) {
			return false;
		}

		place = found + part.length;
	}

	return name.startsWith(first) && name.endsWith(last) && name.length - last.length >= place;
}

/** The dates of the files do not tell: a copy renews them. A run whose description cannot be read does not hide the others. */
function latestRun(root: string): RunDirectory {
	const runs = runsBelow(root);
	const dated = runs.map(run => ({run, created: creationOf(run)})).filter(({created}) => !Number.isNaN(created));
	const latest = dated.toSorted((a, b) => b.created - a.created)[0];
	if (!latest) {
		throw usage(runs.length === 0
			? `There is no run in ${safeText(root)}: start one with "ibtop", or name another folder with --runs.`
			: `No run in ${safeText(root)} can be read: name one to see why, start one with "ibtop", or name another folder with --runs.`);
	}

	return latest.run;
}

/** In milliseconds; NaN where nothing sound tells. */
function creationOf(run: RunDirectory): number {
	try {
		return Date.parse(readManifest(run).created);
	} catch {
		return Number.NaN;
	}
}

/** In the order of their names. */
export function runsBelow(root: string): RunDirectory[] {
	try {
		return readdirSync(root).toSorted().map(name => runDirectory(path.join(root, name))).filter(run => isRun(run));
	} catch {
		return [];
	}
}

/** The run of that name below `root`, if there is one. */
export function findRunIn(root: string, name: string): RunDirectory | undefined {
	const run = runDirectory(path.join(root, name));
	return isRun(run) ? run : undefined;
}

const isRun = ({manifest}: RunDirectory): boolean => isFile(manifest);

const isFile = (file: string): boolean => kindOf(file)?.isFile() ?? false;

const isFolder = (folder: string): boolean => kindOf(folder)?.isDirectory() ?? false;

/** Undefined where nothing is there, or it cannot be looked at. */
function kindOf(place: string): Stats | undefined {
	try {
		return statSync(place);
	} catch {
		return undefined;
	}
}
