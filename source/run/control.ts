import {readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {safeText} from '../safe-text.js';
import {type RunDirectory, writeFileAtomically} from './directory.js';

/** What a viewer may ask of a trainer, by a file of that name in `control/`; its text says who asks. */
export const requestNames = ['pause', 'resume', 'checkpoint', 'stop'] as const;
export type RequestName = (typeof requestNames)[number];
export type Request = {readonly name: RequestName; readonly by: string};

/** Puts a request there in one step; the trainer takes it at its next breath. */
export function sendRequest(run: RunDirectory, name: RequestName, by: string): void {
	writeFileAtomically(path.join(run.control, name), by);
}

/** Takes away and returns the requests that are there; other files, and what cannot be read, are left alone. A folder that is gone holds none. */
export function takeRequests(run: RunDirectory): Request[] {
	return filesIn(run.control).flatMap(name => {
		const file = path.join(run.control, name);
		try {
			const by = safeText(readFileSync(file, 'utf8').slice(0, 200), 80);
			rmSync(file);
			return [{name, by}];
		} catch {
			return [];
		}
	});
}

function filesIn(folder: string): RequestName[] {
	try {
		const files = new Set(readdirSync(folder));
		return requestNames.filter(name => files.has(name));
	} catch {
		return [];
	}
}
