/** One run out of several: `ibtop merge`, held against the run with repeats that it stands for. */
import {
	cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	beforeAll, describe, expect, it, vi,
} from 'vitest';
import {runProgram} from '../helpers/program.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

const sentence = /^[^\p{Cc}\p{Cf}]+[.?]\n$/v;

const files = (cwd: string, name: string): RunFiles => runFiles(path.join(cwd, 'runs'), name);

/** What each repeat tells, in its order and without the clock, and what the run tells of itself. */
function toldOf(run: RunFiles): Readonly<Record<string, string[]>> {
	const told: Record<string, string[]> = {};
	for (const event of run.events()) {
		const who = 'repeat' in event ? `repeat ${Number(event.repeat)}` : 'run';
		(told[who] ??= []).push(JSON.stringify({...event, ...('seconds' in event && {seconds: 0}), ...('run' in event && {run: ''})}));
	}

	return told;
}

const orderOf = (told: Readonly<Record<string, string[]>>) => Object.keys(told).toSorted();

describe('a merged run', () => {
	const quick = ['--train', '0.05', '--estimators', 'bins'];
	it.each<readonly [string, readonly string[], readonly number[], string]>([
		['of runs that have finished', ['--epochs', '60', '--estimators', 'width:0.07,bins'], [4, 5, 6], '"event":"diffusion"'],
		['of runs that are stuck at chance', [...quick, '--hidden', '3', '--batch-size', '204', '--epochs', '1001', '--learning-rate', '1e-12'], [1, 2, 3], '"type":"stuck"'],
		['of runs that diverge', [...quick, '--preset', 'linear', '--hidden', '10-7-5-4-3', '--batch-size', '50', '--epochs', '30', '--optimizer', 'sgd', '--learning-rate', '1e6'], [1, 2], '"reason":"diverged"'],
	])('%s is that with as many repeats, event for event', async (_, args, seeds, told) => {
		const cwd = temporaryFolder();
		await runProgram(['run', ...args, '--seed', String(seeds[0]), '--repeats', String(seeds.length), '--name', 'together'], {cwd});
		for (const seed of seeds) {
			await runProgram(['run', ...args, '--seed', String(seed), '--name', `alone-${seed}`], {cwd});
		}

		const {code, stdout, stderr} = await runProgram(['merge', ...seeds.toReversed().map(seed => `alone-${seed}`), '--name', 'merged'], {cwd});
		expect({code, stdout, stderr}).toEqual({code: 0, stdout: `runs/merged: ${seeds.length} seeds, ${seeds[0]} to ${seeds.at(-1)}.\n`, stderr: ''});
		const [merged, together] = [toldOf(files(cwd, 'merged')), toldOf(files(cwd, 'together'))];
		expect(orderOf(merged)).toEqual([...seeds.map((__, index) => `repeat ${index + 1}`), 'run']);
		for (const who of orderOf(together).filter(each => each !== 'run')) {
			expect(merged[who], who).toEqual(together[who]);
		}

		expect(Object.values(merged).flat().some(line => line.includes(told)), told).toBe(true);
		// If all diverge, the end tells of the one that was first, which is a matter of timing.
		expect(merged['run']!.slice(0, -1)).toEqual(together['run']!.slice(0, -1));
		expect(merged['run']!.at(-1)!.replace(/in repeat \d .*/v, '')).toEqual(together['run']!.at(-1)!.replace(/in repeat \d .*/v, ''));
	});

	it('is a run as any other: it can be watched, exported and merged again', async () => {
		const cwd = temporaryFolder();
		for (const seed of [1, 2, 4]) {
			await runProgram(['run', '--epochs', '6', '--seed', String(seed), '--name', `tanh-${seed}`], {cwd});
		}

		expect(await runProgram(['merge', 'tanh-1', 'tanh-4', '--name', 'some'], {cwd})).toMatchObject({code: 0, stdout: 'runs/some: 2 seeds, 1, 4.\n'});
		expect(await runProgram(['merge', 'some', 'tanh-2', '--name', 'all'], {cwd})).toMatchObject({code: 0, stdout: 'runs/all: 3 seeds, 1, 2, 4.\n'});
		expect(files(cwd, 'all').events()[0]).toMatchObject({
			type: 'start', run: 'all', seed: 1, seeds: [1, 2, 4], repeats: 3, preset: {repeats: 3},
		});
		expect(files(cwd, 'all').events().at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 6});
		expect(JSON.parse(readFileSync(files(cwd, 'all').file('run.json'), 'utf8'))).toMatchObject({kind: 'ibtop-run', name: 'all', merged: ['some', 'tanh-2']});
		const frame = await runProgram(['watch', 'all', '--once'], {cwd});
		expect(frame.stdout).toContain('median of 3 seeds');
		await runProgram(['export', 'all', '--format', 'csv'], {cwd});
		const rows = readFileSync(path.join(cwd, 'all.csv'), 'utf8').trimEnd().split('\n').slice(1).map(line => line.split(','));
		expect(new Set(rows.map(([run, , seed, repeat]) => `${run} ${seed} ${repeat}`))).toEqual(new Set(['all 1 1', 'all 2 2', 'all 4 3']));
	});
});

