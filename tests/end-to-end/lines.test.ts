import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openSession} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const here = ['--runs', 'runs', '--name', 'test'] as const;
const epochLine = /^epoch +\d+ {2}loss \S+ +train \d+\.\d % {2}test \d+\.\d %(?: {2}[1-6] \d+\.\d\d\/\d\.\d\d [\d.]+ *){6}$/v;

describe('without a screen', () => {
	it.each([
		['for ibtop run', ['run']],
		['where stdout is no terminal', []],
	])('there is a line a measured epoch and a summary, %s', async (_, args) => {
		const cwd = temporaryFolder();
		const {code, stdout, stderr} = await runProgram([...args, '--epochs', '30', ...here], {cwd});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const lines = stdout.split('\n');
		const measured = run.events().filter(({type}) => type === 'epoch').length;
		expect(code).toBe(0);
		expect(lines[0]).toMatch(/^Loss in nats; of each layer I\(X;T\)\/I\(T;Y\) in bits \(bins\), and M\/S of its gradients\.$/v);
		expect(lines.filter(line => line.startsWith('epoch ') && epochLine.test(line))).toHaveLength(measured);
		const summary = stdout.slice(stdout.indexOf('\n\n') + 2);
		expect(summary).toMatch(/^tanh finished at epoch 30 after \d+ s: engine builtin, seed 1, batch 512\.\nLoss \d\.\d+ nats, train accuracy \d+\.\d %, test accuracy \d+\.\d %\.\n\n/v);
		expect(summary).toContain('\n\nInformation plane, bins, in bits:\n1.0 I(T;Y)');
		for (const name of ['1 hidden 1', '2 hidden 2', '3 hidden 3', '4 hidden 4', '5 hidden 5', '6 output']) {
			expect(summary).toMatch(new RegExp(String.raw`^${name} +\d+\.\d{3} +\d\.\d{3} +[\d.]+ +(?:\d+|not yet|never drifted)`, 'mv'));
		}

		expect(summary).toMatch(/\nDrift → diffusion: .+\.\n$/v);
		expect(stderr).toMatch(/^Training tanh in runs\/test \(process \d+\)\.\nThe run lies in runs\/test\.\n$/v);
		expect(stdout + stderr).not.toContain('\u001B');
	});

	it.each([
		['TERM=dumb', [], {TERM: 'dumb'}],
		['ibtop run', ['run'], {}],
	])('a terminal gets lines and no control sequences with %s', async (_, args, env: Record<string, string>) => {
		const cwd = temporaryFolder();
		const session = openSession(process.execPath, [programFile, ...args, '--epochs', '5', ...here], {
			cwd, env, columns: 160, rows: 60,
		});
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.output).not.toContain('\u001B');
		expect(session.normalText()).toMatch(/^epoch 5 {2}loss /mv);
		expect(session.normalText()).toContain('The run lies in runs/test.');
	});

	it('Ctrl-C in the terminal stops the training, with exit code 130 and an end event', async () => {
		const cwd = temporaryFolder();
		const session = openSession(process.execPath, [programFile, 'run', '--epochs', '8000', ...here], {cwd, columns: 160, rows: 60});
		await session.waitFor(/^epoch +5 /mv);
		session.press('\u0003');
		await expect(session.exited).resolves.toEqual({code: 130, signal: 0});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: 'Ctrl-C'});
		expect(run.isTrainerAlive()).toBe(false);
		expect(session.normalText()).toMatch(/^tanh was stopped at epoch /mv);
	});

	it.each([
		['SIGINT', 130, 'Ctrl-C'],
		['SIGTERM', 143, 'SIGTERM'],
	] as const)('%s stops the training, with exit code %d', async (signal, expected, by) => {
		const cwd = temporaryFolder();
		const program = startProgram(['run', '--json', '--epochs', '8000', ...here], {cwd});
		await until('an epoch is told', () => program.stdout().includes('"epoch":3'));
		program.kill(signal);
		const {code, stdout} = await program.outcome;
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		expect(code).toBe(expected);
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: by});
		expect(stdout.trimEnd().split('\n')).toEqual(run.lines());
		expect(run.isTrainerAlive()).toBe(false);
	});

	it('SIGHUP ends the printing with 129, and the training goes on to its end', async () => {
		const cwd = temporaryFolder();
		const program = startProgram(['run', '--epochs', '150', ...here], {cwd});
		await until('an epoch is told', () => /^epoch +3 /mv.test(program.stdout()));
		program.kill('SIGHUP');
		const {code, signal} = await program.outcome;
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		// A shell says 129 of both.
		expect(signal === 'SIGHUP' || code === 129).toBe(true);
		expect(run.isTrainerAlive()).toBe(true);
		await until('the training has ended', () => !run.isTrainerAlive());
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'finished'});
	});

	it('IBTOP_RUNS says where runs lie, unless --runs does; a run without a name gets one of its own', async () => {
		const cwd = temporaryFolder();
		const fromEnvironment = await runProgram(['run', '--epochs', '1'], {cwd, env: {IBTOP_RUNS: 'elsewhere'}});
		expect(fromEnvironment.stderr).toMatch(/^The run lies in elsewhere\/tanh-\d{4}-\d\d-\d\d-\d{6}\.$/mv);
		const fromFlag = await runProgram(['run', '--epochs', '1', '--runs', 'here'], {cwd, env: {IBTOP_RUNS: 'elsewhere'}});
		expect(fromFlag.stderr).toMatch(/^The run lies in here\/tanh-/mv);
	});
});

