import {
	mkdirSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {failure, reason} from '../errors.js';
import {shownPath} from './verdict.js';

/** A folder of results. */
export type Output = {
	/** Replaces a file in one step, whoever reads it, and tells its path on stdout. */
	readonly write: (name: string, contents: string | Uint8Array) => void;
};

/** Makes the folder if it is not there. */
export function openOutput(folder: string): Output {
	process.stdout.on('error', () => undefined);
	attempt(folder, 'made', () => {
		makeFolder(path.resolve(folder));
	});
	return {
		write(name, contents) {
			const file = path.join(folder, name);
			const temporary = `${file}.${process.pid}.tmp`;
			attempt(file, 'written', () => {
				try {
					writeFileSync(temporary, contents, {flag: 'wx'});
					renameSync(temporary, file);
				} catch (error) {
					rmSync(temporary, {force: true});
					throw error;
				}
			});
			process.stdout.write(`${shownPath(file)}\n`);
		},
	};
}

/** Level by level: Node's own recursion never ends where a file system lets nothing be made, such as in /proc. */
function makeFolder(folder: string): void {
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
		return;
	}

	if (path.dirname(folder) !== folder) {
		makeFolder(path.dirname(folder));
	}

	mkdirSync(folder);
}

function attempt(file: string, what: string, work: () => unknown): void {
	try {
		work();
	} catch (error) {
		throw failure(`${shownPath(path.resolve(file))} cannot be ${what} (${reason(error)}): name another folder with --output.`);
	}
}
