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
	const events = lastEvents(run.events);
	const told = events.findLast(({type}) => ['end', 'pause', 'resume', 'epoch'].includes(type));
	const epoch = events.findLast(event => event.type === 'epoch')?.epoch;
	return {manifest, epoch, state: stateOf(told, () => trainerWatch(run)())};
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

/** The sound events among the last lines of a file. */
function lastEvents(file: string): RunEvent[] {
	return tailOf(file).split('\n').flatMap(line => {
		const decoded = decodeLine(line);
		return decoded.kind === 'event' ? [decoded.event] : [];
	});
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