describe('--json', () => {
	it('prints the lines of events.ndjson, byte for byte', async () => {
		const cwd = temporaryFolder();
		const {code, stdout, stderr} = await runProgram(['run', '--json', '--epochs', '40', ...here], {cwd});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		expect(code).toBe(0);
		expect(stdout).toBe(readFileSync(run.file('events.ndjson'), 'utf8'));
		expect(run.events().map(({type}) => type)).toEqual(expect.arrayContaining(['start', 'epoch', 'end']));
		expect(run.events().at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 40});
		expect(stderr).toMatch(/^Training tanh in runs\/test \(process \d+\)\.\nThe run lies in runs\/test\.\n$/v);
	});

	it('ends quietly when its reader has had enough', async () => {
		const cwd = temporaryFolder();
		const script = '{ "$@"; echo $? > status; } | head -3';
		const {stdout, stderr} = await runProgram(['-c', script, 'sh', process.execPath, programFile, 'run', '--json', '--epochs', '8000', ...here], {cwd, file: '/bin/sh'});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		expect(stdout.trimEnd().split('\n')).toEqual(run.lines().slice(0, 3));
		expect(stderr).toMatch(/^Training tanh in runs\/test \(process \d+\)\.\n$/v);
		expect(readFileSync(path.join(cwd, 'status'), 'utf8').trim()).toBe('0');
		expect(run.isTrainerAlive()).toBe(false);
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped'});
	});

	it('is the same for the same seed, apart from times and names, and another for another', async () => {
		const cwd = temporaryFolder();
		const eventsOf = async (seed: string, name: string) => {
			const {stdout} = await runProgram(['run', '--json', '--epochs', '15', '--seed', seed, '--runs', 'runs', '--name', name], {cwd});
			return stdout.trimEnd().split('\n').map(line => {
				const {seconds: _seconds, run: _run, crc: _crc, ...event} = JSON.parse(line) as Record<string, unknown>;
				return event;
			});
		};

		const [first, again, other] = [await eventsOf('5', 'first'), await eventsOf('5', 'again'), await eventsOf('6', 'other')];
		expect(again).toEqual(first);
		expect(other.filter(({type}) => type === 'epoch')).not.toEqual(first.filter(({type}) => type === 'epoch'));
	});
});

it('ibtop presets lists each preset with a line on what it shows', async () => {
	const {code, stdout, stderr} = await runProgram(['presets'], {cwd: temporaryFolder()});
	expect(code).toBe(0);
	expect(stderr).toBe('');
	expect(stdout).toMatch(/^(?:[a-z][\w\-]* +(?:12-[\d\-]+-2|784-[\d\-]+-10) {2}\S.+\.\n){28}$/v);
});
