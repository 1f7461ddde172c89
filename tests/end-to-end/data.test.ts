/** `--data`: runs of other data than the 12-bit rule, from the files to the events. */
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {
	describe, expect, it, vi,
} from 'vitest';
import {idxFiles, packedFiles, putFiles} from '../helpers/idx.js';
import {writeNpz} from '../helpers/npz.js';
import {type Outcome, runProgram} from '../helpers/program.js';
import {hasPython, runPython} from '../helpers/python.js';
import {epochEvents} from '../helpers/train.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {type EpochEvent, type RunEvent} from '../../source/run/events.js';
import {decodeLine} from '../../source/run/line.js';

vi.setConfig({testTimeout: 120_000});

/** The events on stdout of a run that went well. */
function eventsOn({code, stdout}: Outcome): RunEvent[] {
	expect(code).toBe(0);
	return stdout.trimEnd().split('\n').map(line => {
		const decoded = decodeLine(line);
		if (decoded.kind !== 'event') {
			throw new Error(`no event: ${line.slice(0, 200)}`);
		}

		return decoded.event;
	});
}

const manifestOf = (cwd: string, name: string) =>
	JSON.parse(readFileSync(runFiles(path.join(cwd, 'runs'), name).file('run.json'), 'utf8')) as {preset: {dataset: unknown; split: unknown}};

describe.runIf(hasPython('numpy'))('a file that numpy wrote', () => {
	it('is learnt and measured, and the run says where it lies', async () => {
		const cwd = temporaryFolder();
		const bounds = runPython(new URL('data.py', import.meta.url), cwd) as {x: number; y: number};
		const events = eventsOn(await runProgram(['run', '--data', 'moons.npz', '--epochs', '20', '--learning-rate', '0.02', '--name', 'moons', '--json'], {cwd}));
		const [start] = events;
		expect(start).toMatchObject({
			type: 'start', samples: 1000, features: 2, trainingSamples: 800, population: false, preset: {dataset: {name: 'file', path: path.join(cwd, 'moons.npz')}},
		});
		expect(start).toHaveProperty('bounds', {x: expect.closeTo(bounds.x, 9) as number, y: expect.closeTo(bounds.y, 9) as number});
		expect(events.at(-1)).toMatchObject({type: 'end', reason: 'finished'});
		const epochs = epochEvents(events);
		expect(epochs).toHaveLength(21);
		expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss! / 2);
		expect(epochs.at(-1)!.accuracy.test).toBeGreaterThan(0.85);
		for (const {layers} of epochs) {
			for (const {information} of layers) {
				expect(information['bins']!.x).toBeGreaterThan(0);
				expect(information['bins']!.x).toBeLessThanOrEqual(bounds.x + 1e-9);
				expect(information['bins']!.y).toBeLessThanOrEqual(bounds.y + 1e-9);
			}
		}

		expect(manifestOf(cwd, 'moons').preset.dataset).toEqual({name: 'file', path: path.join(cwd, 'moons.npz'), population: false});
	});
});

it('the 12-bit data from a file give the very events that the rule gives', async () => {
	const cwd = temporaryFolder();
	const {inputs, labels} = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
	writeFileSync(path.join(cwd, 'rule.npz'), writeNpz({x: {shape: [4096, 12], values: Uint8Array.from(inputs)}, y: {shape: [4096], values: labels}}, {isCompressed: true}));
	const run = async (...args: string[]) => epochEvents(eventsOn(await runProgram(['run', '--epochs', '5', '--json', ...args], {cwd}))).map(({seconds: _, ...event}) => event);
	const [fromFile, fromRule] = [await run('--data', 'rule.npz'), await run()];
	expect(fromFile).toHaveLength(6);
	const withoutChecksum = (events: object[]) => events.map(event => ({...event, crc: undefined}));
	expect(withoutChecksum(fromFile)).toEqual(withoutChecksum(fromRule));
});

it('a folder with the files of MNIST is trained on, in the preset for it and in another', async () => {
	const cwd = temporaryFolder();
	const digits = putFiles(path.join(cwd, 'digits'), packedFiles(idxFiles(90, 40)));
	for (const preset of ['mnist-saxe', 'tanh']) {
		const events = eventsOn(await runProgram(['run', '--preset', preset, '--data', 'digits', '--hidden', '8-4', '--batch-size', '30', '--estimators', 'width:0.5', '--epochs', '2', '--name', preset, '--json'], {cwd}));
		expect(events[0]).toMatchObject({
			samples: 40, features: 784, trainingSamples: 90, population: false, layers: [{width: 8}, {width: 4}, {width: 10}],
		});
		expect(epochEvents(events)).toHaveLength(3);
		expect(manifestOf(cwd, preset).preset).toMatchObject({dataset: {name: 'mnist', measured: 'test', path: digits}, split: {method: 'first', train: 1}});
	}
});

