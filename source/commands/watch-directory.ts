import {existsSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {failure, usage} from '../errors.js';
import {parseEstimators} from '../information/registry.js';
import {checkUnclaimed} from '../run/claim.js';
import {
	checkRunName, createRunDirectory, defaultRunName, type ForeignManifest, isForeign, newForeignManifest, readManifest, type RunDirectory,
	runDirectory, runsRoot, writeManifest,
} from '../run/directory.js';
import {readerOf} from '../run/find.js';
import {startTrainer} from '../run/process.js';
import {safeText} from '../safe-text.js';
import {type Experiment, followed, type GivenFlags} from './experiment.js';
import {historyOf} from './follow.js';
import {hasScreen} from './has-screen.js';
import {checkLimits} from './limits.js';
import {checkLook} from './look.js';
import {shownPath, verdictOf} from './verdict.js';
import {printOnce, watchRuns} from './watch.js';

/**
`ibtop watch DIR`: what another program trains, from the files that it writes there. A child process makes an ordinary run of them, as
a trainer would; if one does so already, this is one more viewer of it. Returns the exit code.
*/
export async function watchDirectory(given: GivenFlags, folder: string, version: string): Promise<number> {
	const root = runsRoot(textFlag(given, 'runs'), process.env);
	const isOnce = given['once'] === true;
	const named = nameFlag(given);
	const live = isOnce || !hasScreen(given) ? undefined : liveReader(root, folder, named);
	if (live) {
		return watchRuns(given, [live.folder]);
	}

	const start = (): Experiment => startReading(given, folder, version);
	if (isOnce && !given['json'] && !given['plain']) {
		return frameOnce(given, start);
	}

	const [{runInLines}, {runOnScreen}] = await Promise.all([import('./lines.js'), import('./screen.js')]);
	return hasScreen(given) && !isOnce ? runOnScreen(given, start) : runInLines(given, start);
}

/** The name that the run is to have, and whether it may be there already. */
function nameFlag(given: GivenFlags): {readonly name: string; readonly mayGoOn: boolean} | undefined {
	const [run, name] = [textFlag(given, 'run'), textFlag(given, 'name')];
	if (run !== undefined && name !== undefined) {
		throw usage('--run and --name both name the run: leave one of them out.');
	}

	const chosen = run ?? name;
	return chosen === undefined ? undefined : {name: checkRunName(chosen), mayGoOn: run !== undefined};
}

function liveReader(root: string, folder: string, named: ReturnType<typeof nameFlag>): RunDirectory | undefined {
	const run = readerOf(root, folder);
	return named === undefined || (named.mayGoOn && run?.name === named.name) ? run : undefined;
}

/** Checks everything that can be checked first, then makes the run directory, or goes on with the one that is there, and starts the reader. */
function startReading(given: GivenFlags, folder: string, version: string): Experiment {
	const ids = textFlag(given, 'estimators');
	const estimators = ids === undefined ? undefined : parseEstimators(ids.split(',').filter(Boolean)).map(({id}) => id);
	if (estimators?.length === 0) {
		throw usage('--estimators must name at least one estimator, such as bins,exact:8.');
	}

	const source: ForeignManifest['source'] = {
		kind: 'directory',
		path: folder,
		limits: checkLimits(given),
		...(estimators && {estimators}),
		...(given['consume'] === true && {consume: true}),
		...(given['once'] === true && {once: true}),
	};
	checkLook(given);
	return beginReading(runFor(given, source, version), folder);
}

function beginReading(run: RunDirectory, folder: string): Experiment {
	const known = statSync(run.events, {throwIfNoEntry: false})?.size ?? 0;
	return {activity: `Reading ${shownPath(folder)}`, worker: 'reader', ...followed(run, startTrainer(run, 'foreign'), known)};
}

/** Goes on with a run as it was begun. */
export function takeUpReading(run: RunDirectory, {source}: ForeignManifest): Experiment {
	if (source.path === undefined) {
		throw usage(`The run ${safeText(run.folder)} came through a pipe: send its events again, to "ibtop watch -".`);
	}

	return beginReading(goOnWith(run, {...source, once: false}), source.path);
}

function runFor(given: GivenFlags, source: ForeignManifest['source'], version: string): RunDirectory {
	const root = runsRoot(textFlag(given, 'runs'), process.env);
	const named = nameFlag(given);
	if (named?.mayGoOn && existsSync(path.join(root, named.name))) {
		return goOnWith(runDirectory(path.join(root, named.name)), source);
	}

	const now = new Date();
	const run = createRunDirectory(root, named?.name ?? defaultRunName(asName(source.path!), now), named === undefined);
	writeManifest(run, newForeignManifest({
		name: run.name, source, versions: {ibtop: version, node: process.versions.node}, created: now.toISOString(), host: os.hostname(),
	}));
	return run;
}

/** A run of the same directory whose reader is gone: what it has read is not read again. */
function goOnWith(run: RunDirectory, source: ForeignManifest['source']): RunDirectory {
	const manifest = readManifest(run);
	if (!isForeign(manifest) || manifest.source.path !== source.path) {
		throw usage(`The run ${safeText(run.folder)} exists already, and is not of ${safeText(source.path!)}: choose another --run.`);
	}

	checkUnclaimed(run);
	const {pid: _, pidStarted: __, ...rest} = manifest;
	writeManifest(run, {
		...rest, source: {
			...manifest.source, once: false, consume: false, ...source,
		},
	});
	return run;
}

/** What a folder is called, as far as a run can be called so. */
const asName = (folder: string): string => path.basename(folder).replaceAll(/[^\w.\-]/gv, '-').replace(/^[^A-Za-z\d]+/v, '').slice(0, 40) || 'foreign';

/** Reads what is there, and prints a frame of it. */
async function frameOnce(given: GivenFlags, start: () => Experiment): Promise<number> {
	const look = checkLook(given);
	const experiment = start();
	await experiment.trainer.wait();
	const history = await historyOf(experiment.run);
	const {exitCode, sentence} = verdictOf(experiment, history);
	if (!history.start) {
		throw failure(sentence ?? 'Nothing was read.');
	}

	if (sentence) {
		process.stderr.write(`${sentence}\n`);
	}

	await printOnce(experiment.run, given, look);
	return exitCode;
}

const textFlag = (given: GivenFlags, name: string): string | undefined => typeof given[name] === 'string' ? given[name] : undefined;
