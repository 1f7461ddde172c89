import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {idxFiles, putFiles} from '../helpers/idx.js';
import {writeNpz} from '../helpers/npz.js';
import {refusalOf} from '../helpers/refusal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {flags} from '../../source/commands/flags.js';
import {checkPreset, networkWidths, readPreset} from '../../source/preset/load.js';
import {flagOf, overridePreset, overrides} from '../../source/preset/override.js';
import {type Preset} from '../../source/preset/schema.js';

const apply = (given: Record<string, string>): Preset =>
	checkPreset(overridePreset(readPreset('tanh'), given), 'The preset tanh', path => flagOf(path, given));

function at(value: unknown, path: readonly string[]): unknown {
	let part = value;
	for (const key of path) {
		part = (part as Record<string, unknown>)[key];
	}

	return part;
}

describe('a flag', () => {
	it.each<readonly [string, string, readonly string[], unknown]>([
		['epochs', '500', ['training', 'epochs'], 500],
		['epochs', '1e3', ['training', 'epochs'], 1000],
		['seed', '0', ['seed'], 0],
		['batch-size', '3276', ['training', 'batchSize'], 3276],
		['learning-rate', '0.01', ['training', 'optimizer', 'learningRate'], 0.01],
		['learning-rate', '4e-4', ['training', 'optimizer', 'learningRate'], 0.0004],
		['hidden', '8-6-4', ['network', 'hidden'], [8, 6, 4]],
		['hidden', '3', ['network', 'hidden'], [3]],
		['activation', 'softsign', ['network', 'activation'], 'softsign'],
		['initialisation', 'glorot-uniform', ['network', 'initialisation'], 'glorot-uniform'],
		['train', '0.5', ['split', 'train'], 0.5],
		['split', 'stratified', ['split', 'method'], 'stratified'],
		['estimators', 'width:0.07,bins', ['estimators'], ['width:0.07', 'bins']],
	])('--%s %s replaces its field and nothing else', (flag, value, path, expected) => {
		const before = apply({});
		const after = apply({[flag]: value});
		expect(at(after, path)).toEqual(expected);
		const restored = structuredClone(after);
		const parent = at(restored, path.slice(0, -1)) as Record<string, unknown>;
		parent[path.at(-1)!] = at(before, path);
		expect(restored).toEqual(before);
	});

	it('--optimizer sgd keeps the learning rate and none of Adam\'s settings', () => {
		expect(apply({optimizer: 'sgd', momentum: '0.9'}).training.optimizer).toEqual({name: 'sgd', learningRate: 0.0004, momentum: 0.9});
		expect(apply({optimizer: 'sgd'}).training.optimizer).toEqual({name: 'sgd', learningRate: 0.0004, momentum: 0});
	});

	it('leaves the preset that it overrides as it is', () => {
		const preset = readPreset('tanh');
		const before = structuredClone(preset);
		overridePreset(preset, {epochs: '3', hidden: '2', optimizer: 'sgd'});
		expect(preset).toEqual(before);
	});

	it.each([
		['epochs', '-1', '--epochs must be at least 1, not -1.'],
		['epochs', '1.5', '--epochs must be a whole number, not 1.5.'],
		['epochs', '1e99', /^--epochs must be .*, not 1e\+99\.$/v],
		['epochs', '10_000', '--epochs must be a number, not "10_000".'],
		['seed', '-1', '--seed must be at least 0, not -1.'],
		['seed', '1e300', /^--seed must be .*, not 1e\+300\.$/v],
		['batch-size', '0', '--batch-size must be at least 1, not 0.'],
		['batch-size', '3277', '--batch-size 3277 is larger than the training set of 3276 samples.'],
		['learning-rate', 'NaN', '--learning-rate must be a number, not "NaN".'],
		['learning-rate', 'abc', '--learning-rate must be a number, not "abc".'],
		['learning-rate', ' ', '--learning-rate must be a number, not " ".'],
		['learning-rate', '-1', '--learning-rate must be more than 0, not -1.'],
		['learning-rate', 'Infinity', '--learning-rate must be a number, not "Infinity".'],
		['hidden', '0', '--hidden must be at least 1, not 0.'],
		['hidden', '10-1e9', '--hidden must be at most 10000, not 1000000000.'],
		['hidden', '10--5', '--hidden must be widths such as 10-7-5-4-3, not "10--5".'],
		['hidden', '10-', '--hidden must be widths such as 10-7-5-4-3, not "10-".'],
		['hidden', '-5', '--hidden must be widths such as 10-7-5-4-3, not "-5".'],
		['hidden', 'ten', '--hidden must be widths such as 10-7-5-4-3, not "ten".'],
		['hidden', Array.from({length: 21}, () => 3).join('-'), '--hidden must have at most 20 entries, not 21.'],
		['activation', 'tahn', '--activation must be "tanh" or "relu" or "sigmoid" or "linear" or "softplus" or "softsign", not "tahn". Did you mean "tanh"?'],
		['optimizer', 'rmsprop', '--optimizer must be one of adam, sgd, not "rmsprop".'],
		['momentum', '0.9', '--momentum is a setting of sgd, and the optimizer is adam: add --optimizer sgd, or leave it out.'],
		['train', '0.1', '--train 0.1 leaves a training set of 409 samples, fewer than the batch size 512: give a smaller --batch-size too.'],
		['estimators', 'bins,bins', 'The estimator "bins" is named twice: once is enough.'],
		['estimators', 'width:0.07,width:0.070', 'The estimator "width:0.07" is named twice: once is enough.'],
		['initialisation', 'zeros', /^--initialisation must be "truncated-normal-fan-in" or .*, not "zeros"/v],
		['train', '0', '--train must be more than 0, not 0.'],
		['train', '1.1', '--train must be at most 1, not 1.1.'],
		['split', 'randomly', '--split must be "random" or "first" or "stratified", not "randomly". Did you mean "random"?'],
		['estimators', 'bin', 'There is no estimator "bin". Did you mean "bins"?'],
		['estimators', ',', /^--estimators must .*at least 1.*\.$/v],
	])('--%s %j is refused by its name', (flag, value, message) => {
		expect(() => apply({[flag]: value})).toThrow(expect.objectContaining({exitCode: 2, message: expect.stringMatching(message) as string}) as Error);
	});

	it('is not blamed for what the preset had wrong', () => {
		const preset = {...readPreset('tanh'), seed: -5};
		const given = {epochs: '5'};
		expect(() => checkPreset(overridePreset(preset, given), 'The preset p', path => flagOf(path, given))).toThrow('The preset p is wrong: "seed" must be at least 0, not -5.');
	});
});

