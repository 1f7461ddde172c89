import {
	closeSync, fstatSync, openSync, readSync,
} from 'node:fs';
import {type Manifest, readManifest, type RunDirectory} from './directory.js';
import {type RunEvent} from './events.js';
import {decodeLine} from './line.js';
import {trainerWatch} from './liveness.js';

/** How a run stands. `silent`: nothing has come from its trainer for long, and from here that is all that can be said. */
export type RunState = 'waiting' | 'running' | 'paused' | 'silent' | 'died' | 'finished' | 'stopped' | 'diverged' | 'failed';

/** What can be seen of a run without reading all of it. */
export type Glance = {
	readonly manifest: Manifest;
	readonly state: RunState;
	/** The newest that was measured. */
	readonly epoch: number | undefined;
};

/** Bytes at the end of the events that are looked at: hundreds of lines. */
const lookback = 262_144;

/** How a run stands, from its description, its trainer, and its last events; throws where it cannot be read. */
export function glanceAt(run: RunDirectory): Glance {
	const manifest = readManifest(run);
	let told: RunEvent | undefined;
	for (const event of newestFirst(run.events)) {
		told ??= ['end', 'pause', 'resume', 'epoch'].includes(event.type) ? event : undefined;
		if (event.type === 'epoch') {
			return {manifest, epoch: event.epoch, state: stateOf(told, trainerWatch(run))};
		}
	}

	return {manifest, epoch: undefined, state: stateOf(told, trainerWatch(run))};
}

function stateOf(told: RunEvent | undefined, trainer: () => string): RunState {
	if (told?.type === 'end') {
		return told.reason;
	}

	const liveness = trainer();
	if (liveness === 'died' || liveness === 'silent') {
		return liveness;
	}

	return told === undefined ? 'waiting' : (told.type === 'pause' ? 'paused' : 'running');
}

/** The sound events among the last lines of a file, each decoded when it is asked for. */
function * newestFirst(file: string): Generator<RunEvent> {
	for (const line of tailOf(file).split('\n').toReversed()) {
		const decoded = decodeLine(line);
		if (decoded.kind === 'event') {
			yield decoded.event;
		}
	}
}

function tailOf(file: string): string {
	let descriptor: number | undefined;
	try {
		descriptor = openSync(file, 'r');
		const {size} = fstatSync(descriptor);
		const buffer = Buffer.alloc(Math.min(size, lookback));
		return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, size - buffer.length));
	} catch {
		return '';
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
}
