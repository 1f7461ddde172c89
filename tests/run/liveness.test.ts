import {spawn} from 'node:child_process';
import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {checkPreset} from '../../source/preset/load.js';
import {
	type Manifest, newManifest, type RunDirectory, runDirectory, writeManifest,
} from '../../source/run/directory.js';
import {trainerWatch} from '../../source/run/liveness.js';
import {processStart, processState} from '../../source/run/process.js';
import {examplePreset} from '../helpers/example.js';
import {temporaryFolder} from '../helpers/workplace.js';

/** Milliseconds since 1970 at which the tests take place. */
const noon = Date.UTC(2030, 0, 1, 12);
const minute = 60_000;

/** A run whose last event was written so many minutes before noon; without a number, no event was. */
function runWith(fields: Partial<Manifest>, minutesAgo?: number): RunDirectory {
	const run = runDirectory(path.join(temporaryFolder(), 'run'));
	mkdirSync(run.folder);
	writeManifest(run, {
		...newManifest({
			name: 'run', preset: checkPreset(examplePreset, 'The example'), seed: 1, engine: {asked: 'auto'}, versions: {}, created: '2030-01-01T00:00:00Z', host: 'here',
		}),
		...fields,
	});
	const age = (file: string, minutes: number) => {
		utimesSync(file, (noon - (minutes * minute)) / 1000, (noon - (minutes * minute)) / 1000);
	};

	age(run.manifest, 60);
	if (minutesAgo !== undefined) {
		writeFileSync(run.events, '');
		age(run.events, minutesAgo);
	}

	return run;
}

const judge = (run: RunDirectory, now = noon) => trainerWatch(run, {host: 'here', now: () => now})();

describe('whether a trainer lives', () => {
	const own = {pid: process.pid, pidStarted: processStart(process.pid)};

	it.runIf(own.pidStarted)('is told by its process, however old its last event is', () => {
		expect(judge(runWith(own, 500))).toBe('alive');
	});

	it.runIf(own.pidStarted)('is told by its process, however new its last event is, where another process has its pid', () => {
		expect(judge(runWith({...own, pidStarted: '1'}, 0))).toBe('died');
	});

	it('is told by its process where there is none of its pid', async () => {
		const child = spawn(process.execPath, ['--version'], {stdio: 'ignore'});
		await new Promise(resolve => {
			child.once('exit', resolve);
		});
		expect(judge(runWith({pid: child.pid!, pidStarted: '1'}, 0))).toBe('died');
		expect(judge(runWith({pid: child.pid!}, 0))).toBe('died');
	});

	it.each([
		['on another host', {...own, host: 'elsewhere'}],
		['of which the system does not tell when it started', {pid: process.pid}],
		['that has not yet said which process it is', {}],
	])('is told by the age of its last event for one %s', (_, fields) => {
		expect(judge(runWith(fields, 9))).toBe('alive');
		expect(judge(runWith(fields, 11))).toBe('silent');
		expect(judge(runWith(fields))).toBe('silent');
	});

	it('is asked of the system once a second at the most, and then anew', () => {
		let now = noon;
		const run = runWith({}, 9);
		const trainer = trainerWatch(run, {host: 'here', now: () => now});
		expect(trainer()).toBe('alive');
		utimesSync(run.events, 0, 0);
		now += 999;
		expect(trainer()).toBe('alive');
		now += 1;
		expect(trainer()).toBe('silent');
	});

	it.runIf(own.pidStarted)('is told aright by a clock that jumps a day forth and two back, and asked anew each time', () => {
		let now = noon;
		const trainer = trainerWatch(runWith(own, 1), {host: 'here', now: () => now});
		const elsewhere = trainerWatch(runWith({...own, host: 'elsewhere'}, 1), {host: 'here', now: () => now});
		expect([trainer(), elsewhere()]).toEqual(['alive', 'alive']);
		now += 24 * 60 * minute;
		// Of a process that cannot be seen, only the age is known.
		expect([trainer(), elsewhere()]).toEqual(['alive', 'silent']);
		now -= 48 * 60 * minute;
		expect([trainer(), elsewhere()]).toEqual(['alive', 'alive']);
	});

	it('knows that the run has been removed', () => {
		expect(judge(runDirectory(path.join(os.tmpdir(), 'ibtop-nowhere')))).toBe('gone');
	});
});

it('a process that is dead and waits to be reaped has died', async () => {
	// The shell's child ends at once, and nobody waits for it.
	const shell = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 20'], {stdio: ['ignore', 'pipe', 'ignore']});
	const pid = await new Promise<number>(resolve => {
		shell.stdout.once('data', (text: Uint8Array) => {
			resolve(Number(Buffer.from(text).toString()));
		});
	});
	const started = processStart(pid);
	if (started !== undefined) {
		await expect.poll(() => processState(pid, started)).toBe('died');
	}

	shell.kill('SIGKILL');
});
