/**
The trainer's process: `node child.js RUN-FOLDER`. Reads `run.json`, trains, writes `events.ndjson`, obeys `control/` and signals.
It never waits for a viewer, and a viewer that is gone makes no difference to it.
*/
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {chooseEngine} from '../engine/registry.js';
import {describeError, UserError} from '../errors.js';
import {PhaseAnnouncer} from '../phase/announce.js';
import {networkWidths} from '../preset/load.js';
import {takeRequests} from '../run/control.js';
import {readManifest, runDirectory, writeManifest} from '../run/directory.js';
import {type RunEvent} from '../run/events.js';
import {processStart} from '../run/process.js';
import {type EventWriter, openEventWriter} from '../run/writer.js';
import {train} from './train.js';

/** Milliseconds between looks at `control/` while training, and while paused. */
const lookInterval = 50;

/** Milliseconds that a full disk is given for the last event. */
const lastEventPatience = 2000;

const run = runDirectory(process.argv[2]!);
const caught: {signal?: NodeJS.Signals} = {};
for (const name of ['SIGTERM', 'SIGINT'] as const) {
	process.on(name, () => {
		caught.signal ??= name;
	});
}

process.on('SIGHUP', () => undefined);

/** What asks for the training to stop, if anything does; pauses in here while that is asked. Returns the seconds spent paused. */
async function obey(epoch: number, emit: (event: RunEvent) => void): Promise<{stop?: string; paused: number}> {
	let pausedSince: number | undefined;
	for (;;) {
		await nextTurn();
		const requests = takeRequests(run);
		const stop = caught.signal ?? requests.find(({name}) => name === 'stop')?.by;
		const names = new Set(requests.map(({name}) => name));
		if (pausedSince === undefined && names.has('pause') && !names.has('resume')) {
			pausedSince = performance.now();
			emit({type: 'pause', epoch});
		} else if (pausedSince !== undefined && (names.has('resume') || stop !== undefined)) {
			emit({type: 'resume', epoch});
			return {...(stop !== undefined && {stop}), paused: performance.now() - pausedSince};
		}

		if (pausedSince === undefined) {
			return {...(stop !== undefined && {stop}), paused: 0};
		}

		await sleep(lookInterval);
	}
}

async function trainRun(writer: EventWriter): Promise<RunEvent & {type: 'end'}> {
	const manifest = readManifest(run);
	const {preset} = manifest;
	const engine = await chooseEngine(manifest.engine.asked, networkWidths(preset), preset.training.batchSize);
	const pidStarted = processStart(process.pid);
	writeManifest(run, {
		...manifest,
		engine: {...manifest.engine, name: engine.name, version: engine.version},
		pid: process.pid,
		...(pidStarted !== undefined && {pidStarted}),
	});

	let started = performance.now();
	let looked = started;
	const announcer = new PhaseAnnouncer();
	const emit = (event: RunEvent) => {
		writer.append(event);
	};

	for await (const event of train({
		run: run.name, preset, engine, seconds: () => Math.round(performance.now() - started) / 1000,
	})) {
		if (event.type === 'end') {
			return event;
		}

		if (event.type === 'breath') {
			const now = performance.now();
			if (now - looked < lookInterval) {
				continue;
			}

			const {stop, paused} = await obey(event.epoch, emit);
			started += paused;
			looked = performance.now();
			if (stop !== undefined) {
				return {
					type: 'end', reason: 'stopped', epoch: event.epoch, message: stop,
				};
			}

			continue;
		}

		emit(event);
		if (event.type === 'start' && engine.fallback) {
			emit({type: 'warning', message: engine.fallback});
		}

		for (const phase of announcer.take(event)) {
			emit(phase);
		}
	}

	throw new Error('training ended without saying why');
}

/** The last event matters most: on a full disk it is tried for a while. */
async function writeLast(writer: EventWriter, event: RunEvent): Promise<void> {
	let isWritten = writer.append(event);
	for (const start = performance.now(); !isWritten && performance.now() - start < lastEventPatience;) {
		await sleep(lookInterval);
		isWritten = writer.retry();
	}
}

let writer: EventWriter | undefined;
try {
	writer = openEventWriter(run.events);
	const end = await trainRun(writer);
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
