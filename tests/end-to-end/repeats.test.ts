/** Several repeats in one run: what is printed, and what becomes of them when they are paused, stopped, or break. */
import {
	mkdirSync, renameSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {
	describe, expect, it, vi,
} from 'vitest';
import {withFault} from '../helpers/fault.js';
import {runProgram, type Started, startProgram} from '../helpers/program.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const here = ['--runs', 'runs', '--name', 'test'] as const;

/** A run with three repeats that is under way. */
async function startRepeats(args: readonly string[] = [], env: Record<string, string> = {}): Promise<{program: Started; run: RunFiles}> {
	const cwd = temporaryFolder();
	const program = startProgram(['run', '--json', '--repeats', '3', '--epochs', '100000', ...args, ...here], {cwd, env});
	const run = runFiles(path.join(cwd, 'runs'), 'test');
	await until('an epoch is told', () => run.lines().some(line => line.includes('"epoch":3')) || undefined);
	return {program, run};
}

function ask(run: RunFiles, name: string): void {
	writeFileSync(run.file('request.tmp'), 'a test');
	mkdirSync(run.file('control'), {recursive: true});
	renameSync(run.file('request.tmp'), run.file('control', name));
}

const sentences = {
	fault: /^Something went wrong inside ibtop: a fault of the test\. Set IBTOP_DEBUG=1 to see where\.$/v,
	ended: /^A thread of the trainer ended with code \d+ in the middle of its repeats, and the run with it\.$/v,
	memory: /^1000 (?:repeats need about \d+ GB|networks of this size do not fit).*: (?:at most \d+ fit, so give --repeats \d+ or fewer|give --repeats 1)\.$/v,
};

const epochsOf = (run: RunFiles) => run.events().filter(event => event.type === 'epoch');

it('ibtop run prints a line a measured epoch and repeat, and names the repeat in each', async () => {
	const cwd = temporaryFolder();
	const {code, stdout, stderr} = await runProgram(['run', '--repeats', '3', '--epochs', '12', ...here], {cwd});
	expect(code).toBe(0);
	for (const repeat of [1, 2, 3]) {
		const lines = stdout.split('\n').filter(line => line.startsWith(`repeat ${repeat}  epoch `));
		expect(lines).toHaveLength(13);
		expect(lines.every(line => /^repeat \d {2}epoch +\d+ {2}loss \S+ +train \d+\.\d % {2}test \d+\.\d % {2}/v.test(line))).toBe(true);
		expect(stdout).toMatch(new RegExp(`^repeat ${repeat} finished at epoch 12$`, 'mv'));
	}

	expect(stdout).toMatch(/^tanh finished at epoch 12 /mv);
	expect(stderr).toMatch(/^Training tanh in runs\/test \(process \d+\)\.\nThe run lies in runs\/test\.\n$/v);
});

it('--json prints the lines of the file; each repeat is the single run of its seed', async () => {
	const cwd = temporaryFolder();
	const {code, stdout} = await runProgram(['run', '--json', '--repeats', '3', '--seed', '11', '--epochs', '8', ...here], {cwd});
	const run = runFiles(path.join(cwd, 'runs'), 'test');
	expect(code).toBe(0);
	expect(stdout.trimEnd().split('\n')).toEqual(run.lines());
	expect(run.events()[0]).toMatchObject({
		type: 'start', seed: 11, repeats: 3, preset: {repeats: 3, seed: 11},
	});
	expect(run.events().at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 8});
	const told = (files: RunFiles, repeat?: number) => epochsOf(files)
		.filter(event => event.repeat === repeat)
		.map(({repeat: _repeat, seconds: _seconds, ...event}) => JSON.stringify(event));
	await runProgram(['run', '--json', '--seed', '13', '--epochs', '8', '--runs', 'runs', '--name', 'single'], {cwd});
	const single = runFiles(path.join(cwd, 'runs'), 'single');
	expect(told(single)).toHaveLength(9);
	expect(told(run, 3)).toEqual(told(single));
	expect(single.events()[0]).not.toHaveProperty('repeats');
	expect(single.lines().filter(line => line.includes('"repeat"'))).toEqual([]);
});

it('a reader for the screen reader hears the ends of the repeats', async () => {
	const {code, stdout} = await runProgram(['run', '--plain', '--repeats', '2', '--epochs', '3', ...here], {cwd: temporaryFolder()});
	expect(code).toBe(0);
	expect(stdout).toContain('Repeat 1 has finished.');
	expect(stdout).toContain('Repeat 2 has finished.');
});

