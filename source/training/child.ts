/**
The trainer's process: `node trainer.cjs RUN-FOLDER`, or without a folder, for which it then waits on standard input. Reads `run.json`, trains,
from the beginning or from where it was left, writes `events.ndjson` and checkpoints, obeys `control/` and signals. It never waits for a
viewer, and a viewer that is gone makes no difference to it.
*/
import {existsSync, readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {loadDataset} from '../dataset/registry.js';
import {chooseEngine} from '../engine/registry.js';
import {describeError, UserError} from '../errors.js';
import {spareThreads} from '../information/pool.js';
import {PhaseAnnouncer} from '../phase/announce.js';
import {networkWidths} from '../preset/load.js';
import {splitOf} from '../preset/split.js';
import {claimRun} from '../run/claim.js';
import {takeRequests} from '../run/control.js';
import {
	readTrained, removeDrafts, type RunDirectory, runDirectory, writeManifest,
} from '../run/directory.js';
import {type EpochEvent, type RunEvent} from '../run/events.js';
import {processStart, speakToLog} from '../run/process.js';
import {type EventWriter, openEventWriter} from '../run/writer.js';
import {createCheckpointTimer} from './checkpoint-timer.js';
import {createClock} from './clock.js';
import {estimating} from './estimating.js';
import {obeying} from './obeying.js';
import {keeperOf} from './keeping.js';
import {createMeasurer} from './measurer.js';
import {conduct, type RepeatsOptions} from './repeats/conduct.js';
import {findResumption} from './resuming.js';
import {type Checkpoint} from './state.js';
import {train} from './train.js';

/** Milliseconds that a full disk is given for the last event, and between tries. */
const lastEventPatience = 2000;
const retryInterval = 50;

const caught: {signal?: NodeJS.Signals} = {};
async function trainRun(run: RunDirectory, writer: EventWriter): Promise<RunEvent & {type: 'end'}> {
	const manifest = readTrained(run);
	const {preset} = manifest;
	const resumption = await findResumption(run, preset);
	const dataset = loadDataset(preset.dataset, preset.seed);
	// A run that goes on does so on the engine that it began with: only that one gives the numbers of a run that never stopped.
	const engine = await chooseEngine((resumption && manifest.engine.name) ?? manifest.engine.asked, networkWidths(preset, dataset), preset.training.batchSize);
	const pidStarted = processStart(process.pid);
	writeManifest(run, {
		...manifest,
		engine: {...manifest.engine, name: engine.name, version: engine.version},
		pid: process.pid,
		...(pidStarted !== undefined && {pidStarted}),
	});
	if (resumption) {
		writer.append(resumption.event);
	}

	const training: RepeatsOptions = {
		run: run.name,
		preset,
		dataset,
		engine,
		wishes: {takeRequests: () => takeRequests(run), signal: () => caught.signal ?? (existsSync(run.manifest) ? undefined : 'its folder was removed')},
		clock: createClock(resumption?.seconds),
		checkpoints: createCheckpointTimer(manifest.checkpointEvery),
		resumed: resumption && {states: resumption.states, ends: resumption.ends, events: run.events},
	};
	const keep = keeperOf(run, writer);
	for await (const event of preset.repeats > 1 ? conduct(training) : trainOnce(training, resumption?.past ?? [])) {
		if (event.type === 'end') {
			return event;
		}

		if (event.type === 'states') {
			keep(event);
			continue;
		}

		writer.append(event);
		if (event.type === 'start' && engine.fallback) {
			writer.append({type: 'warning', message: engine.fallback});
		}
	}

	throw new Error('training ended without saying why');
}

/** A single training: in this thread, its measuring in others where that is possible. */
async function * trainOnce(options: RepeatsOptions, past: readonly EpochEvent[]): AsyncGenerator<RunEvent | Checkpoint, void> {
	const {run, preset, dataset, engine, clock, resumed} = options;
	const split = splitOf(preset, dataset);
	const measurer = createMeasurer(preset, dataset, split, engine);
	const training = train({
		run,
		preset,
		dataset,
		split,
		engine,
		seconds: clock.seconds,
		isDescribed: resumed !== undefined,
		isProbedElsewhere: measurer.wantsWeights,
		mayDrawAhead: spareThreads() > 0,
		from: resumed?.states[0]?.state,
	});
	const announcer = new PhaseAnnouncer();
	announcer.recall(past);
	try {
		for await (const event of estimating(obeying(training, options), measurer)) {
			yield event;
			if (event.type === 'epoch') {
				yield * announcer.take(event);
			}
		}
	} finally {
		await measurer.close();
	}
}

/** The last event matters most: on a full disk it is tried for a while. */
async function writeLast(writer: EventWriter, event: RunEvent): Promise<void> {
	let isWritten = writer.append(event);
	for (const start = performance.now(); !isWritten && performance.now() - start < lastEventPatience;) {
		await sleep(retryInterval);
		isWritten = writer.retry();
	}
}

/** The work of this process, from its beginning to its end. */
async function work(run: RunDirectory): Promise<void> {
	for (const name of ['SIGTERM', 'SIGINT'] as const) {
		process.on(name, () => {
			caught.signal ??= name;
		});
	}

	process.on('SIGHUP', () => undefined);

	let writer: EventWriter | undefined;
	try {
		const release = claimRun(run);
		process.once('exit', release);
		removeDrafts(run);
		writer = openEventWriter(run.events);
		const patient = writer;
		setInterval(() => {
			patient.retry();
		}, retryInterval * 20).unref();
		const end = await trainRun(run, writer);
		await writeLast(writer, end);
		process.exitCode = end.reason === 'diverged' ? 1 : 0;
	} catch (error) {
		const message = describeError(error, process.env);
		console.error(message);
		if (writer) {
			await writeLast(writer, {type: 'end', reason: 'failed', message: error instanceof UserError ? message : message.split('\n')[0]!});
		}

		process.exitCode = 1;
	}
}

/**
The folder of the run, where it was not said on the command line: all that comes on standard input, nothing if whoever started this is gone.
There is nothing else to do until then, so that it is read without the streams that would have to be loaded for it.
*/
function toldFolder(): string {
	const told = readFileSync(0, 'utf8');
	if (told !== '') {
		speakToLog(runDirectory(told));
	}

	return told;
}

const folder = process.argv[2] ?? toldFolder();
if (folder !== '') {
	// Bundled as CommonJS, which Node loads sooner, and where nothing can be awaited here.
	void work(runDirectory(folder)); // eslint-disable-line unicorn/prefer-top-level-await
}
