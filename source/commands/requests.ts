import path from 'node:path';
import {saveSnapshot} from '../export/snapshot.js';
import {failure, reason} from '../errors.js';
import {type RequestName, sendRequest} from '../run/control.js';
import {type RunDirectory} from '../run/directory.js';
import {type ScreenOptions} from '../ui/mount.js';
import {shownPath} from './verdict.js';

/** What a screen may write into the directory of a run, whoever started it: requests, and snapshots. */
export const requestsTo = (run: RunDirectory): Pick<ScreenOptions, 'requestPause' | 'requestCheckpoint' | 'snapshot'> => ({
	requestPause(isPaused) {
		ask(run, isPaused ? 'pause' : 'resume', 'p in the viewer');
	},
	requestCheckpoint() {
		ask(run, 'checkpoint', 'k in the viewer');
	},
	snapshot(screen, history) {
		const stem = saveSnapshot(run, screen, history);
		return `saved ${path.basename(stem)}.{txt,csv,json} in ${shownPath(run.snapshots)}`;
	},
});

function ask(run: RunDirectory, name: RequestName, by: string): void {
	try {
		sendRequest(run, name, by);
	} catch (error) {
		throw failure(`${name} cannot be asked for in ${shownPath(run.control)}: ${reason(error)}`);
	}
}
