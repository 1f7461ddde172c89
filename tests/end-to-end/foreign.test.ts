/** `ibtop watch DIR` as a whole: the screen, its child process, flags, hostile files, and deaths. */
import {execFileSync} from 'node:child_process';
import {
	existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {
	dropFile, dropLabels as y, dropLayer, dropStep,
} from '../helpers/drop.js';
import {npyOf, type TestArray, writeNpz} from '../helpers/npz.js';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {openSession, type SessionOptions} from '../helpers/terminal.js';
import {until} from '../helpers/until.js';
import {isAlive, runFiles, temporaryFolder} from '../helpers/workplace.js';
import {writeZip} from '../helpers/zip.js';

vi.setConfig({testTimeout: 60_000});

const watch = (cwd: string, args: readonly string[], options: Omit<SessionOptions, 'cwd'> = {}) =>
	openSession(process.execPath, [programFile, 'watch', ...args, '--runs', 'runs'], {...options, cwd});
const runIn = (cwd: string, name = 'test') => runFiles(path.join(cwd, 'runs'), name);
const warningsOf = (run: ReturnType<typeof runFiles>) => run.events().flatMap(event => event.type === 'warning' ? [event.message] : []);
const stepsOf = (run: ReturnType<typeof runFiles>) => run.events().flatMap(event => event.type === 'epoch' ? [event.step] : []);

const good = {y, L1: dropLayer()};
const escape = '\u001B';
const array: TestArray = {shape: [8], values: new Float32Array(8)};
const npy = npyOf('{\'descr\': \'<f4\', \'fortran_order\': False, \'shape\': (8,), }', new Uint8Array(32));

/** What somebody might find, or put, among the files; each is to be named once. */
const hostile: ReadonlyArray<(folder: string, name: string) => void> = [
	...[
		'', 'text', `${escape}]52;c;cm0gLXJmIH4K\u0007${escape}[2J`, '\u0089HDF\r\n\u001A\n', '\u0080\u0004\u0095', '\u0093NUMPY',
	].map(text => (folder: string, name: string) => {
		dropFile(folder, name, Buffer.from(text, 'latin1'));
	}),
	...[
		writeNpz(good).subarray(0, 200),
		writeZip([{name: 'x.npy', data: npy, both: {crc: 1}}]),
		writeZip([{
			name: 'x.npy', data: npy, isCompressed: true, both: {size: 2 ** 40},
		}]),
		writeZip([{name: 'x.npy', data: npy}, {name: 'x.npy', data: npy}]),
		writeZip(Array.from({length: 1001}, (_, index) => ({name: `${index}.npy`, data: npy}))),
		writeZip([{name: 'y.npy', data: npyOf('{\'descr\': \'|O\', \'fortran_order\': False, \'shape\': (1,), }', new Uint8Array(8))}]),
		writeZip([{name: 'y.npy', data: npyOf('{\'descr\': \'<f4\', \'fortran_order\': False, \'shape\': (1000000000, 1000000000), }', new Uint8Array(8))}]),
		writeNpz({y, [`${escape}[31mL1`]: array}),
		writeNpz({y, '../L1': array}),
		writeNpz({y, L1: {shape: [8], values: new Float64Array(8).fill(Infinity)}}),
		writeNpz({y, lr: {shape: [], values: Float64Array.of(0.1)}}),
		writeNpz({y: {shape: [8], values: new Float64Array(8).fill(0.5)}, L1: array}),
		writeNpz({p_y: {shape: [8], values: new Float64Array(8).fill(2)}, L1: array}),
	].map(bytes => (folder: string, name: string) => {
		dropFile(folder, name, bytes);
	}),
	(folder, name) => {
		mkdirSync(path.join(folder, name));
	},
	(folder, name) => {
		symlinkSync('/dev/zero', path.join(folder, name));
	},
	(folder, name) => {
		execFileSync('mkfifo', [path.join(folder, name)]);
	},
];

describe('the screen of a drop directory', () => {
	it('names each hostile file once, shows the newest in the footer, and goes on with the rest', async () => {
		const cwd = temporaryFolder();
		const folder = path.join(cwd, 'acts');
		const session = watch(cwd, ['acts/', '--run', 'test']);
		await session.waitFor(/waiting for the first step in acts/v);
		dropStep(folder, 0, good);
		const run = runIn(cwd);
		await session.waitFor(/step 0 /v);
		for (const [index, put] of hostile.entries()) {
			put(folder, `step-${index + 1}.npz`);
		}

		await until('each is named', () => warningsOf(run).length >= hostile.length + 1, 30_000);
		dropStep(folder, 100, good);
		await session.waitFor(/step 100 /v);
		await session.waitFor(/step-\d+\.npz/v);
		const named = warningsOf(run).slice(1);
		expect(named.map(message => Number(/step-(?<step>\d+)\.npz/v.exec(message)?.groups?.['step'])).toSorted((a, b) => a - b)).toEqual(hostile.map((_, index) => index + 1));
		for (const message of named) {
			expect(message).toMatch(/^[^\p{Cc}\p{Cf}]+[.?]$/v);
		}

		expect(session.privateSequences).toEqual([]);
		expect(stepsOf(run)).toEqual([0, 100]);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(warningsOf(run)).toHaveLength(hostile.length + 1);
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped'});
	});

	it('says what is missing and what misleads: no gradients, a sample, a layer that is saturated', async () => {
		const cwd = temporaryFolder();
		const wide = {shape: [8, 1000], values: Float32Array.from({length: 8000}, (_, index) => Math.sin(index * index))};
		for (const step of [0, 1, 2]) {
			dropStep(path.join(cwd, 'acts'), step, {y, L1: dropLayer(3), wide});
		}

		const {code, stdout} = await runProgram(['watch', 'acts', '--once', '--runs', 'runs', '--run', 'test'], {cwd});
		expect(code).toBe(0);
		expect(stdout).toMatch(/^ ibtop {2}acts {2}1-1000 {2}8 rows {2}from a directory *$/mv);
		expect(stdout).toMatch(/^ step 2 {2}/mv);
		expect(stdout).toMatch(/information plane · sample · bins 30/v);
		expect(stdout).toMatch(/No gradients in the files\./v);
		expect(stdout).toMatch(/saturated: more samples or coarser bins +│.*\n.*\(layer 2\)/v);
		expect(stdout).not.toMatch(/DRIFT|n\/a|undefined|NaN/v);
		const lines = await runProgram(['watch', 'acts', '--once', '--plain', '--runs', 'runs', '--run', 'lines'], {cwd});
		expect(lines.stdout).toMatch(/^Watching acts with 2 layers\./mv);
		expect(lines.stdout).toMatch(/^saturated: more samples or coarser bins \(layer 2\)\.$/mv);
		expect(lines.stdout).toMatch(/^No gradients were given, so there is no switch to find/mv);
	});

	it('is the same for a second viewer, who harms nothing; what the first leaves is complete', async () => {
		const cwd = temporaryFolder();
		dropStep(path.join(cwd, 'acts'), 0, good);
		const first = watch(cwd, ['acts']);
		await first.waitFor(/step 0 /v);
		const second = watch(cwd, ['acts'], {columns: 200, rows: 50});
		await second.waitFor(/q leave/v);
		expect(readdirSync(path.join(cwd, 'runs'))).toHaveLength(1);
		dropStep(path.join(cwd, 'acts'), 1, good);
		await Promise.all([first.waitFor(/step 1 /v), second.waitFor(/step 1 /v)]);
		second.press('q');
		await expect(second.exited).resolves.toEqual({code: 0, signal: 0});
		dropStep(path.join(cwd, 'acts'), 2, good);
		await first.waitFor(/step 2 /v);
		first.press('q');
		await expect(first.exited).resolves.toEqual({code: 0, signal: 0});
		const [name] = readdirSync(path.join(cwd, 'runs'));
		expect(name).toMatch(/^acts-\d{4}-/v);
		const again = await runProgram(['watch', '--once', '--runs', 'runs'], {cwd});
		expect(again.stdout).toMatch(/step 2 .*STOPPED/v);
	});
});

describe('a run of a drop directory', () => {
	it('goes on where it was, by its name, after its reader was killed', async () => {
		const cwd = temporaryFolder();
		dropStep(path.join(cwd, 'acts'), 0, good);
		const program = startProgram(['watch', 'acts', '--run', 'test', '--runs', 'runs', '--json'], {cwd});
		const run = runIn(cwd);
		await until('the first step', () => stepsOf(run).length === 1);
		process.kill(run.manifest()!.pid!, 'SIGKILL');
		const {code, stderr} = await program.outcome;
		expect(code).toBe(1);
		expect(stderr).toMatch(/The reader \(process \d+\) was killed by SIGKILL before the end/v);
		dropStep(path.join(cwd, 'acts'), 1, good);
		const again = await runProgram(['watch', 'acts', '--run', 'test', '--runs', 'runs', '--once', '--json'], {cwd});
		expect({code: again.code, stderr: again.stderr}).toEqual({code: 0, stderr: expect.stringMatching(/^Reading acts in runs\/test/v) as string});
		expect(run.events().map(event => event.type === 'epoch' ? event.step : event.type)).toEqual(['start', 0, 'resume', 1, 'end']);
		expect(isAlive(run.manifest()!.pid)).toBe(false);
	});

	it('is a run for detaching, ls, pause, resume and stop', async () => {
		const cwd = temporaryFolder();
		const folder = path.join(cwd, 'acts');
		dropStep(folder, 0, good);
		const session = watch(cwd, ['acts', '--run', 'test']);
		await session.waitFor(/step 0 /v);
		session.press('d');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toMatch(/Reading goes on \(process \d+\): "ibtop watch runs\/test" brings it back/v);
		const run = runIn(cwd);
		const ask = async (...args: string[]) => runProgram([...args, '--runs', 'runs'], {cwd});
		await expect(ask('ls')).resolves.toMatchObject({stdout: expect.stringMatching(/^test +\(directory\) +running +0 /mv) as string});
		await expect(ask('pause', 'test')).resolves.toMatchObject({stdout: expect.stringMatching(/is paused/v) as string});
		await expect(ask('resume', 'test')).resolves.toMatchObject({stdout: expect.stringMatching(/goes on/v) as string});
		dropStep(folder, 1, good);
		await until('the next step', () => stepsOf(run).includes(1));
		expect(await ask('checkpoint', 'test')).toMatchObject({code: 1, stderr: expect.stringMatching(/others train this network/v) as string});
		await expect(ask('stop', 'test')).resolves.toMatchObject({stdout: expect.stringMatching(/has stopped/v) as string});
		dropStep(folder, 2, good);
		const again = startProgram(['resume', 'test', '--json', '--runs', 'runs'], {cwd});
		await until('the step after that', () => stepsOf(run).includes(2));
		again.kill('SIGTERM');
		await expect(again.outcome).resolves.toMatchObject({code: 143});
		expect(stepsOf(run)).toEqual([0, 1, 2]);
		expect(run.isTrainerAlive()).toBe(false);
	});

	it('deletes with --consume what has been read, and nothing else', async () => {
		const cwd = temporaryFolder();
		const folder = path.join(cwd, 'acts');
		dropStep(folder, 'meta.npz', {y});
		dropStep(folder, 0, {L1: dropLayer()});
		dropStep(folder, 1, {L1: dropLayer()});
		dropFile(folder, 'step-2.npz', 'bad');
		writeFileSync(path.join(folder, 'notes.txt'), 'mine');
		const {code} = await runProgram(['watch', 'acts', '--consume', '--once', '--runs', 'runs', '--run', 'test'], {cwd});
		expect(code).toBe(0);
		expect(readdirSync(folder).toSorted()).toEqual(['meta.npz', 'notes.txt', 'step-2.npz']);
		expect(stepsOf(runIn(cwd))).toEqual([0, 1]);
	});

	it('reads more where flags allow it, and says what they are', async () => {
		const cwd = temporaryFolder();
		dropStep(path.join(cwd, 'acts'), 0, {...good, L2: dropLayer(), L3: {shape: [8, 4000], values: new Float32Array(32_000)}});
		const strict = await runProgram(['watch', 'acts', '--once', '--runs', 'runs', '--max-arrays', '3'], {cwd});
		expect(strict).toMatchObject({code: 1, stderr: 'step-00000000.npz has 4 members and ibtop reads at most 3: save fewer arrays in one file, or raise --max-arrays.\n'});
		const numbers = await runProgram(['measure', 'acts/step-00000000.npz', '--max-numbers', '10000'], {cwd});
		expect(numbers).toMatchObject({code: 1, stderr: expect.stringMatching(/ibtop reads at most .*, or raise --max-numbers/v) as string});
		const enough = await runProgram(['watch', 'acts', '--once', '--runs', 'runs', '--max-arrays', '4', '--max-numbers', '32000', '--max-file', '1'], {cwd});
		expect(enough.code).toBe(0);
	});

	it.each([
		['a folder of runs', ['runs'], /^runs is a folder of runs, not of step-\*\.npz files: watch one with/v],
		['a limit that is none', ['acts', '--once', '--max-file', '0'], /^--max-file must be a whole number from 1 to/v],
		['two names', ['acts', '--once', '--run', 'a', '--name', 'b'], /^--run and --name both name the run/v],
		['a name that is none', ['acts', '--once', '--run', '../a'], /is no name for a run/v],
		['a run of something else', ['acts', '--once', '--run', 'other'], /exists already, and is not of/v],
		['a new name that is taken', ['acts', '--once', '--name', 'other'], /exists already/v],
		['an estimator that is none', ['acts', '--once', '--estimators', 'binz'], /There is no estimator "binz"/v],
		['a folder that is not there', ['none', '--once'], /^There is no run "none"/v],
	])('is refused in one sentence: %s', async (_, args, said) => {
		const cwd = temporaryFolder();
		for (const folder of ['acts', 'others']) {
			dropStep(path.join(cwd, folder), 0, good);
		}

		await runProgram(['watch', 'others', '--once', '--run', 'other', '--runs', 'runs'], {cwd});
		const {code, stdout, stderr} = await runProgram(['watch', ...args, '--runs', 'runs'], {cwd});
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toMatch(said);
		expect(stderr).toMatch(/^[^\p{Cc}]+[.?]\n$/v);
		expect(existsSync(path.join(cwd, 'runs', 'a'))).toBe(false);
	});
});
