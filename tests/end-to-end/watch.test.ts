/** A run on the screen of somebody who did not start it: `ibtop watch [RUN]`. */
import {
	existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openSession, type Session, type SessionOptions} from '../helpers/terminal.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const watch = (cwd: string, args: readonly string[], options: Omit<SessionOptions, 'cwd'> = {}): Session =>
	openSession(process.execPath, [programFile, 'watch', ...args], {...options, cwd});

const shownEpoch = (session: Session) => Number(/epoch (?<epoch>[\d,]+)\//v.exec(session.text())?.groups?.['epoch']?.replaceAll(',', ''));

/** A run that trains for longer than any test, started by somebody else. */
async function liveRun(cwd = temporaryFolder(), name = 'live'): Promise<{cwd: string; run: RunFiles}> {
	const program = startProgram(['run', '--epochs', '100000', '--runs', 'runs', '--name', name], {cwd});
	const run = runFiles(path.join(cwd, 'runs'), name);
	await until('it trains', () => run.lines().length > 5);
	// Whoever started it is gone; the trainer stays.
	program.kill('SIGHUP');
	await program.outcome;
	return {cwd, run};
}

async function finishedRun(epochs = 30, cwd = temporaryFolder(), name = 'over'): Promise<{cwd: string; run: RunFiles}> {
	await runProgram(['run', '--epochs', String(epochs), '--runs', 'runs', '--name', name], {cwd});
	return {cwd, run: runFiles(path.join(cwd, 'runs'), name)};
}

/** Every file of a run but those that its trainer writes by itself. */
const filesOf = ({folder}: RunFiles) => readdirSync(folder, {recursive: true}).map(String).filter(name => !name.endsWith('.tmp') && name !== 'checkpoint.bin').toSorted();

describe('watching a run', () => {
	it('shows a live one with its whole history, follows it, and leaves it training', async () => {
		const {cwd, run} = await liveRun();
		const files = filesOf(run);
		const session = watch(cwd, ['live']);
		await session.waitFor(/epoch [1-9]/v);
		expect(session.isAlternateScreen).toBe(true);
		expect(session.lines()[0]).toMatch(/^ ibtop {2}tanh /v);
		await session.waitFor(/^ q leave {2}space freeze /mv);
		const first = shownEpoch(session);
		await session.waitFor(() => shownEpoch(session) > first + 5);
		session.press('?');
		await session.waitFor(/leave, training goes on/v);
		expect(session.text()).not.toContain('training stops');
		session.press('?');
		await session.waitFor(/information plane/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
		expect(session.normalText()).toMatch(/^tanh is at epoch [\d,]+ after \d+ s: engine builtin, seed 1, batch 512\.$/mv);
		expect(session.normalText()).toContain('The run lies in runs/live; its training goes on.');
		const {length} = run.lines();
		await until('training goes on', () => run.lines().length > length);
		expect(run.isTrainerAlive()).toBe(true);
		expect(filesOf(run)).toEqual(files);
	});

	it('pauses and resumes it with p, for all who watch', async () => {
		const {cwd, run} = await liveRun();
		const [one, other] = [watch(cwd, []), watch(cwd, ['runs/live'])];
		await Promise.all([one.waitFor(/epoch [1-9]/v), other.waitFor(/epoch [1-9]/v)]);
		one.press('p');
		await Promise.all([one.waitFor(/PAUSED/v), other.waitFor(/PAUSED/v)]);
		expect(run.events().at(-1)).toMatchObject({type: 'pause'});
		const paused = shownEpoch(other);
		other.press('p');
		await one.waitFor(() => !one.text().includes('PAUSED') && shownEpoch(one) > paused);
		one.press('q');
		other.press('\u0003');
		await expect(one.exited).resolves.toEqual({code: 0, signal: 0});
		await expect(other.exited).resolves.toEqual({code: 130, signal: 0});
		expect(run.isTrainerAlive()).toBe(true);
	});

	it.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)('ends at %s with %d, and leaves it training', async (signal, code) => {
		const {cwd, run} = await liveRun();
		const session = watch(cwd, ['live']);
		await session.waitFor(/epoch [1-9]/v);
		session.kill(signal);
		await expect(session.exited).resolves.toEqual({code, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
		expect(session.isCursorHidden).toBe(false);
		expect(run.isTrainerAlive()).toBe(true);
	});

	it('shows a finished one until the user leaves, and has nothing to pause there', async () => {
		const {cwd, run} = await finishedRun();
		const files = filesOf(run);
		const session = watch(cwd, ['over']);
		await session.waitFor(/FINISHED in \d+ s/v);
		expect(session.lines()[1]).toMatch(/^ epoch 30\/30 ━+ 100 % /v);
		session.press('p');
		await session.waitFor(/the training has ended/v);
		session.press('e');
		await session.waitFor(/information plane · width 0\.07 · bits/v);
		session.press('[');
		await session.waitFor(/EPOCH \d+ of 30/v);
		session.resize({columns: 200, rows: 50});
		await session.waitFor(() => session.lines()[49]!.startsWith(' q leave'));
		expect(session.isAlternateScreen).toBe(true);
		expect(filesOf(run)).toEqual(files);
		session.press('s');
		await session.waitFor(/saved epoch-\d{8}\.\{txt,csv,json\} in runs\/over\/snapshots/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toContain('tanh finished at epoch 30 ');
		expect(session.normalText()).toContain('The run lies in runs/over.');
	});

	it('says that the trainer died, whether before or while it is watched', async () => {
		const {cwd, run} = await liveRun();
		const session = watch(cwd, ['live']);
		await session.waitFor(/epoch [1-9]/v);
		process.kill(run.manifest()!.pid!, 'SIGKILL');
		await session.waitFor(/the trainer died before the end: ibtop resume goes on from its last checkpoint/v);
		expect(session.lines()[1]).toContain('DIED');
		session.press('p');
		await session.waitFor(/the trainer has died: there is nobody to ask/v);
		expect(readdirSync(run.file('control'))).toEqual([]);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toMatch(/^tanh broke off at epoch /mv);

		const later = watch(cwd, ['live']);
		await later.waitFor(/DIED/v);
		expect(shownEpoch(later)).toBeGreaterThan(0);
		const {stdout} = await runProgram(['watch', 'live', '--once'], {cwd});
		expect(stdout).toContain('DIED');
	});

	it('says what it may not write, and goes on', async () => {
		const {cwd, run} = await liveRun();
		const session = watch(cwd, ['live'], {columns: 160});
		await session.waitFor(/epoch [1-9]/v);
		// A run of somebody else; whoever tests as root may write everywhere, but not where there is no folder.
		rmSync(run.file('control'), {recursive: true});
		rmSync(run.file('snapshots'), {recursive: true});
		session.press('p');
		await session.waitFor(/pause cannot be asked for in runs\/live\/control: it does not exist/v);
		session.press('s');
		await session.waitFor(/The snapshot .* cannot be written: it does not exist/v);
		const first = shownEpoch(session);
		await session.waitFor(() => shownEpoch(session) > first);
		expect(existsSync(run.file('control'))).toBe(false);
	});

	it('shows what is sound of a run whose end is damaged, and waits for one that has nothing yet', async () => {
		const {cwd, run} = await finishedRun();
		const {pid: _, ...manifest} = JSON.parse(readFileSync(run.file('run.json'), 'utf8')) as Record<string, unknown>;
		writeFileSync(run.file('run.json'), JSON.stringify(manifest));
		const whole = readFileSync(run.file('events.ndjson'));
		truncateSync(run.file('events.ndjson'), 0);
		const session = watch(cwd, ['over']);
		await session.waitFor(/waiting for the trainer/v);
		writeFileSync(run.file('events.ndjson'), whole.subarray(0, -5));
		await session.waitFor(() => shownEpoch(session) === 30);
		expect(session.text()).not.toMatch(/FINISHED|DIED/v);
		writeFileSync(run.file('events.ndjson'), whole);
		await session.waitFor(/FINISHED/v);
	});

	it.each([
		['into a pipe', {}],
		['with --plain', {args: ['--plain']}],
	])('asks for --once %s', async (_, {args = []}: {args?: string[]}) => {
		const {cwd} = await finishedRun(2);
		const {code, stdout, stderr} = await runProgram(['watch', 'over', ...args], {cwd});
		expect({code, stdout, stderr}).toEqual({
			code: 2, stdout: '', stderr: 'ibtop watch needs --once where there is no terminal: it prints one frame of a run.\n',
		});
	});
});
