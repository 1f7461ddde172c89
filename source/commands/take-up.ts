import {statSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {usage, UserError} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {overrides} from '../preset/override.js';
import {type Preset} from '../preset/schema.js';
import {readCheckpoint} from '../run/checkpoint.js';
import {checkUnclaimed} from '../run/claim.js';
import {
	checkRunName, readTrained, type RunDirectory, writeManifest,
} from '../run/directory.js';
import {findRunIn} from '../run/find.js';
import {glanceAt} from '../run/glance.js';
import {safeText} from '../safe-text.js';
import {
	begin, type Experiment, type GivenFlags, textOf,
} from './experiment.js';
import {shownPath} from './verdict.js';

const wishes = ['never', 'allow', 'must'] as const;

/** What `--resume` says of a run that is there already. */
export function checkResume(given: GivenFlags): (typeof wishes)[number] {
	const text = textOf(given, 'resume') ?? 'never';
	const wish = wishes.find(each => each === text);
	if (!wish) {
		throw usage(`--resume must be ${wishes.join(' or ')}, not "${safeText(text, 40)}".${didYouMean(text, wishes)}`);
	}

	if (wish !== 'never' && textOf(given, 'name') === undefined) {
		throw usage(`--resume ${wish} needs --name: which run is it?`);
	}

	return wish;
}

/** Seconds between checkpoints, where a flag says so. */
export function checkpointSeconds(given: GivenFlags): number | undefined {
	const text = textOf(given, 'checkpoint-every');
	const seconds = text === undefined ? undefined : Number(text);
	if (seconds !== undefined && !(text!.trim() !== '' && seconds >= 0 && seconds <= 1e6)) {
		throw usage(`--checkpoint-every must be a number of seconds, 0 for none but the last, not "${safeText(text!, 40)}".`);
	}

	return seconds;
}

export const existingRun = (root: string, name: string): RunDirectory | undefined => findRunIn(root, checkRunName(name));

/** Goes on with a run; `wanted`, if given, is the experiment that it must be, its length apart. */
export function takeUp(run: RunDirectory, given: GivenFlags, wanted?: Preset): Experiment {
	const manifest = readTrained(run);
	const {state, epoch = 0} = glanceAt(run);
	const {preset} = manifest;
	const where = shownPath(run.folder);
	checkUnclaimed(run);
	if (wanted) {
		checkSame(where, preset, wanted);
	}

	const epochs = wanted?.training.epochs ?? epochsOf(given) ?? preset.training.epochs;
	if (state === 'diverged') {
		throw usage(`The run ${where} diverged, and would again: start another one with a smaller --learning-rate.`);
	}

	if (state === 'finished' && epochs <= preset.training.epochs) {
		// A batch job that is sent again just finds its work done.
		throw new UserError(`The run ${where} has finished, at epoch ${preset.training.epochs}: give --epochs with a larger number to take it further.`, wanted ? 0 : 2);
	}

	// Measured epochs are far apart in the end: it may have come further than the last of them.
	const furthest = Math.max(epoch, ...readCheckpoint(run).map(({state: {epoch: kept}}) => kept));
	if (epochs < furthest) {
		throw usage(`The run ${where} has come to epoch ${furthest} already: --epochs ${epochs} is too small.`);
	}

	const longer: Preset = {...preset, training: {...preset.training, epochs}};
	const checkpointEvery = checkpointSeconds(given) ?? manifest.checkpointEvery;
	writeManifest(run, {...manifest, preset: longer, ...(checkpointEvery !== undefined && {checkpointEvery})});
	return begin(run, longer, bytesOf(run.events));
}

const bytesOf = (file: string): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0;

/** Flags that would make it another experiment are wrong where a run goes on. */
export function checkOnlyLength(given: GivenFlags): void {
	const foreign = [...overrides.map(({flag}) => flag), 'preset', 'engine', 'name'].find(flag => flag !== 'epochs' && given[flag] !== undefined);
	if (foreign) {
		throw usage(`--${foreign} cannot be changed when a run goes on: leave it out, or start another run.`);
	}
}

function epochsOf(given: GivenFlags): number | undefined {
	const text = textOf(given, 'epochs');
	const epochs = text === undefined ? undefined : Number(text);
	if (epochs !== undefined && !(Number.isInteger(epochs) && epochs >= 1 && epochs <= 1e7)) {
		throw usage(`--epochs must be a whole number from 1 to 10000000, not "${safeText(text!, 40)}".`);
	}

	return epochs;
}

function checkSame(where: string, preset: Preset, wanted: Preset): void {
	const plain = ({description: _description, source: _source, ...rest}: Preset) => ({...rest, training: {...rest.training, epochs: 0}});
	const [is, shall] = [plain(preset), plain(wanted)] as Array<Record<string, unknown>>;
	const field = Object.keys({...is, ...shall}).find(key => !isDeepStrictEqual(is![key], shall![key]));
	if (field !== undefined) {
		throw usage(`The run ${where} is another experiment (its "${field}" differs): choose another --name, or give the flags that it was started with.`);
	}
}
