/** Several runs side by side: `ibtop watch RUN RUN …`. */
/* eslint-disable no-control-regex -- control characters are the subject */
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	beforeAll, describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openSession, type Session, type SessionOptions} from '../helpers/terminal.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const watch = (cwd: string, args: readonly string[], options: Omit<SessionOptions, 'cwd'> = {}): Session =>
	openSession(process.execPath, [programFile, 'watch', ...args], {...options, cwd});

/** The epochs in the lower borders of the tiles, row by row. */
const shownEpochs = (session: Session): number[] =>
	[...session.text().matchAll(/─ epoch (?<epoch>[\d,]+)\//gv)].map(match => Number(match.groups!['epoch']!.replaceAll(',', '')));

/** The names in the upper borders of the tiles. */
const shownNames = (session: Session): string[] => [...session.text().matchAll(/┌─ (?<name>\S+) /gv)].map(match => match.groups!['name']!);

describe('watching several runs', () => {
	let shared: string | undefined;
	const finished = () => shared!;
	beforeAll(async () => {
		shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-compare-${process.pid}`);
		mkdirSync(shared, {recursive: true});
		await runProgram(['run', '--epochs', '30', '--name', 'tanh-1'], {cwd: shared});
		await runProgram(['run', '--preset', 'relu', '--epochs', '20', '--estimators', 'width:0.07', '--name', 'relu-1'], {cwd: shared});
		for (const number of [2, 3, 10]) {
			cpSync(path.join(shared, 'runs', 'tanh-1'), path.join(shared, 'runs', `tanh-${number}`), {recursive: true});
		}

		return async () => {
			const {rm} = await import('node:fs/promises');
			await rm(shared!, {recursive: true, force: true});
		};
	});

	it('shows live ones growing, redraws at every size, and leaves them training', async () => {
		const cwd = temporaryFolder();
		const runs = ['one', 'two'].map((name): RunFiles => {
			const program = startProgram(['run', '--epochs', '100000', '--runs', 'runs', '--name', name], {cwd});
			program.outcome.catch(() => undefined);
			return runFiles(path.join(cwd, 'runs'), name);
		});
		await until('both train', () => runs.every(run => run.lines().length > 3));
		const session = watch(cwd, ['one', 'two']);
		await session.waitFor(() => shownEpochs(session).length === 2);
		expect(session.lines()[0]).toMatch(/^┌─ one · tanh · bins 30 ─+┐┌─ two · tanh · bins 30 ─+┐$/v);
		expect(session.lines()[23]).toMatch(/^ q leave {2}e estimator/v);
		const first = shownEpochs(session);
		await session.waitFor(() => shownEpochs(session).every((epoch, index) => epoch > first[index]! + 5));
		for (const [columns, rows] of [[200, 50], [40, 60], [20, 3], [1, 1], [80, 24]] as const) {
			session.resize({columns, rows});
			const {length} = session.output;
			await session.waitFor(() => session.output.slice(length).includes('\u001B[2J'));
		}

		await session.waitFor(() => shownEpochs(session).length === 2 && /^┌─ one .*┐┌─ two .*┐$/v.test(session.lines()[0]!));
		expect(session.lines()[22]).toMatch(/^└─ .*┘└─ .*┘$/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
		expect(session.normalText()).toMatch(/^runs\/one: epoch [\d,]+\/100,000, .*\nruns\/two: epoch /v);
		expect(runs.map(run => run.isTrainerAlive())).toEqual([true, true]);
	});

	it('takes a pattern that the shell left as it was, and pages through what does not fit', async () => {
		const session = watch(finished(), ['*']);
		await session.waitFor(/page 1 of 2/v);
		await session.waitFor(() => shownNames(session).join(' ') === 'relu-1 tanh-1 tanh-2 tanh-3');
		await session.waitFor(() => shownEpochs(session).join(' ') === '20 30 30 30');
		session.press('\t');
		await session.waitFor(() => shownNames(session).join(' ') === 'tanh-10' && session.text().includes('page 2 of 2'));
		session.press('\u001B[D');
		await session.waitFor(/page 1 of 2/v);
		session.resize({columns: 200, rows: 50});
		await session.waitFor(() => shownNames(session).length === 5 && !session.text().includes('page'));
		session.press('\u0003');
		await expect(session.exited).resolves.toEqual({code: 130, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
	});

	it('obeys the keys in all tiles', async () => {
		const session = watch(finished(), ['tanh-1', 'relu-1'], {columns: 100, rows: 30});
		await session.waitFor(() => shownEpochs(session).join(' ') === '30 20');
		expect(session.text()).toContain('bins 30 is not measured in this run');
		session.press('e');
		await session.waitFor(/┌─ tanh-1 · width 0\.07 ─+┐┌─ relu-1 · width 0\.07 ─+┐/v);
		expect(session.text()).not.toContain('not measured');
		session.press('[');
		await session.waitFor(/EPOCH \d+, end: live/v);
		await session.waitFor(() => shownEpochs(session)[0]! < 30);
		session.press('\u001B[F');
		await session.waitFor(() => shownEpochs(session).join(' ') === '30 20');
		session.press('?');
		await session.waitFor(/next estimator, everywhere/v);
		session.press('\u001B');
		await session.waitFor(() => shownEpochs(session).length === 2);
		session.press('gg');
		await session.waitFor(() => /^[ -~\n]*$/v.test(session.text()) && session.text().includes('epoch 30/30'));
		const {length} = session.output;
		session.press('c');
		await session.waitFor(() => session.output.length > length);
	});

	it('prints one frame of them with --once, into a pipe too, in ASCII where that is asked for', async () => {
		const {code, stdout, stderr} = await runProgram(['watch', 'tanh-1', 'relu-1', '--once', '--width', '90', '--height', '20'], {cwd: finished()});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const lines = stdout.split('\n');
		expect(lines).toHaveLength(21);
		expect(lines[0]).toMatch(/^┌─ tanh-1 · bins 30 ─+┐┌─ relu-1 · bins 30 ─+┐$/v);
		expect(lines[18]).toMatch(/^└─ epoch 30\/30 · .*─+┘└─ epoch 20\/20 · .*─+┘$/v);
		expect([...lines[0]!]).toHaveLength(90);
		const plain = await runProgram(['watch', 'tanh-*', '--once', '--glyphs', 'ascii'], {cwd: finished()});
		expect(plain.stdout).toMatch(/^[ -~\n]*$/v);
		expect(plain.stdout).toMatch(/tanh-1 .*tanh-2 /v);
		for (const [width, height] of [[1, 1], [2, 30], [30, 8], [29, 7]]) {
			const tiny = await runProgram(['watch', '*', '--once', '--width', String(width), '--height', String(height)], {cwd: finished()});
			expect({code: tiny.code, stderr: tiny.stderr}).toEqual({code: 0, stderr: ''});
		}
	});

	it('shows the others when one cannot be read, and no name raw', async () => {
		const cwd = temporaryFolder();
		const name = 'a\u001B]0;owned\u0007b\u001B[31m\u202Ec';
		cpSync(path.join(finished(), 'runs', 'tanh-1'), path.join(cwd, 'runs', name), {recursive: true});
		mkdirSync(path.join(cwd, 'runs', 'broken\u001B]0;x\u0007'), {recursive: true});
		writeFileSync(path.join(cwd, 'runs', 'broken\u001B]0;x\u0007', 'run.json'), '{}');
		const session = watch(cwd, ['*'], {columns: 120});
		await session.waitFor(/its field "kind" is wrong/v);
		await session.waitFor(/epoch 30\/30/v);
		expect(session.text()).toMatch(/┌─ ab\uFFFDc · tanh · bins 30 ─/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.privateSequences).toEqual([]);
		expect(session.output).not.toMatch(/owned|\u202E|\[31m/v);
		const once = await runProgram(['watch', '*', '--once'], {cwd});
		expect(once.stdout).not.toMatch(/[\u001B\u0007\u202E]/v);
	});
});
