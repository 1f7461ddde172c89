/** `… | ibtop watch -`: events through a local pipe, as through `ssh host ibtop run --json`, that stalls and breaks. */
import {execFileSync, spawn} from 'node:child_process';
import {createWriteStream, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';
import {environment, programFile, runProgram} from '../helpers/program.js';
import {openSession} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

const asLine = (event: RunEvent) => `${JSON.stringify(event)}\n`;
const watch = `"${process.execPath}" "${programFile}" watch - --runs runs --run test`;

/** Gives text to the program on its standard input. */
async function fed(args: readonly string[], text: string, cwd: string): Promise<{code: number | null; stdout: string; stderr: string}> {
	const child = spawn(process.execPath, [programFile, 'watch', '-', '--runs', 'runs', '--run', 'test', ...args], {cwd, env: environment()});
	let [stdout, stderr] = ['', ''];
	child.stdout.on('data', (data: Buffer) => {
		stdout += data.toString();
	});
	child.stderr.on('data', (data: Buffer) => {
		stderr += data.toString();
	});
	child.stdin.end(text);
	return new Promise(resolve => {
		child.once('close', code => {
			resolve({code, stdout, stderr});
		});
	});
}

describe('the screen of a pipe', () => {
	it('goes on where the pipe stalls, even within a line, names what is wrong, and says when it breaks', async () => {
		const cwd = temporaryFolder();
		execFileSync('mkfifo', [path.join(cwd, 'link')]);
		const session = openSession('/bin/sh', ['-c', `cat link | ${watch}; echo "code $?"`], {cwd, columns: 120});
		const link = createWriteStream(path.join(cwd, 'link'));
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		await session.waitFor(/waiting for the trainer/v);
		link.write(asLine(exampleStart()) + asLine(exampleEpoch(0)));
		await session.waitFor(/epoch 0\//v);
		// It stalls: keys work all the same, although they are not what comes from standard input.
		session.press('e');
		await session.waitFor(/information plane · width 0\.07/v);
		const line = asLine(exampleEpoch(1));
		link.write(line.slice(0, 100));
		session.press('p');
		await session.waitFor(/the events come from a pipe: pause the training where it runs/v);
		const asked = await runProgram(['pause', 'test', '--runs', 'runs'], {cwd});
		expect(asked).toMatchObject({code: 1, stderr: 'The events of runs/test come from a pipe: pause the training where it runs.\n'});
		link.write(`${line.slice(100)}oops\n`);
		await session.waitFor(/epoch 1\//v);
		await session.waitFor(/line 4 is not JSON: send one object a line/v);
		link.end(asLine(exampleEpoch(2)) + asLine(exampleEpoch(3)).slice(0, 50));
		await session.waitFor(/epoch 2\/.*PIPE ENDED/v);
		session.press('s');
		await session.waitFor(/saved epoch-00000002/v);
		session.press('q');
		await session.waitFor(/code 0/v);
		expect(session.isAlternateScreen).toBe(false);
		expect(session.normalText()).toContain('The run lies in runs/test.');
		expect(run.events().map(event => event.type)).toEqual(['start', 'epoch', 'epoch', 'warning', 'epoch', 'warning']);
		expect(readdirSync(run.file('snapshots'))).toEqual(expect.arrayContaining(['csv', 'json', 'txt'].map(ending => `epoch-00000002.${ending}`)));
		// What was recorded is a run like any other.
		const again = openSession(process.execPath, [programFile, 'watch', 'test', '--runs', 'runs'], {cwd});
		await again.waitFor(/epoch 2\/.*PIPE ENDED/v);
	});

	it('shows a run of ibtop to its end, and keeps its keys when the programs before it have left', async () => {
		const cwd = temporaryFolder();
		const session = openSession('/bin/sh', ['-c', `"${process.execPath}" "${programFile}" run --epochs 30 --json --runs remote 2> log | ${watch}; echo "code $?"`], {cwd});
		await session.waitFor(/epoch 30\/30 .*FINISHED/v);
		await session.waitFor(() => {
			session.press('q');
			return session.text().includes('code 0');
		});
		expect(session.normalText()).toMatch(/tanh finished at epoch 30 after /v);
	});
});

describe('a pipe without a screen', () => {
	it('prints lines, or the events with --json, keeps unknown fields, and is a run', async () => {
		const cwd = temporaryFolder();
		const event = {...exampleEpoch(5), mine: {deep: 1}};
		const {code, stdout, stderr} = await fed(['--json'], asLine(exampleStart()) + asLine(event) + asLine({type: 'end', reason: 'finished', epoch: 5}), cwd);
		expect({code, stderr}).toEqual({code: 0, stderr: expect.stringMatching(/^Reading a pipe into a run in runs\/test/v) as string});
		expect(stdout.trimEnd().split('\n').map(line => (JSON.parse(line) as RunEvent).type)).toEqual(['start', 'epoch', 'end']);
		expect(stdout).toContain('"mine":{"deep":1}');
		expect(stdout).toBe(readFileSync(path.join(cwd, 'runs', 'test', 'events.ndjson'), 'utf8'));
	});

	it('prints one frame with --once, when the pipe has ended', async () => {
		const {code, stdout} = await fed(['--once'], asLine(exampleStart()) + asLine(exampleEpoch(5)) + asLine({type: 'end', reason: 'finished', epoch: 5}), temporaryFolder());
		expect(code).toBe(0);
		expect(stdout).toMatch(/epoch 5\/8,000 .*FINISHED/v);
	});

	it('fails where the pipe breaks, and where it holds no run', async () => {
		const broken = await fed([], asLine(exampleStart()) + asLine(exampleEpoch(5)), temporaryFolder());
		expect(broken.code).toBe(1);
		expect(broken.stderr).toMatch(/The pipe ended before the run did; what came is in runs\/test\.\n$/v);
		const empty = await fed([], 'hello\n', temporaryFolder());
		expect(empty).toEqual({code: 1, stdout: '', stderr: 'The pipe held no run: line 1 is not JSON: send one object a line.\n'});
	});
});
