import {spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {expect, it, vi} from 'vitest';
import {environment, programFile, runProgram} from '../helpers/program.js';
import {standingEvents} from '../helpers/standing.js';
import {openSession} from '../helpers/terminal.js';
import {until} from '../helpers/until.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {Random} from '../../source/random.js';
import {type RunEvent} from '../../source/run/events.js';
import {followRun} from '../../source/run/reader.js';

vi.setConfig({testTimeout: 600_000});

const trainerFile = fileURLToPath(new URL('../../dist/trainer.cjs', import.meta.url));

/** Starts the trainer of a run, and kills it after so many milliseconds; whether it was still there. */
async function trainFor(run: RunFiles, milliseconds: number): Promise<boolean> {
	const child = spawn(process.execPath, [trainerFile, run.folder], {stdio: 'ignore', env: environment()});
	const gone = new Promise<NodeJS.Signals | null>(resolve => {
		child.once('exit', (_, signal) => {
			resolve(signal);
		});
	});
	await sleep(milliseconds);
	child.kill('SIGKILL');
	return await gone === 'SIGKILL';
}

/** The sound events of a run, the lines that are damaged, and the history that they make. */
async function read(run: RunFiles): Promise<{events: RunEvent[]; damaged: number; history: History}> {
	const events: RunEvent[] = [];
	let damaged = 0;
	let history = emptyHistory;
	for await (const {event} of followRun(run.file('events.ndjson'), {
		isOver: () => true,
		onDamage() {
			damaged++;
		},
	})) {
		events.push(event);
		history = reduce(history, event);
	}

	return {events, damaged, history};
}

const wholeLines = (run: RunFiles) => existsSync(run.file('events.ndjson')) ? readFileSync(run.file('events.ndjson'), 'utf8').split('\n').slice(0, -1) : [];

it.each([
	['a run', ['--preset', 'tanh'], 160, 40],
	['a run with repeats of a quantised preset', ['--preset', 'relu-8bit', '--hidden', '3-2', '--repeats', '3'], 40, 0],
])('%s loses nothing that was written, however often trainer and viewer are killed, and gives the numbers of one that never was', async (_, flags, trainers, viewers) => {
	const cwd = temporaryFolder();
	const root = path.join(cwd, 'runs');
	const random = Random.stream(Date.now(), 'kills');
	const run = runFiles(root, 'killed');
	// Checkpoints are so frequent that some kills hit one.
	const begun = performance.now();
	const first = spawn(process.execPath, [programFile, 'run', ...flags, '--epochs', '1000000', '--runs', 'runs', '--name', 'killed', '--checkpoint-every', '0.05'], {cwd, stdio: 'ignore', env: environment()});
	await until('the first epoch is written', () => wholeLines(run).length > 2);
	// Some are killed before they have begun, and most soon after.
	const longestLife = 1.3 * (performance.now() - begun);
	process.kill(run.manifest()!.pid!, 'SIGKILL');
	await new Promise(resolve => {
		first.once('exit', resolve);
	});

	let hits = 1;
	let acknowledged = wholeLines(run);
	for (let kill = 2; kill <= trainers; kill++) {
		const viewer = viewers > 0 && kill % (trainers / viewers) === 0 ? openSession(process.execPath, [programFile, 'watch', run.folder], {cwd}) : undefined;
		hits += await trainFor(run, longestLife * random.uniform()) ? 1 : 0;
		if (viewer) {
			viewer.kill('SIGKILL');
			await viewer.exited;
		}

		const lines = wholeLines(run);
		expect(lines.slice(0, acknowledged.length)).toEqual(acknowledged);
		acknowledged = lines;
		const {events, damaged, history} = await read(run);
		expect(history.start).toEqual(events[0]);
		// Each kill may leave half a line, which the next trainer closes.
		expect(damaged).toBeLessThan(kill);
		expect(events.length).toBe(lines.length - damaged);
	}

	// Beyond the next measured epoch, which the checkpoint may be close to.
	const {events: told} = await read(run);
	const measured = Math.max(...told.map(event => event.type === 'epoch' ? event.epoch : 0));
	const epochs = String(Math.ceil(1.05 * measured) + 20);
	await expect(runProgram(['resume', run.folder, '--epochs', epochs], {cwd})).resolves.toMatchObject({code: 0});
	await expect(runProgram(['run', ...flags, '--epochs', epochs, '--runs', 'runs', '--name', 'whole'], {cwd})).resolves.toMatchObject({code: 0});
	const {events, damaged} = await read(run);
	expect(events.at(-1)).toMatchObject({type: 'end', reason: 'finished'});
	expect(standingEvents(events)).toEqual(standingEvents(runFiles(root, 'whole').events()));
	const resumed = events.filter(event => event.type === 'resume').map(({epoch}) => epoch);
	expect(Math.max(...resumed)).toBeGreaterThan(0);
	console.log(`${hits} trainers and ${viewers} viewers killed: ${acknowledged.length} lines acknowledged, 0 of them lost, ${damaged} half lines; resumed ${resumed.length} times, from epoch ${resumed.at(-1)} at last, to ${epochs}.`);
});
