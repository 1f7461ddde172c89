import os from 'node:os';
import process from 'node:process';
import {describeDataset, locateDataset} from '../dataset/registry.js';
import {type EngineChoice, engineNames} from '../engine/engine.js';
import {usage} from '../errors.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {roomFor} from '../history/thin.js';
import {didYouMean} from '../nearest.js';
import {checkPreset, readPreset} from '../preset/load.js';
import {flagOf, overridePreset} from '../preset/override.js';
import {type Preset} from '../preset/schema.js';
import {
	checkRunName, createRunDirectory, defaultRunName, newManifest, type RunDirectory, runsRoot, writeManifest,
} from '../run/directory.js';
import {type StartedTrainer, startTrainer, type TrainerProcess} from '../run/process.js';
import {followRun, type Recorded} from '../run/reader.js';
import {safeText} from '../safe-text.js';
import {processorTime} from '../processor-time.js';
import {checkMemory} from '../training/repeats/memory.js';
import {redrawInterval} from '../ui/redraw-interval.js';
import {
	checkpointSeconds, checkResume, existingRun, takeUp,
} from './take-up.js';
import {stopper, type Stopper} from './stopper.js';

/** Flags as they were typed, by name; switches are `true`. */
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

export const textOf = (given: GivenFlags, name: string): string | undefined => typeof given[name] === 'string' ? given[name] : undefined;

/** A run that has been started from here. */
export type Experiment = Stopper & {
	readonly run: RunDirectory;
	/** What is done, and what does it: for sentences. */
	readonly activity: string;
	readonly worker: 'trainer' | 'reader' | 'pipe';
	readonly trainer: TrainerProcess;
	readonly store: HistoryStore;
	/** How many bytes of events it held before: of a run that goes on. */
	readonly known: number;
	/** The events of the run until its end, until the trainer is gone, or until `signal`; of what is there already, if that is said, only what a picture needs. */
	readonly events: (signal: AbortSignal, isForPicture?: boolean) => AsyncIterable<Recorded>;
};

/** Checks everything that can be checked first, then makes the run directory, or takes up the one that is there, and starts the trainer. */
export function startExperiment(given: GivenFlags, version: string): Experiment {
	const wish = checkResume(given);
	const preset = presetOf(given);
	const root = runsRoot(textOf(given, 'runs'), process.env);
	const name = textOf(given, 'name');
	const old = wish === 'never' ? undefined : existingRun(root, name!);
	if (old) {
		return takeUp(old, given, preset);
	}

	if (wish === 'must') {
		throw usage(`There is no run "${safeText(name!, 80)}" in ${safeText(root)} to go on with: leave out --resume must, or name the one that is meant.`);
	}

	const engine = checkEngine(textOf(given, 'engine') ?? 'auto');
	const checkpointEvery = checkpointSeconds(given);
	checkMemory(preset);
	const now = new Date();
	const run = createRunDirectory(root, name === undefined ? defaultRunName(preset.name, now) : checkRunName(name), name === undefined);
	writeManifest(run, {
		...newManifest({
			name: run.name,
			preset,
			seed: preset.seed,
			engine: {asked: engine},
			versions: {ibtop: version, node: process.versions.node},
			created: now.toISOString(),
			host: os.hostname(),
		}),
		...(checkpointEvery !== undefined && {checkpointEvery}),
	});
	return begin(run, preset, 0);
}

/** Starts the trainer of a run that is there; `known`: how many bytes of events it holds already, which are nobody's news. */
export const begin = (run: RunDirectory, preset: Preset, known: number): Experiment =>
	({activity: `Training ${preset.name}`, worker: 'trainer', ...followed(run, startTrainer(run), known)});

/** A run whose trainer has been started from here. */
export function followed(run: RunDirectory, trainer: StartedTrainer, known = 0): Omit<Experiment, 'activity' | 'worker'> {
	const store = createStore(redrawInterval(processorTime));
	return {
		run,
		trainer,
		store,
		known,
		events: (signal, isForPicture = false) => followRun(run.events, {
			signal, known, isOver: () => trainer.exit() !== undefined, over: trainer.gone, onDamage: store.noteDamage, ...(isForPicture && {roomFor}),
		}),
		...stopper(run, trainer),
	};
}

/** The experiment that flags describe. */
function presetOf(given: GivenFlags): Preset {
	const texts = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
	const name = texts['preset'] ?? 'tanh';
	return withDataLocated(checkPreset(overridePreset(readPreset(name), texts), `The preset ${safeText(name)}`, path => flagOf(path, texts)));
}

/** The trainer, and whoever reads `run.json`, must find the data from anywhere. They are there, as far as their headers tell. */
function withDataLocated(preset: Preset): Preset {
	const dataset = locateDataset(preset.dataset);
	describeDataset(dataset);
	return {...preset, dataset};
}

function checkEngine(name: string): EngineChoice {
	const choices: readonly EngineChoice[] = ['auto', ...engineNames];
	const choice = choices.find(each => each === name);
	if (!choice) {
		throw usage(`--engine must be ${choices.join(' or ')}, not "${safeText(name, 40)}".${didYouMean(name, choices)}`);
	}

	return choice;
}