it.each([
	['images', '--data', 'digits'],
	['labels drawn from probabilities', '--data', 'drawn.npz'],
])('repeats of %s tell what single runs with their seeds tell', async (_, ...data) => {
	const cwd = temporaryFolder();
	putFiles(path.join(cwd, 'digits'), idxFiles(60, 40));
	const x = {shape: [200, 3], values: Float32Array.from({length: 600}, (__, index) => Math.sin(index))};
	putFiles(cwd, {'drawn.npz': writeNpz({x, p_y: {shape: [200], values: Float64Array.from({length: 200}, (__, row) => row / 200)}})});
	const settings = ['--preset', 'mnist-saxe', ...data, '--hidden', '6-4', '--batch-size', '20', '--estimators', 'width:0.5', '--epochs', '2'];
	const run = async (...args: string[]) => epochEvents(eventsOn(await runProgram(['run', ...settings, '--json', ...args], {cwd})));
	const repeats = await run('--repeats', '3', '--seed', '5');
	expect(repeats).toHaveLength(9);
	const numbersOf = (events: readonly EpochEvent[]) => events.map(({epoch, loss, accuracy, layers}) => ({
		epoch, loss, accuracy, layers,
	}));
	for (const repeat of [1, 3]) {
		expect(numbersOf(repeats.filter(event => event.repeat === repeat))).toEqual(numbersOf(await run('--seed', String(4 + repeat))));
	}
});

describe('data are refused in one sentence', () => {
	const x = {shape: [600, 2], values: new Float32Array(1200)};
	const y = {shape: [600], values: Uint8Array.from({length: 600}, (_, row) => row % 2)};

	it.each<readonly [string, string[], 1 | 2, RegExp]>([
		['a file that is not there', ['--data', 'none.npz'], 1, /^--data none\.npz cannot be read \(it does not exist\)/v],
		['a file without labels', ['--data', 'no-y.npz'], 1, /no-y\.npz has no labels: save them as "y"/v],
		['labels that are values', ['--data', 'values.npz'], 1, /"y" in .*values\.npz holds numbers that are not whole/v],
		['a folder without images', ['--data', 'empty'], 1, /empty has no train-images-idx3-ubyte, packed or not: run "npm install/v],
		['images that are cut off', ['--data', 'cut'], 1, /train-images-idx3-ubyte has 984 bytes after its header/v],
		['a file that is too small', ['--data', 'good.npz', '--train', '0.1'], 2, /^--train 0\.1 leaves a training set of 60 samples/v],
	])('%s, before a run is made', async (_, args, code, said) => {
		const cwd = temporaryFolder();
		const files = idxFiles(30, 12);
		putFiles(cwd, {'no-y.npz': writeNpz({x}), 'good.npz': writeNpz({x, y}), 'values.npz': writeNpz({x, y: {shape: [600], values: Float32Array.from(y.values, value => value / 3)}})});
		putFiles(path.join(cwd, 'empty'), {});
		putFiles(path.join(cwd, 'cut'), {...files, 'train-images-idx3-ubyte': files['train-images-idx3-ubyte']!.subarray(0, 1000)});
		const outcome = await runProgram(['run', ...args], {cwd});
		expect(outcome).toMatchObject({code, stdout: '', stderr: expect.stringMatching(/^[^\p{Cc}\p{Cf}]+\.\n$/v) as string});
		expect(outcome.stderr).toMatch(said);
		expect(runFiles(path.join(cwd, 'runs'), 'tanh').manifest()).toBeUndefined();
	});

	it('NaN among the inputs, by the trainer', async () => {
		const cwd = temporaryFolder();
		const values = new Float32Array(1200);
		values[7] = Number.NaN;
		writeFileSync(path.join(cwd, 'nan.npz'), writeNpz({x: {...x, values}, y}));
		const {code, stderr} = await runProgram(['run', '--data', 'nan.npz', '--batch-size', '100', '--name', 'nan'], {cwd});
		expect(code).toBe(1);
		expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/"x" in .*nan\.npz holds NaN, infinities/v);
		expect(runFiles(path.join(cwd, 'runs'), 'nan').events()).toEqual([{type: 'end', reason: 'failed', message: expect.stringMatching(/holds NaN/v) as string}]);
	});
});
