import os from 'node:os';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {describeDataset, locateDataset} from '../dataset/registry.js';
import {type EngineChoice, engineNames} from '../engine/engine.js';
import {usage} from '../errors.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {didYouMean} from '../nearest.js';
import {checkPreset, readPreset} from '../preset/load.js';
import {flagOf, overridePreset} from '../preset/override.js';
import {type Preset} from '../preset/schema.js';
import {sendRequest} from '../run/control.js';
import {
	checkRunName, createRunDirectory, defaultRunName, newManifest, type RunDirectory, runsRoot, writeManifest,
} from '../run/directory.js';
import {startTrainer, type TrainerProcess} from '../run/process.js';
import {followRun, type Recorded} from '../run/reader.js';
import {safeText} from '../safe-text.js';
import {processorTime} from '../processor-time.js';
import {checkMemory} from '../training/repeats/memory.js';
import {redrawInterval} from '../ui/redraw-interval.js';

/** Flags as they were typed, by name; switches are `true`. */
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

/** A run that has been started from here. */
export type Experiment = {
	readonly run: RunDirectory;
	/** What is done, and what does it: for sentences. */
	readonly activity: string;
	readonly worker: 'trainer' | 'reader' | 'pipe';
	readonly trainer: TrainerProcess;
	readonly store: HistoryStore;
	/** The events of the run until its end, until the trainer is gone, or until `signal`. */
	readonly events: (signal: AbortSignal) => AsyncIterable<Recorded>;
	/** Asks the trainer to stop, and sees to it that it is gone; `by` is what the `end` event says. A second call gives it no time. */
	readonly stop: (by: string) => Promise<void>;
	/** Whether `stop` gave it no choice. */
	readonly isKilled: () => boolean;
};

/** Checks everything that can be checked first, then makes the run directory and starts the trainer. */
export function startExperiment(given: GivenFlags, version: string): Experiment {
	const texts = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
	const presetName = texts['preset'] ?? 'tanh';
	const asked = checkEngine(texts['engine'] ?? 'auto');
	const preset = withDataLocated(checkPreset(
		overridePreset(readPreset(presetName), texts),
		`The preset ${safeText(presetName)}`,
		path => flagOf(path, texts),
	));
	checkMemory(preset);
	const now = new Date();
	const name = texts['name'] === undefined ? defaultRunName(preset.name, now) : checkRunName(texts['name']);
	const run = createRunDirectory(runsRoot(texts['runs'], process.env), name, texts['name'] === undefined);
	writeManifest(run, newManifest({
		name: run.name,
		preset,
		seed: preset.seed,
		engine: {asked},
		versions: {ibtop: version, node: process.versions.node},
		created: now.toISOString(),
		host: os.hostname(),
	}));

	return {activity: `Training ${preset.name}`, worker: 'trainer', ...followed(run, startTrainer(run))};
}

/** A run whose trainer has been started from here. */
export function followed(run: RunDirectory, trainer: TrainerProcess): Omit<Experiment, 'activity' | 'worker'> {
	const store = createStore(redrawInterval(processorTime));
	return {
		run,
		trainer,
		store,
		events: signal => followRun(run.events, {signal, isOver: () => trainer.exit() !== undefined, onDamage: store.noteDamage}),
		...stopper(run, trainer),
	};
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

/** Milliseconds that a trainer has to notice a request, and then a signal; a step of a wide network may take seconds. */
const patience = {request: 5000, signal: 10_000};

/** Asks by a file first; a trainer that does not listen gets a signal, and in the end, or when asked again, no choice. */
function stopper(run: RunDirectory, trainer: TrainerProcess): Pick<Experiment, 'stop' | 'isKilled'> {
	let isStopping = false;
	let isKilled = false;
	const kill = () => {
		isKilled = true;
		trainer.kill('SIGKILL');
	};

	const isGone = async (milliseconds: number) => {
		const timer = new AbortController();
		const gone = await Promise.race([
			trainer.wait().then(() => true),
			sleep(milliseconds, false, {signal: timer.signal}).catch(() => false),
		]);
		timer.abort();
		return gone;
	};

	const stop = async (by: string) => {
		if (isStopping) {
			kill();
		} else if (!trainer.exit()) {
			isStopping = true;
			ask(run, trainer, by);
			if (await isGone(patience.request)) {
				return;
			}

			trainer.kill('SIGTERM');
			if (!await isGone(patience.signal)) {
				kill();
			}
		}

		await trainer.wait();
	};

	return {stop, isKilled: () => isKilled};
}

function ask(run: RunDirectory, trainer: TrainerProcess, by: string): void {
	try {
		sendRequest(run, 'stop', by);
	} catch {
		trainer.kill('SIGTERM');
	}
}