describe('ibtop merge', () => {
	let shared: string;
	beforeAll(async () => {
		shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-merge-${process.pid}`);
		mkdirSync(shared, {recursive: true});
		const run = async (name: string, ...args: string[]) => runProgram(['run', '--epochs', '4', '--name', name, ...args], {cwd: shared});
		await run('tanh-1');
		await run('tanh-2', '--seed', '2');
		await run('softsign-3', '--activation', 'softsign', '--seed', '3');
		cpSync(path.join(shared, 'runs', 'tanh-2'), path.join(shared, 'runs', 'twin'), {recursive: true});
		cpSync(path.join(shared, 'runs', 'tanh-2'), path.join(shared, 'runs', 'half'), {recursive: true});
		const half = files(shared, 'half');
		truncateSync(half.file('events.ndjson'), half.lines().slice(0, 4).join('\n').length + 40);
		cpSync(path.join(shared, 'runs', 'tanh-2'), path.join(shared, 'runs', 'newer'), {recursive: true});
		const newer = files(shared, 'newer').file('run.json');
		writeFileSync(newer, readFileSync(newer, 'utf8').replace('"version": 1', '"version": 2'));
		return async () => {
			const {rm} = await import('node:fs/promises');
			await rm(shared, {recursive: true, force: true});
		};
	}, 60_000);

	it.each<readonly [string, readonly string[], 1 | 2, RegExp]>([
		['another experiment', ['tanh-1', 'softsign-3'], 1, /^softsign-3 is another experiment than tanh-1 \(network\.activation: "softsign", not "tanh"\): leave it out, or give --skip, /v],
		['a seed twice', ['tanh-1', 'tanh-2', 'twin'], 1, /^twin has the seed 2, which tanh-2 has too: leave it out, or give --skip, /v],
		['a run that has not finished', ['tanh-1', 'half'], 1, /^half has not finished \(it goes on or broke off at epoch \d of 4\): leave it out, or give --skip, /v],
		['a run of a newer version', ['tanh-1', 'newer'], 1, /newer\/run\.json was written by a newer ibtop .*: leave it out, or give --skip, /v],
		['nothing', [], 2, /^ibtop merge needs the runs that are to be one: /v],
		['one run alone', ['tanh-1'], 2, /^There is only one seed to merge: name several runs/v],
		['a run that is not there', ['tanh-1', 'tanh-9'], 2, /^There is no run "tanh-9"/v],
		['a name that is taken', ['tanh-1', 'tanh-2', '--name', 'twin'], 2, /^The run \S+\/runs\/twin exists already: choose another --name\.$/mv],
		['a name that is none', ['tanh-1', 'tanh-2', '--name', '../x'], 2, /^--name "\.\.\/x" is no name for a run/v],
	])('refuses %s by one sentence, and leaves nothing behind', async (_, args, exitCode, said) => {
		const before = readdirSync(path.join(shared, 'runs')).toSorted();
		const {code, stdout, stderr} = await runProgram(['merge', ...(args.includes('--name') ? args : [...args, '--name', 'merged'])], {cwd: shared});
		expect(stderr).toMatch(said);
		expect(stderr).toMatch(sentence);
		expect({code, stdout}).toEqual({code: exitCode, stdout: ''});
		expect(readdirSync(path.join(shared, 'runs')).toSorted()).toEqual(before);
	});

	it('leaves out with --skip what does not fit, and names it', async () => {
		const {code, stdout, stderr} = await runProgram(['merge', 'tanh-1', 'newer', 'half', 'tanh-2', 'twin', 'softsign-3', '--skip', '--name', 'rest'], {cwd: shared});
		expect({code, stdout}).toEqual({code: 0, stdout: 'runs/rest: 2 seeds, 1 to 2.\n'});
		expect(stderr.split('\n').map(line => line.split(' ').slice(0, 5).join(' '))).toEqual([
			expect.stringMatching(/^Left out: \S+newer\/run\.json was written$/v), 'Left out: half has not', 'Left out: twin has the', 'Left out: softsign-3 is another', '',
		]);
	});
});
