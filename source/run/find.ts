import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {type RunDirectory, runDirectory} from './directory.js';

/** The run that is meant: a folder, or a name below `root`; without either, the one that was begun last. */
export function findRun(root: string, nameOrFolder: string | undefined): RunDirectory {
	if (nameOrFolder === undefined) {
		const latest = runsBelow(root).toSorted((a, b) => b.begun - a.begun)[0];
		if (!latest) {
			throw usage(`There is no run in ${safeText(root)}: start one with "ibtop", or name another folder with --runs.`);
		}

		return latest.run;
	}

	const run = [nameOrFolder, path.join(root, nameOrFolder)].map(folder => runDirectory(path.resolve(folder))).find(each => isRun(each));
	if (!run) {
		const names = runsBelow(root).map(({run: {name}}) => name);
		throw usage(`There is no run "${safeText(nameOrFolder, 80)}", neither as a folder nor in ${safeText(root)}.${didYouMean(nameOrFolder, names)}`);
	}

	return run;
}

function runsBelow(root: string): Array<{run: RunDirectory; begun: number}> {
	try {
		return readdirSync(root).map(name => runDirectory(path.join(root, name))).filter(run => isRun(run))
			.map(run => ({run, begun: statSync(run.manifest).birthtimeMs}));
	} catch {
		return [];
	}
}

function isRun(run: RunDirectory): boolean {
	try {
		return statSync(run.manifest).isFile();
	} catch {
		return false;
	}
}
