import path from 'node:path';
import {type Grid} from '../chart/grid.js';
import {type ShownPlane} from '../export/pictures.js';
import {saveSnapshot} from '../export/snapshot.js';
import {failure, reason} from '../errors.js';
import {type History} from '../history/reduce.js';
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
	snapshot: (screen, history, plane) => saveAll(run, screen, history, plane),
});

/** Text and data at once; the pictures of the screen and of the plane when they are drawn. */
export function saveAll(run: RunDirectory, screen: Grid, history: History, plane: ShownPlane): ReturnType<ScreenOptions['snapshot']> {
	const stem = saveSnapshot(run, screen.toLines(), history);
	const name = path.basename(stem);
	return {
		said: `saved ${name}.{txt,csv,json} in ${shownPath(run.snapshots)}`,
		later: savedPictures(stem, screen, run.name, history, plane),
	};
}

async function savedPictures(stem: string, ...rest: [Grid, string, History, ShownPlane]): Promise<string> {
	const {savePictures} = await import('../export/pictures.js');
	const endings = await savePictures(stem, ...rest);
	return `saved ${path.basename(stem)} with ${endings.join(', ')} there too`;
}

function ask(run: RunDirectory, name: RequestName, by: string): void {
	try {
		sendRequest(run, name, by);
	} catch (error) {
		throw failure(`${name} cannot be asked for in ${shownPath(run.control)}: ${reason(error)}`);
	}
}