describe('--data', () => {
	const labelled = (rows: number) => ({x: {shape: [rows, 2], values: Float32Array.from({length: 2 * rows}, (_, index) => index)}, y: {shape: [rows], values: Int8Array.from({length: rows}, (_, row) => row % 3)}});
	const testSet = (rows: number) => ({x_test: labelled(rows).x, y_test: labelled(rows).y});
	const folder = () => putFiles(temporaryFolder(), {
		'own.npz': writeNpz(labelled(1000)), 'parted.npz': writeNpz({...labelled(1000), ...testSet(50)}), 'small.npz': writeNpz(labelled(100)), ...idxFiles(30, 12),
	});
	const applyTo = (preset: unknown, given: Record<string, string>): Preset =>
		checkPreset(overridePreset(preset as never, given), 'The preset p', path => flagOf(path, given));

	it('puts a file in the place of the preset\'s data, by its whole path, and keeps the split', () => {
		const data = path.join(folder(), 'own.npz');
		const {dataset, ...rest} = apply({data: path.relative('.', data)});
		expect(dataset).toEqual({name: 'file', path: data, population: false});
		expect(rest).toEqual(Object.fromEntries(Object.entries(apply({})).filter(([key]) => key !== 'dataset')));
		expect(networkWidths({...rest, dataset})).toEqual([2, 10, 7, 5, 4, 3, 3]);
	});

	it('trains on all rows but those of the file\'s own test set, unless a flag says otherwise', () => {
		const data = path.join(folder(), 'parted.npz');
		expect(apply({data}).split).toEqual({method: 'first', train: 1});
		expect(apply({data, train: '0.6'}).split).toEqual({method: 'random', train: 0.6});
		expect(apply({data, split: 'stratified'}).split).toEqual({method: 'stratified', train: 0.8});
	});

	it('takes a folder for the files of MNIST, and keeps what the preset says of them', () => {
		const data = folder();
		const given = {data, 'batch-size': '4'};
		expect(apply(given)).toMatchObject({
			dataset: {
				name: 'mnist', measured: 'test', pixels: 'unit', path: data,
			},
			split: {method: 'first', train: 1},
		});
		const mnist = {...readPreset('mnist-saxe'), dataset: {name: 'mnist', measured: 'all', pixels: 'signed'}, split: {method: 'random', train: 0.5}};
		expect(applyTo(mnist, given)).toMatchObject({
			dataset: {
				name: 'mnist', measured: 'all', pixels: 'signed', path: data,
			},
			split: {method: 'random', train: 0.5},
		});
		expect(applyTo({...readPreset('tanh'), dataset: {name: 'file', path: 'other.npz', population: true}}, {data: path.join(data, 'own.npz')}).dataset).toEqual({name: 'file', path: path.join(data, 'own.npz'), population: true});
	});

	it.each<readonly [string, Record<string, string>, RegExp]>([
		['none.npz', {}, /^--data DIR\/none\.npz cannot be read \(it does not exist\): name an \.npz file, or a folder with the four files of MNIST\.$/v],
		['own.npz/x', {}, /^--data DIR\/own\.npz\/x cannot be read \(a part of its path is a file, not a folder\): name /v],
		['train-labels-idx1-ubyte', {}, /^DIR\/train-labels-idx1-ubyte is not an \.npz file: /v],
		['..', {}, /^The folder .* has no train-images-idx3-ubyte, packed or not: run "npm install/v],
		['small.npz', {}, /^--data leaves a training set of 80 samples, fewer than the batch size 512: give a smaller --batch-size too\.$/v],
		['small.npz', {'batch-size': '81'}, /^--batch-size 81 is larger than the training set of 80 samples\.$/v],
		['', {}, /^--data leaves a training set of 30 samples, fewer than the batch size 512: give a smaller --batch-size too\.$/v],
	])('%j with %j is refused', (name, given, message) => {
		const data = folder();
		expect(refusalOf(() => apply({data: path.join(data, name), ...given})).replaceAll(data, 'DIR')).toMatch(message);
	});
});

it('every override is a flag that --help lists', () => {
	const names = new Set(flags.map(({name}) => name));
	expect(overrides.filter(({flag}) => !names.has(flag))).toEqual([]);
});

it('a preset without the section that a flag sets gets it', () => {
	expect(overridePreset({} as never, {epochs: '5'})).toEqual({training: {epochs: 5}});
});
