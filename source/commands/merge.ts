import {rmSync} from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import {
	failure, reason, usage, UserError,
} from '../errors.js';
import {
	checkRunName, createRunDirectory, defaultRunName, newManifest, type RunDirectory, runsRoot, writeFileAtomically, writeManifest,
} from '../run/directory.js';
import {findRuns} from '../run/find.js';
import {encodeLine} from '../run/line.js';
import {mergedEvents, type Training} from '../training/repeats/merge.js';
import {type GivenFlags} from './experiment.js';
import {readTrainings, type ReadRun} from './trainings.js';
import {shownPath} from './verdict.js';
import {misfitOf} from './misfit.js';

/** `ibtop merge RUN…`: one run with repeats out of runs of the same experiment. Returns the exit code. */
export async function mergeRuns(given: GivenFlags, names: readonly string[], version: string): Promise<number> {
	const text = (flag: string) => typeof given[flag] === 'string' ? given[flag] : undefined;
	const root = runsRoot(text('runs'), process.env);
	const name = text('name') === undefined ? undefined : checkRunName(text('name')!);
	if (names.length === 0) {
		throw usage('ibtop merge needs the runs that are to be one: names, folders, or a pattern such as "tanh-*".');
	}

	const {runs, leftOut} = await fittingRuns(findRuns(root, names), given['skip'] === true);
	for (const sentence of leftOut) {
		process.stderr.write(`Left out: ${sentence}.\n`);
	}

	const trainings = runs.flatMap(run => run.trainings).toSorted((a, b) => a.seed - b.seed);
	if (trainings.length < 2) {
		throw usage(`There ${trainings.length === 1 ? 'is only one seed' : 'is nothing'} to merge: name several runs of the same experiment with different seeds.`);
	}

	const merged = createRunDirectory(root, name ?? defaultRunName(trainings[0]!.start.preset.name, new Date()), name === undefined);
	write(merged, runs, trainings, version);
	process.stdout.write(`${shownPath(merged.folder)}: ${trainings.length} seeds, ${seedsText(trainings.map(({seed}) => seed))}.\n`);
	return 0;
}

/** The runs that can be one, in their order; those that do not fit are named or, unless they are to be skipped, refused. */
async function fittingRuns(directories: readonly RunDirectory[], isSkipping: boolean): Promise<{runs: ReadRun[]; leftOut: string[]}> {
	const runs: ReadRun[] = [];
	const leftOut: string[] = [];
	for (const directory of directories) {
		const {run, misfit} = await lookAt(directory, runs);
		if (run && misfit === undefined) {
			runs.push(run);
		} else if (isSkipping) {
			leftOut.push(misfit!);
		} else {
			throw failure(`${misfit!}: leave it out, or give --skip, which leaves out all runs that do not fit.`);
		}
	}

	return {runs, leftOut};
}

async function lookAt(directory: RunDirectory, before: readonly ReadRun[]): Promise<{run?: ReadRun; misfit?: string | undefined}> {
	try {
		const run = await readTrainings(directory);
		return {run, misfit: misfitOf(run, before)};
	} catch (error) {
		if (error instanceof UserError) {
			return {misfit: error.message.replace(/[.?]$/v, '')};
		}

		throw error;
	}
}

/** The description last: until it is there, nobody takes the folder for a run. */
function write(merged: RunDirectory, runs: readonly ReadRun[], trainings: readonly Training[], version: string): void {
	const events = [...mergedEvents(merged.name, trainings)];
	const [start] = events;
	if (start?.type !== 'start' || !start.preset || start.seed === undefined) {
		throw new Error('a merged run begins with its start');
	}

	try {
		writeFileAtomically(merged.events, events.map(event => encodeLine(event)).join(''));
	} catch (error) {
		rmSync(merged.folder, {recursive: true, force: true});
		throw failure(`${shownPath(merged.events)} cannot be written (${reason(error)}): free some space or name another folder with --runs.`);
	}

	writeManifest(merged, {
		...newManifest({
			name: merged.name,
			preset: start.preset,
			seed: start.seed,
			engine: runs[0]!.manifest.engine,
			versions: {ibtop: version, node: process.versions.node},
			created: new Date().toISOString(),
			host: os.hostname(),
		}),
		merged: runs.map(({manifest}) => manifest.name),
	});
}

/** `1 to 50`, or, with gaps, `1, 2, 4`, or the first and the last and how many. */
function seedsText(seeds: readonly number[]): string {
	const [first, last] = [seeds[0]!, seeds.at(-1)!];
	if (last - first === seeds.length - 1) {
		return `${first} to ${last}`;
	}

	return seeds.length <= 20 ? seeds.join(', ') : `from ${first} to ${last}, ${last - first + 1 - seeds.length} of them missing`;
}
