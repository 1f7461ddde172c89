/** Runs of one experiment with different seeds, watched as one plane. */
import {
	cpSync, mkdirSync, readFileSync, truncateSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	beforeAll, expect, it, vi,
} from 'vitest';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openSession, type Session} from '../helpers/terminal.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

let shared: string;
beforeAll(async () => {
	shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-joint-${process.pid}`);
	mkdirSync(shared, {recursive: true});
	for (const seed of [1, 2, 3]) {
		await runProgram(['run', '--epochs', '30', '--seed', String(seed), '--name', `tanh-${seed}`], {cwd: shared});
	}

	return async () => {
		const {rm} = await import('node:fs/promises');
		await rm(shared, {recursive: true, force: true});
	};
}, 60_000);

const watch = (cwd: string, args: readonly string[], columns = 100): Session =>
	openSession(process.execPath, [programFile, 'watch', ...args], {cwd, columns, rows: 30});

function start(cwd: string, seed: number): RunFiles {
	startProgram(['run', '--epochs', '100000', '--seed', String(seed), '--runs', 'runs', '--name', `tanh-${seed}`], {cwd}).outcome.catch(() => undefined);
	return runFiles(path.join(cwd, 'runs'), `tanh-${seed}`);
}

it('live, they are one growing plane, which counts them, and takes in those that begin later', async () => {
	const cwd = temporaryFolder();
	const first = start(cwd, 1);
	await until('the first trains', () => first.lines().length > 3);
	const session = watch(cwd, ['runs/tanh-*', '--repeats', '4']);
	await session.waitFor(/median of 1 seeds?: 1 running, 3 missing/v);
	const second = start(cwd, 2);
	await session.waitFor(/median of 2 seeds: 2 running, 2 missing/v, 40_000);
	const shown = () => Number(/epoch (?<epoch>[\d,]+)\//v.exec(session.text())!.groups!['epoch']!.replaceAll(',', ''));
	const before = shown();
	await session.waitFor(() => shown() > before + 3);
	session.press('p');
	await until('both are paused', () => [first, second].every(run => run.events().at(-1)!.type === 'pause') || undefined);
	await session.waitFor(/PAUSED/v);
	process.kill(second.manifest()!.pid!, 'SIGKILL');
	await session.waitFor(/median of 2 seeds: 1 running, 1 died, 2 missing/v, 30_000);
	session.press('r');
	await session.waitFor(/REPEAT 1 of 2/v);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expect(session.normalText()).toMatch(/Median of 2 seeds: 1 running, 1 died, 2 missing\.$/v);
	expect(first.isTrainerAlive()).toBe(true);
});

it('over, they show what a run with as many repeats shows', async () => {
	const together = temporaryFolder();
	await runProgram(['run', '--epochs', '30', '--repeats', '3', '--name', 'together'], {cwd: together});
	const one = await runProgram(['watch', 'together', '--once', '--width', '100', '--height', '30'], {cwd: together});
	const many = await runProgram(['watch', 'tanh-*', '--once', '--width', '100', '--height', '30'], {cwd: shared});
	expect(many).toMatchObject({code: 0, stderr: ''});
	const plane = (text: string) => text.split('\n').slice(2, 29);
	expect(plane(many.stdout)).toEqual(plane(one.stdout));
	expect(many.stdout).toContain('median of 3 seeds: 0 running, 3 done');
});

it('--tiles shows them side by side; so does another experiment among them, or a seed twice', async () => {
	const cwd = temporaryFolder();
	cpSync(path.join(shared, 'runs'), path.join(cwd, 'runs'), {recursive: true});
	const frame = async (...args: string[]) => {
		const {stdout} = await runProgram(['watch', ...args, '--once'], {cwd});
		return stdout;
	};

	expect(await frame('tanh-*', '--tiles')).toMatch(/tanh-1 .*tanh-2 /v);
	await runProgram(['run', '--epochs', '30', '--activation', 'softsign', '--seed', '9', '--name', 'softsign'], {cwd});
	expect(await frame('tanh-1', 'softsign')).toMatch(/tanh-1 .*softsign /v);
	cpSync(path.join(cwd, 'runs', 'tanh-1'), path.join(cwd, 'runs', 'twin'), {recursive: true});
	expect(await frame('tanh-1', 'twin')).toMatch(/tanh-1 .*twin /v);
});

it('a snapshot holds all of them; one that has not begun, or broke off, does not hide the others', async () => {
	const cwd = temporaryFolder();
	cpSync(path.join(shared, 'runs'), path.join(cwd, 'runs'), {recursive: true});
	truncateSync(path.join(cwd, 'runs', 'tanh-2', 'events.ndjson'), 0);
	const session = watch(cwd, ['tanh-*']);
	await session.waitFor(/median of 2 seeds: .*2 done/v);
	session.press('s');
	await session.waitFor(/saved epoch-00000030\.\{txt,csv,json\} in runs\/tanh-1\/snapshots/v);
	const file = path.join(cwd, 'runs', 'tanh-1', 'snapshots', 'epoch-00000030.json');
	expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({start: {seeds: [1, 3], repeats: 2}});
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
});

it('refuses --repeats that is no number', async () => {
	expect(await runProgram(['watch', 'tanh-*', '--once', '--repeats', 'many'], {cwd: shared})).toMatchObject({
		code: 2, stdout: '', stderr: '--repeats must be a whole number from 1 to 1000, not "many".\n',
	});
});
