/** One frame of a run (`watch RUN --once`), and a run told in sentences (`--plain`). */
/* eslint-disable no-control-regex -- control characters are the subject */
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	beforeAll, describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openScreen, openSession} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

describe('watch --once', () => {
	/** Two runs: the second is the newer one. */
	async function twoRuns(): Promise<string> {
		const cwd = temporaryFolder();
		await runProgram(['run', '--epochs', '6', '--runs', 'runs', '--name', 'older', '--seed', '5'], {cwd});
		await runProgram(['run', '--epochs', '7', '--runs', 'runs', '--name', 'newer', '--seed', '6'], {cwd});
		return cwd;
	}

	it('prints one frame of the run that is meant, by name, by folder or the latest, and nothing that is no text', async () => {
		const cwd = await twoRuns();
		for (const [args, epoch, seed] of [
			[['older', '--runs', 'runs'], 6, 5],
			[['newer', '--runs', 'runs'], 7, 6],
			[['runs/older', '--runs', 'elsewhere'], 6, 5],
			[[path.join(cwd, 'runs', 'older')], 6, 5],
			[['--runs', 'runs'], 7, 6],
			[[], 7, 6],
		] as const) {
			const {code, stdout, stderr} = await runProgram(['watch', '--once', ...args], {cwd});
			expect({code, stderr}, args.join(' ')).toEqual({code: 0, stderr: ''});
			const lines = stdout.split('\n');
			expect(stdout).not.toContain('\u001B');
			expect(stdout).toContain(`epoch ${epoch}/${epoch} `);
			expect(stdout).toContain(`seed ${seed}`);
			expect(lines).toHaveLength(24 + 1);
			expect(lines.filter(line => [...line].length > 80 || line !== line.trimEnd())).toEqual([]);
			expect(lines[2]).toMatch(/^┌─ information plane .*┐┌─ gradients .*┐$/v);
		}

		const sized = await runProgram(['watch', 'newer', '--once', '--width', '120', '--height', '40'], {cwd});
		expect(sized.stdout.split('\n')).toHaveLength(40 + 1);
		expect([...sized.stdout.split('\n')[2]!]).toHaveLength(120);
		const tiny = await runProgram(['watch', 'newer', '--once', '--width', '1', '--height', '1'], {cwd});
		expect(tiny).toMatchObject({code: 0, stdout: expect.stringMatching(/^.?\n$/v) as string});
		const plain = await runProgram(['watch', 'newer', '--once', '--glyphs', 'ascii'], {cwd});
		expect(plain.stdout).toMatch(/^[ -~\n]*$/v);
		const colored = await runProgram(['watch', 'newer', '--once', '--color'], {cwd});
		expect(colored.stdout).toMatch(/\u001B\[[\d;]*38;5;214m/v);
	});

	it('is in colour on a terminal, as large as that, and leaves the terminal alone', async () => {
		const cwd = await twoRuns();
		for (const [args, hasColors] of [[[], true], [['--no-color'], false]] as const) {
			const session = openSession(process.execPath, [programFile, 'watch', 'newer', '--once', ...args], {cwd, columns: 100, rows: 31});
			await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
			expect(session.output).not.toMatch(/\u001B(?!\[[\d;]*m)/v);
			expect(session.output.includes('38;5;214')).toBe(hasColors);
			expect(session.normalText().split('\n')[2]).toMatch(/^┌.{98}┐$/v);
		}
	});

	it('is of a live run as well, and does not disturb it', async () => {
		const {session, run, folder} = openScreen(['--epochs', '100000']);
		await session.waitFor(/epoch [1-9]\d/v);
		const {code, stdout} = await runProgram(['watch', 'test', '--runs', 'runs', '--once'], {cwd: folder});
		expect(code).toBe(0);
		expect(stdout).toMatch(/epoch [\d,]+\/100,000 /v);
		expect(stdout).not.toContain('FINISHED');
		const {length} = run.lines();
		await until('training goes on', () => run.lines().length > length);
	});

	it.each([
		['a run that is not there', ['nowhere', '--once'], /^There is no run "nowhere", neither as a folder nor in .+\.$/v],
		['a name that is nearly right', ['older2', '--once'], /^There is no run "older2".* Did you mean "older"\?$/v],
		['no run at all', ['--runs', 'empty', '--once'], /^There is no run in .+: start one with "ibtop"/v],
		['a width of nothing', ['--once', '--width', '0'], /^--width must be a whole number from 1 to 1000, not "0"\.$/v],
		['a width that is no number', ['--once', '--width', 'wide'], /^--width must be a whole number from 1 to 1000, not "wide"\.$/v],
		['a height that is not whole', ['--once', '--height', '2.5'], /^--height must be a whole number/v],
		['a height beyond all screens', ['--once', '--height', '1001'], /^--height must be a whole number/v],
		['a second run that is not there', ['older', 'nowhere', '--once'], /^There is no run "nowhere"/v],
		['a pattern that no run matches', ['new*', '--once'], /^There is no run in .+ that matches "new\*"\.$/v],
		['no --once', ['older'], /^ibtop watch needs --once/v],
	])('refuses %s in one sentence, with exit code 2', async (_, args, said) => {
		const {code, stdout, stderr} = await runProgram(['watch', ...args], {cwd: fixture()});
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toMatch(/^[^\n]+\n$/v);
		expect(stderr.trim()).toMatch(said);
	});

	it('ends quietly when its reader has had enough', async () => {
		const script = '{ "$@"; echo $? >&2; } | head -1';
		const {stdout, stderr} = await runProgram(['-c', script, 'sh', process.execPath, programFile, 'watch', 'older', '--once'], {cwd: fixture(), file: '/bin/sh'});
		expect(stdout).toMatch(/^ ibtop .*\n$/v);
		expect(stderr).toBe('0\n');
	});

	let shared: string | undefined;
	const fixture = () => shared!;
	beforeAll(async () => {
		shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-once-${process.pid}`);
		mkdirSync(path.join(shared, 'runs', 'empty'), {recursive: true});
		mkdirSync(path.join(shared, 'empty'), {recursive: true});
		await runProgram(['run', '--epochs', '2', '--name', 'older'], {cwd: shared});
		return async () => {
			const {rm} = await import('node:fs/promises');
			await rm(shared!, {recursive: true, force: true});
		};
	});
});

describe('--plain', () => {
	const sentences = /^(?:[A-Z].*[.?!] ?)+$/v;

	it('speaks sentences, at most one line a second', async () => {
		const cwd = temporaryFolder();
		const program = startProgram(['--plain', '--epochs', '5000', '--runs', 'runs', '--name', 'test'], {cwd});
		const seen: Array<{time: number; line: string}> = [];
		const note = () => {
			const lines = program.stdout().split('\n').slice(0, -1);
			for (const line of lines.slice(seen.length)) {
				seen.push({time: performance.now(), line});
			}
		};

		const timer = setInterval(note, 10);
		const {code, stdout, stderr} = await program.outcome.finally(() => {
			clearInterval(timer);
		});
		expect(code).toBe(0);
		const end = seen.findIndex(({line}) => line === '');
		const spoken = seen.slice(0, end === -1 ? undefined : end);
		expect(spoken.length).toBeGreaterThan(2);
		for (const {line} of spoken) {
			expect(line).toMatch(sentences);
		}

		// The last one may come early: there is nothing after it to wait for.
		const gaps = spoken.slice(1, -1).map(({time}, index) => time - spoken[index]!.time);
		expect(gaps.filter(gap => gap < 950)).toEqual([]);
		expect(new Set(spoken.map(({line}) => line)).size).toBe(spoken.length);
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const told = stdout.replaceAll('\n', ' ');
		for (const event of run.events()) {
			if (event.type === 'phase' && event.event === 'diffusion' && event.epoch !== null) {
				expect(told).toContain(`Layer ${event.layer} switches from drift to diffusion from epoch ${event.epoch}.`);
			}
		}

		expect(told).toContain('Epoch 5,000 of 5,000');
		expect(told).toMatch(/tanh finished at epoch 5,000 /v);
		expect(stdout + stderr).not.toContain('\u001B');
	});

	it('is the same in a terminal, and says when training is over', async () => {
		const cwd = temporaryFolder();
		const session = openSession(process.execPath, [programFile, '--plain', '--epochs', '60', '--runs', 'runs', '--name', 'test'], {cwd, columns: 1000, rows: 60});
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.output).not.toContain('\u001B');
		expect(session.normalText()).toMatch(/^Training tanh with 6 layers on the engine builtin\./mv);
		// However much happens within a second: it is told in one go, and the terminal is wide enough for it.
		expect(session.normalText()).toMatch(/Epoch 60 of 60, loss [\d.]+, test accuracy [\d.]+ %\. \d of 6 layers have switched from drift to diffusion\./v);
		expect(session.normalText()).toContain('tanh finished at epoch 60 ');
	});
});
