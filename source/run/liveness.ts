import {existsSync, statfsSync, statSync} from 'node:fs';
import os from 'node:os';
import {type Manifest, readManifest, type RunDirectory} from './directory.js';
import {processState} from './process.js';

/**
What has become of a run's trainer. `silent`: nothing has come for so long that it may be gone; only that can be said from here. `full`: it
lives, but there is no room for its events. `gone`: the folder of the run was removed.
*/
export type Liveness = 'alive' | 'full' | 'silent' | 'died' | 'gone';

/** Bytes that must be free for a line to be written. */
const leastRoom = 16_384;

/** Milliseconds: an epoch of a wide network on one core may take minutes. */
const longestSilence = 600_000;

/** Milliseconds between two looks at the process; a follower asks more often. */
const lookInterval = 1000;

export type LivenessOptions = {
	readonly host?: string;
	/** In milliseconds since 1970, as files are dated. */
	readonly now?: () => number;
};

/**
Derives whether a run's trainer lives, from its process where that can be seen, and from the age of its last event where not: there
is no lock that a dead trainer could leave behind. To be asked as often as one likes.
*/
export function trainerWatch(run: RunDirectory, {host = os.hostname(), now = Date.now}: LivenessOptions = {}): () => Liveness {
	let lookedAt = -Infinity;
	let last: Liveness = 'alive';
	return () => {
		if (Math.abs(now() - lookedAt) >= lookInterval) {
			lookedAt = now();
			last = livenessOf(run, host, now());
		}

		return last;
	};
}

function livenessOf(run: RunDirectory, host: string, now: number): Liveness {
	if (!existsSync(run.folder)) {
		return 'gone';
	}

	const manifest = manifestOf(run);
	const process = manifest?.host === host && manifest.pid !== undefined ? processState(manifest.pid, manifest.pidStarted) : 'unknown';
	if (process === 'died') {
		return process;
	}

	return hasRoom(run) ? (process === 'unknown' && now - lastChange(run) > longestSilence ? 'silent' : 'alive') : 'full';
}

/** Where nothing tells, there is. */
function hasRoom(run: RunDirectory): boolean {
	try {
		const {bavail, bsize} = statfsSync(run.folder);
		return bavail * bsize >= leastRoom;
	} catch {
		return true;
	}
}

/** The trainer writes it anew when it begins, so that it has to be read again. */
function manifestOf(run: RunDirectory): Manifest | undefined {
	try {
		return readManifest(run);
	} catch {
		return undefined;
	}
}

/** When something was last written to the events, or, before there are any, to the description; long ago where both are gone. */
function lastChange(run: RunDirectory): number {
	const times = [run.events, run.manifest].map(file => {
		try {
			return statSync(file).mtimeMs;
		} catch {
			return -Infinity;
		}
	});
	return Math.max(...times);
}
