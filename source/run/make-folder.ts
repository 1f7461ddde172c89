import {existsSync, mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/** Makes a folder and those above it, level by level: Node's own recursion never ends where a file system lets nothing be made, such as in /proc. */
export function makeFolder(folder: string, mode?: number): void {
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
		return;
	}

	// A file in the place of a folder above is left to mkdir, which then says so.
	const parent = path.dirname(folder);
	if (parent !== folder && !existsSync(parent)) {
		makeFolder(parent, mode);
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
