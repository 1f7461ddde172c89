import os from 'node:os';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
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

/** Flags as they were typed, by name; switches are `true`. */
export type GivenFlags = Readonly<Record<string, string | boolean | undefined>>;

/** A run that has been started from here. */
export type Experiment = {
	readonly run: RunDirectory;
	readonly preset: Preset;
	readonly trainer: TrainerProcess;
	readonly store: HistoryStore;
	/** The events of the run until its end, or until the trainer is gone. */
	readonly events: () => AsyncIterable<Recorded>;
	/** Asks the trainer to stop, and sees to it that it is gone; `by` is what the `end` event says. */
	readonly stop: (by: string) => Promise<void>;
};

/** Checks everything that can be checked first, then makes the run directory and starts the trainer. */
export function startExperiment(given: GivenFlags, version: string): Experiment {
	const texts = Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
	const presetName = texts['preset'] ?? 'tanh';
	const asked = checkEngine(texts['engine'] ?? 'auto');
	const preset = checkPreset(
		overridePreset(readPreset(presetName), texts),
		`The preset ${safeText(presetName)}`,
		path => flagOf(path, texts),
	);
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

	const trainer = startTrainer(run);
	const store = createStore(100);
	return {
		run,
		preset,
		trainer,
		store,
		events: () => followRun(run.events, {isOver: () => trainer.exit() !== undefined, onDamage: store.noteDamage}),
		stop: async by => stopTrainer(run, trainer, by),
	};
}

function checkEngine(name: string): EngineChoice {
	const choices: readonly EngineChoice[] = ['auto', ...engineNames];
	const choice = choices.find(each => each === name);
	if (!choice) {
		throw usage(`--engine must be ${choices.join(' or ')}, not "${safeText(name, 40)}".${didYouMean(name, choices)}`);
	}

	return choice;
}

/** Asks by a file first; a trainer that does not listen gets a signal, and in the end no choice. */
async function stopTrainer(run: RunDirectory, trainer: TrainerProcess, by: string): Promise<void> {
	const isGone = async (milliseconds: number) => {
		const patience = new AbortController();
		const gone = await Promise.race([
			trainer.exited.then(() => true, () => true),
			sleep(milliseconds, false, {signal: patience.signal}).catch(() => false),
		]);
		patience.abort();
		return gone;
	};

	if (trainer.exit()) {
		return;
	}

	try {
		sendRequest(run, 'stop', by);
	} catch {
		trainer.kill('SIGTERM');
	}

	if (await isGone(5000)) {
		return;
	}

	trainer.kill('SIGTERM');
	if (!await isGone(10_000)) {
		trainer.kill('SIGKILL');
	}
}
