import os from 'node:os';
import process from 'node:process';
import {pipeEvents} from '../foreign/pipe-events.js';
import {createStore, type HistoryStore} from '../history/store.js';
import {processorTime} from '../processor-time.js';
import {
	checkRunName, createRunDirectory, defaultRunName, newForeignManifest, type RunDirectory, runsRoot, writeManifest,
} from '../run/directory.js';
import {type RunEvent} from '../run/events.js';
import {encodeLine} from '../run/line.js';
import {linesOf} from '../run/lines.js';
import {processStart, type TrainerExit} from '../run/process.js';
import {type Recorded} from '../run/reader.js';
import {openEventWriter} from '../run/writer.js';
import {redrawInterval} from '../ui/redraw-interval.js';
import {type Experiment, type GivenFlags} from './experiment.js';

/**
A run whose events come from standard input: whatever is sound in them is written into a run directory of our own, as a trainer would,
so that everything works on it that works on a run. Leaving closes the pipe.
*/
export function startPipe(given: GivenFlags, version: string): Experiment {
	const run = pipeRun(given, version);
	const store = createStore(redrawInterval(processorTime));
	const state: {exit?: TrainerExit} = {};
	let resolveEnd: (exit: TrainerExit) => void;
	const ended = new Promise<TrainerExit>(resolve => {
		resolveEnd = resolve;
	});
	const end = () => {
		state.exit ??= {code: 0, signal: null};
		process.stdin.destroy();
		resolveEnd(state.exit);
	};

	return {
		run,
		activity: 'Reading a pipe into a run',
		worker: 'pipe',
		known: 0,
		store,
		trainer: {
			pid: process.pid,
			exit: () => state.exit,
			wait: async () => ended,
			kill: end,
		},
		events: signal => recordedEvents(run, store, signal, () => state.exit !== undefined, end),
		async stop() {
			end();
		},
		isKilled: () => false,
	};
}

function pipeRun(given: GivenFlags, version: string): RunDirectory {
	const [named, root] = [given['run'] ?? given['name'], runsRoot(typeof given['runs'] === 'string' ? given['runs'] : undefined, process.env)];
	const now = new Date();
	const run = createRunDirectory(root, typeof named === 'string' ? checkRunName(named) : defaultRunName('pipe', now), typeof named !== 'string');
	const pidStarted = processStart(process.pid);
	writeManifest(run, {
		...newForeignManifest({
			name: run.name, source: {kind: 'pipe'}, versions: {ibtop: version, node: process.versions.node}, created: now.toISOString(), host: os.hostname(),
		}),
		pid: process.pid,
		...(pidStarted !== undefined && {pidStarted}),
	});
	return run;
}

/** Writes what comes, and hands on what can be shown; whoever sends it may stop in the middle of a line. */
async function * recordedEvents(run: RunDirectory, store: HistoryStore, signal: AbortSignal, isLeft: () => boolean, close: () => void): AsyncGenerator<Recorded, void> {
	const writer = openEventWriter(run.events);
	let end = 0;
	const record = (event: RunEvent): Recorded => {
		writer.append(event);
		const line = encodeLine(event);
		end += Buffer.byteLength(line);
		return {event, line: line.trimEnd(), end};
	};

	signal.addEventListener('abort', close, {once: true});
	let hasEnded = false;
	try {
		for await (const {event, isKnown} of pipeEvents(linesOf(untilBroken(process.stdin)))) {
			const recorded = record(event);
			if (isKnown) {
				hasEnded = event.type === 'end' || (hasEnded && event.type === 'warning');
				yield recorded;
			}
		}

		if (!hasEnded && !isLeft()) {
			yield record({type: 'warning', message: 'the pipe ended before the run did'});
			store.noteTrainer('died');
		}
	} finally {
		writer.close();
		close();
	}
}

/** A pipe that breaks has ended. */
async function * untilBroken(stream: NodeJS.ReadStream): AsyncGenerator<Buffer, void> {
	try {
		yield * stream as AsyncIterable<Buffer>;
	} catch {
		// Nothing more will come.
	}
}
