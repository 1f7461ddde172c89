import {renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {failure, reason} from '../errors.js';
import {makeFolder} from '../run/make-folder.js';
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

function attempt(file: string, what: string, work: () => unknown): void {
	try {
		work();
	} catch (error) {
		throw failure(`${shownPath(path.resolve(file))} cannot be ${what} (${reason(error)}): name another folder with --output.`);
	}
}