it.each([
	['SIGTERM', 143, 'SIGTERM'],
	['SIGINT', 130, 'Ctrl-C'],
] as const)('%s stops all repeats, with exit code %d and the end event last', async (signal, code, by) => {
	const {program, run} = await startRepeats();
	program.kill(signal);
	expect(await program.outcome).toMatchObject({code});
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: by});
	expect(run.events().filter(({type}) => type === 'end' || type === 'repeat-end')).toHaveLength(1);
	expect(run.isTrainerAlive()).toBe(false);
});

it('SIGTERM to the trainer itself stops all repeats', async () => {
	const {program, run} = await startRepeats();
	process.kill(run.manifest()!.pid!, 'SIGTERM');
	expect(await program.outcome).toMatchObject({code: 0});
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: 'SIGTERM'});
	await until('the trainer is gone', () => !run.isTrainerAlive());
});

it('SIGHUP of the viewer harms no repeat', async () => {
	const {program, run} = await startRepeats();
	program.kill('SIGHUP');
	const {code, signal} = await program.outcome;
	expect(signal === 'SIGHUP' || code === 129).toBe(true);
	const {length} = run.lines();
	await until('training goes on', () => run.lines().length > length + 6);
	ask(run, 'stop');
	await until('the trainer is gone', () => !run.isTrainerAlive());
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: 'a test'});
});

it('a pause holds all repeats until they are resumed, or stopped', async () => {
	const {program, run} = await startRepeats();
	ask(run, 'pause');
	await until('the run is paused', () => run.events().at(-1)?.type === 'pause', 5000);
	const {length} = run.lines();
	await sleep(500);
	expect(run.lines()).toHaveLength(length);
	ask(run, 'resume');
	await until('it goes on', () => run.lines().length > length + 6);
	expect(run.events()[length]).toMatchObject({type: 'resume'});
	ask(run, 'pause');
	await until('it is paused again', () => run.events().at(-1)?.type === 'pause', 5000);
	ask(run, 'stop');
	await program.outcome;
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: 'a test'});
	expect(run.events().filter(({type}) => type === 'pause')).toHaveLength(2);
	expect(run.isTrainerAlive()).toBe(false);
});

describe('a thread that breaks', () => {
	const inThread = (what: string) => withFault('async function advanceAll(round) {', `async function advanceAll(round) { if (round === 4 && repeats.includes(2)) { ${what} }`);

	it.each([
		['by an exception', inThread('throw new Error("a fault of the test");'), sentences.fault],
		['by an exception that nobody awaits', inThread('Promise.reject(new Error("a fault of the test")); await new Promise(setImmediate);'), sentences.fault],
		['by leaving', inThread('process.exit(7);'), sentences.ended],
		['by leaving without a word', inThread('process.exit(0);'), sentences.ended],
		['by waiting for what never comes', inThread('await new Promise(() => {});'), sentences.ended],
	])('%s fails the run with a sentence, and nothing is left behind', async (_, env, sentence) => {
		const cwd = temporaryFolder();
		const {code, stderr} = await runProgram(['run', '--json', '--repeats', '3', '--epochs', '100000', ...here], {cwd, env});
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const end = run.events().at(-1)!;
		expect(end).toMatchObject({type: 'end', reason: 'failed', message: expect.stringMatching(sentence) as string});
		expect(stderr.trimEnd().split('\n').at(-1)).toBe((end as {message: string}).message);
		expect(code).toBe(1);
		expect(epochsOf(run).filter(({repeat}) => repeat === 2).map(({epoch}) => epoch)).toEqual([0, 1, 2, 3]);
		await until('the trainer is gone', () => !run.isTrainerAlive());
	});
});

it.each([
	[['--repeats', '0'], /^--repeats must be at least 1, not 0\.$/v],
	[['--repeats', '1001'], /^--repeats must be at most 1000, not 1001\.$/v],
	[['--repeats', '2.5'], /^--repeats must be a whole number, not 2\.5\.$/v],
	[['--repeats', 'many'], /^--repeats must be a number, not "many"\.$/v],
	[['--repeats', '3', '--seed', String(Number.MAX_SAFE_INTEGER - 1)], /^The seed 9007199254740990 leaves no room for those of 3 repeats: give a smaller --seed\.$/v],
	[['--repeats', '1000', '--hidden', '10000-10000-10000'], sentences.memory],
])('%s is refused by one sentence, with exit code 2, and no run is made', async (args, sentence) => {
	const cwd = temporaryFolder();
	const {code, stdout, stderr} = await runProgram(['run', ...args, ...here], {cwd});
	expect(stderr.trimEnd()).toMatch(sentence);
	expect({code, stdout}).toEqual({code: 2, stdout: ''});
	expect(runFiles(path.join(cwd, 'runs'), 'test').manifest()).toBeUndefined();
});
