import {
	closeSync, openSync, rmSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {failure, reason} from '../errors.js';
import {type History} from '../history/reduce.js';
import {currentEpoch} from '../history/select.js';
import {type RunDirectory} from '../run/directory.js';
import {safeText} from '../safe-text.js';
import {seriesCsv} from './csv.js';

/**
Saves what is on the screen and what is behind it: `epoch-00001284.txt` (the screen), `.csv` (the series) and `.json` (everything).
Never overwrites: a second snapshot of an epoch is called `epoch-00001284-2`. Returns the path without its ending.
*/
export function saveSnapshot(run: RunDirectory, screen: readonly string[], history: History): string {
	const contents = {
		txt: `${screen.map(line => line.trimEnd()).join('\n')}\n`,
		csv: seriesCsv(history),
		json: `${JSON.stringify({
			kind: 'ibtop-snapshot', version: 1, run: run.name, ...history,
		})}\n`,
	};
	const name = `epoch-${String(currentEpoch(history)).padStart(8, '0')}`;
	for (let attempt = 1; attempt < 1000; attempt++) {
		const stem = path.join(run.snapshots, attempt === 1 ? name : `${name}-${attempt}`);
		if (writeNew(stem, contents)) {
			return stem;
		}
	}

	throw failure(`There are too many snapshots of epoch ${currentEpoch(history)} in ${safeText(run.snapshots)}.`);
}

/** Writes all of the files, or, if one is there already or cannot be written, none. */
function writeNew(stem: string, contents: Readonly<Record<string, string>>): boolean {
	const written: string[] = [];
	for (const [ending, text] of Object.entries(contents)) {
		const file = `${stem}.${ending}`;
		try {
			closeSync(openSync(file, 'wx', 0o600));
			written.push(file);
			writeFileSync(file, text);
		} catch (error) {
			for (const each of written) {
				rmSync(each, {force: true});
			}

			if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
				return false;
			}

			throw failure(`The snapshot ${safeText(file)} cannot be written: ${reason(error)}.`);
		}
	}

	return true;
}
