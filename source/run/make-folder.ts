import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/** Makes a folder and those above it, level by level: Node's own recursion never ends where a file system lets nothing be made, such as in /proc. */
export function makeFolder(folder: string, mode?: number): void {
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
		return;
	}

	if (path.dirname(folder) !== folder) {
		makeFolder(path.dirname(folder), mode);
	}

	try {
		mkdirSync(folder, {mode});
	} catch (error) {
		// Somebody else may have been quicker.
		if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
			throw error;
		}
	}
}
