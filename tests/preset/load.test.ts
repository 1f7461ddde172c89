import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {type UserError} from '../../source/errors.js';
import {
	checkPreset, loadPreset, networkWidths, presetNames, readPreset,
} from '../../source/preset/load.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {examplePreset as preset} from '../helpers/example.js';

/** The error that `work` throws: a sentence on one line, for exit code 2. */
function refusal(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		expect(error).toMatchObject({name: 'UserError', exitCode: 2});
		const {message} = error as UserError;
		expect(message).toMatch(/^[^\p{Cc}\p{Cf}]+(?:[^.?][.?]|"\?)$/v);
		expect(message).not.toMatch(/\bundefined\b|\[object|\?\./v);
		return message;
	}

	throw new Error('nothing was refused');
}

const escape = '\u001B';

function presetFile(contents: string): string {
	const file = path.join(temporaryFolder(), 'mine.json');
	writeFileSync(file, contents);
	return file;
}

describe('the shipped presets', () => {
	it('are those of the papers', () => {
		expect(presetNames()).toEqual([
			'depth-1',
			'depth-2',
			'depth-3',
			'depth-4',
			'depth-5',
			'depth-6',
			'full-batch',
			'linear',
			'mnist-4x10',
			'mnist-bottleneck-2',
			'mnist-bottleneck-4',
			'mnist-hourglass',
			'mnist-saxe',
			'random-labels',
			'relu',
			'relu-4bit',
			'relu-8bit',
			'samples-45',
			'samples-5',
			'samples-85',
			'saxe-relu',
			'saxe-tanh',
			'softplus',
			'softsign',
			'stochastic',
			'tanh',
			'tanh-4bit',
			'tanh-8bit',
		]);
	});

	it.each(presetNames())('hold %s, which is valid, says what it shows and where it comes from, and names its schema', name => {
		const loaded = loadPreset(name);
		expect(loaded.name).toBe(name);
		expect(loaded.description).toMatch(/\.$/v);
		expect(loaded.source).toMatch(/^(?:Shwartz-Ziv & Tishby 2017|Saxe et al\. 2018|Lorenzen, Igel & Nielsen 2022)/v);
		expect(loaded.$schema).toBe('./schema/preset.schema.json');
		expect(loaded.seed).toBe(1);
	});

	const st17 = {
		optimizer: {name: 'adam', learningRate: 4e-4}, batchSize: 512, epochs: 8000, shuffle: true,
	};
	const l22 = {
		optimizer: {name: 'adam', learningRate: 1e-4}, batchSize: 256, epochs: 8000, shuffle: true,
	};
	const hidden = [10, 7, 5, 4, 3];

	// science.md section 3
	it.each([
		...(['tanh', 'relu', 'linear', 'softsign', 'softplus'] as const).map(name =>
			[name, {network: {hidden, activation: name, initialisation: 'truncated-normal-fan-in'}, training: st17, split: {method: 'random', train: 0.8}}] as const),
		...(['tanh', 'relu'] as const).map(activation =>
			[`saxe-${activation}`, {network: {hidden, activation, initialisation: 'truncated-normal-width'}, training: {...st17, batchSize: 256, epochs: 10_000}}] as const),
		['full-batch', {training: {...st17, batchSize: 3276, epochs: 10_000}}] as const,
		...(['tanh', 'relu'] as const).flatMap(activation => [4, 8].map(bits =>
			[`${activation}-${bits}bit`, {
				network: {
					hidden, activation, initialisation: 'glorot-uniform', bits,
				}, training: l22, split: {method: 'stratified', train: 0.8},
			}] as const)),
		...[5, 45, 85].map(percent => [`samples-${percent}`, {split: {method: 'random', train: percent / 100}, network: {hidden}}] as const),
		...[1, 2, 3, 4, 5].map(depth => [`depth-${depth}`, {network: {hidden: hidden.slice(0, depth)}, training: st17}] as const),
	])('hold in %s the settings of the papers', (name, settings) => {
		expect(loadPreset(name)).toMatchObject(settings);
	});

	it('measure quantised networks exactly, in the first place', () => {
		expect(presetNames().filter(name => loadPreset(name).network.bits !== undefined).map(name => loadPreset(name).estimators[0])).toEqual(['exact:8', 'exact:8', 'exact:8', 'exact:8', 'exact:4', 'exact:8', 'exact:4', 'exact:8']);
	});

	it('hold in mnist-saxe what the code of Saxe et al. has, without looking for the images', () => {
		const loaded = loadPreset('mnist-saxe');
		expect(networkWidths(loaded)).toEqual([784, 1024, 20, 20, 20, 10]);
		expect(loaded).toMatchObject({
			dataset: {name: 'mnist', measured: 'test', pixels: 'signed'},
			split: {method: 'first', train: 1},
			network: {activation: 'tanh', initialisation: 'glorot-uniform'},
			training: {optimizer: {name: 'sgd', learningRate: 0.001, momentum: 0}, batchSize: 128, epochs: 10_000},
			estimators: ['width:0.5', 'kde:0.1:loo'],
		});
		expect(loaded.dataset).not.toHaveProperty('path');
	});

	it('hold in stochastic what tanh holds, but for the labels', () => {
		const {name, description, source, dataset, ...rest} = loadPreset('stochastic');
		expect(loadPreset('tanh')).toMatchObject(rest);
		expect(dataset).toEqual({name: 'symmetric-rule', labels: 'stochastic', gamma: 50});
	});

	it('show relu with an estimator that has no bounds, and tanh with the bins of the paper', () => {
		expect(loadPreset('relu').estimators[0]).toBe('width:0.07');
		expect(loadPreset('tanh').estimators[0]).toBe('bins');
	});
});

describe('finding a preset', () => {
	it('takes a file by its path', () => {
		expect(loadPreset(presetFile(JSON.stringify(preset)))).toEqual(checkPreset(preset, 'It'));
	});

	it('looks for its data beside it', () => {
		const file = presetFile(JSON.stringify({...preset, dataset: {name: 'file', path: 'data/moons.npz'}}));
		expect(readPreset(file).dataset).toEqual({name: 'file', path: path.join(path.dirname(file), 'data', 'moons.npz')});
		const whole = presetFile(JSON.stringify({...preset, dataset: {name: 'file', path: '/data/moons.npz'}}));
		expect(readPreset(whole).dataset).toEqual({name: 'file', path: '/data/moons.npz'});
	});

	it.each([
		['thanh', 'There is no preset "thanh". Did you mean "tanh"?'],
		['RELU', 'There is no preset "RELU". Did you mean "relu"?'],
		['xxxxxxxxxx', 'There is no preset "xxxxxxxxxx". See "ibtop presets".'],
		['', 'There is no preset "". See "ibtop presets".'],
		['.', 'There is no preset ".". See "ibtop presets".'],
		['..', 'There is no preset "..". See "ibtop presets".'],
		['schema', 'There is no preset "schema". See "ibtop presets".'],
		[`${escape}[2J${escape}]0;x\u0007nothing`, 'There is no preset "nothing". See "ibtop presets".'],
		['./none.json', 'The preset ./none.json cannot be read: it does not exist.'],
		['none/none.json', 'The preset none/none.json cannot be read: it does not exist.'],
		['package.json/x', 'The preset package.json/x cannot be read: a part of its path is a file, not a folder.'],
	])('%j says what is wrong with it', (name, message) => {
		expect(refusal(() => readPreset(name))).toBe(message);
	});

	it('says that a folder is one', () => {
		const folder = path.join(temporaryFolder(), 'folder.json');
		mkdirSync(folder);
		expect(refusal(() => readPreset(folder))).toBe(`The preset ${folder} cannot be read: it is a folder.`);
	});

	it.each([
		['that is empty', '', /mine\.json is not JSON \(.+\)\.$/v],
		['that breaks off', '{"name": ', /mine\.json is not JSON \(.+\)\.$/v],
		['with an escape sequence where JSON should be', `${escape}[31m{`, /mine\.json is not JSON \(.+\)\.$/v],
		['that is a list', '[]', /mine\.json must hold a JSON object\.$/v],
		['that is null', 'null', /mine\.json must hold a JSON object\.$/v],
		['that is a number', '7', /mine\.json must hold a JSON object\.$/v],
		['that is far too large', `{"name": "${'x'.repeat(100_000)}"}`, /mine\.json is larger than 100000 bytes; that is no preset\.$/v],
	])('refuses a file %s', (_, contents, message) => {
		const file = presetFile(contents);
		expect(refusal(() => readPreset(file))).toMatch(message);
	});
});

describe('checking a preset', () => {
	const {network, training} = preset;
	const {optimizer} = training;
	const withOptimizer = (change: Readonly<Record<string, unknown>>) => ({...preset, training: {...training, optimizer: {...optimizer, ...change}}});

	it.each<readonly [string, unknown, string | RegExp]>([
		['an unknown field', {...preset, colour: 'red'}, '"colour" has no place here; remove it.'],
		['an unknown field deep inside', {...preset, network: {...network, depth: 3}}, '"network.depth" has no place here; remove it.'],
		['a __proto__ key', JSON.parse(JSON.stringify(preset).replace('{', '{"__proto__": {"seed": 9}, ')), '"__proto__" has no place here; remove it.'],
		['a __proto__ key deep inside', JSON.parse(JSON.stringify(preset).replace('"training":{', '"training":{"__proto__": {"epochs": 9}, ')), '"training.__proto__" has no place here; remove it.'],
		['a constructor key', {...preset, constructor: {prototype: {}}}, '"constructor" has no place here; remove it.'],
		['text for a number', {...preset, seed: 'one'}, /^"seed" must be a (?:whole )?number, not "one"\.$/v],
		['a fraction for a whole number', {...preset, seed: 1.5}, '"seed" must be a whole number, not 1.5.'],
		['a number for text', {...preset, name: 5}, '"name" must be text, not 5.'],
		['text for a truth', {...preset, training: {...training, shuffle: 'yes'}}, '"training.shuffle" must be true or false, not "yes".'],
		['an object for a list', {...preset, estimators: {}}, '"estimators" must be a list, not {}.'],
		['null for an object', {...preset, network: null}, '"network" must be an object, not null.'],
		['a list for an object', {...preset, network: []}, '"network" must be an object, not [].'],
		['a list in place of a list\'s element', {...preset, estimators: [['bins']]}, '"estimators.0" must be text, not ["bins"].'],
		['a field missing', {...preset, split: undefined}, '"split" is missing; it must be an object.'],
		['a field missing deep inside', {...preset, training: {...training, epochs: undefined}}, /^"training\.epochs" is missing; it must be a (?:whole )?number\.$/v],
		['a layer of no units', {...preset, network: {...network, hidden: [10, 0]}}, '"network.hidden.1" must be at least 1, not 0.'],
		['a layer of 1e9 units', {...preset, network: {...network, hidden: [1e9]}}, '"network.hidden.0" must be at most 10000, not 1000000000.'],
		['half a unit', {...preset, network: {...network, hidden: [2.5]}}, '"network.hidden.0" must be a whole number, not 2.5.'],
		['no hidden layer', {...preset, network: {...network, hidden: []}}, '"network.hidden" must have at least 1 entries, not 0.'],
		['21 hidden layers', {...preset, network: {...network, hidden: Array.from({length: 21}, () => 3)}}, '"network.hidden" must have at most 20 entries, not 21.'],
		['an activation that does not exist', {...preset, network: {...network, activation: 'tahn'}}, /^"network\.activation" must be "tanh" or "relu" or .*not "tahn"\. Did you mean "tanh"\?$/v],
		['an escape sequence for an activation', {...preset, network: {...network, activation: `${escape}]52;c;AAAA\u0007`}}, /^"network\.activation" must be "tanh" or "relu" or /v],
		['epochs -1', {...preset, training: {...training, epochs: -1}}, '"training.epochs" must be at least 1, not -1.'],
		['a number of epochs beyond all time', {...preset, training: {...training, epochs: 1e15}}, '"training.epochs" must be at most 10000000, not 1000000000000000.'],
		['a batch of nothing', {...preset, training: {...training, batchSize: 0}}, '"training.batchSize" must be at least 1, not 0.'],
		['a batch larger than the training set', {...preset, training: {...training, batchSize: 3277}}, 'the batch size 3277 is larger than the training set of 3276 samples.'],
		['a learning rate that is NaN', withOptimizer({learningRate: Number.NaN}), '"training.optimizer.learningRate" must be a number, not NaN.'],
		['a learning rate that is infinite', withOptimizer({learningRate: Infinity}), /^"training\.optimizer\.learningRate" must be .*not Infinity\.$/v],
		['a learning rate of 0', withOptimizer({learningRate: 0}), '"training.optimizer.learningRate" must be more than 0, not 0.'],
		['a beta of 1', withOptimizer({beta2: 1}), '"training.optimizer.beta2" must be less than 1, not 1.'],
		['momentum for Adam', withOptimizer({momentum: 0.9}), '"training.optimizer.momentum" has no place here; remove it.'],
		['an optimizer that does not exist', {...preset, training: {...training, optimizer: {name: 'lion', learningRate: 1}}}, '"training.optimizer.name" must be one of adam, sgd, not "lion".'],
		['an optimizer without a name', {...preset, training: {...training, optimizer: {learningRate: 1}}}, /^"training\.optimizer(?:\.name)?" .*"?adam"?.*"?sgd"?/v],
		['labels of no kind', {...preset, dataset: {name: 'symmetric-rule', labels: 'noisy'}}, /^"dataset(?:\.labels)?" must be .*deterministic.*stochastic.*"noisy"/v],
		['stochastic labels and no gamma', {...preset, dataset: {name: 'symmetric-rule', labels: 'stochastic'}}, '"dataset.gamma" is missing; it must be a number.'],
		['a dataset that does not exist', {...preset, dataset: {name: 'cifar', labels: 'deterministic'}}, '"dataset.name" must be one of symmetric-rule, mnist, file, not "cifar".'],
		['MNIST measured over what it does not have', {...preset, dataset: {name: 'mnist', measured: 'train'}}, '"dataset.measured" must be "test" or "all", not "train".'],
		['labels for MNIST', {...preset, dataset: {name: 'mnist', labels: 'deterministic'}}, '"dataset.labels" has no place here; remove it.'],
		['a file without its path', {...preset, dataset: {name: 'file'}}, '"dataset.path" is missing; it must be text.'],
		['a path for the rule', {...preset, dataset: {...preset.dataset, path: 'x.npz'}}, '"dataset.path" has no place here; remove it.'],
		['a split that does not exist', {...preset, split: {method: 'last', train: 0.8}}, /^"split\.method" must be "random" or "first" or "stratified", not "last"\./v],
		['nothing to train on', {...preset, split: {method: 'random', train: 0}}, '"split.train" must be more than 0, not 0.'],
		['no estimator', {...preset, estimators: []}, /^"estimators" must .*at least 1.*\.$/v],
		['a name that leads out of the folder', {...preset, name: '../../evil'}, /^"name" must .*letters.*"\.\.\/\.\.\/evil"\.$/v],
		['an empty name', {...preset, name: ''}, /^"name" .*\.$/v],
		['a name of 41 letters', {...preset, name: 'x'.repeat(41)}, /^"name" .*\.$/v],
		['an escape sequence in a field\'s name', {...preset, [`${escape}[31mred`]: 1}, '"red" has no place here; remove it.'],
	])('refuses %s', (_, input, message) => {
		const said = refusal(() => checkPreset(input, 'The preset p.json'));
		expect(said.slice(0, 'The preset p.json is wrong: '.length)).toBe('The preset p.json is wrong: ');
		const rest = said.slice('The preset p.json is wrong: '.length);
		if (typeof message === 'string') {
			expect(rest).toBe(message);
		} else {
			expect(rest).toMatch(message);
		}
	});

	it.each([
		['binz', 'There is no estimator "binz". Did you mean "bins"?'],
		['width:-1', 'The estimator "width:-1" must be written width:W.'],
		['__proto__', /^There is no estimator "__proto__"\./v],
	])('refuses the estimator %j', (id, message) => {
		expect(refusal(() => checkPreset({...preset, estimators: [id]}, 'The preset p.json'))).toMatch(message);
	});

	it('fills in what has a default', () => {
		const {seed: _, ...rest} = preset;
		expect(checkPreset(rest, 'It')).toMatchObject({
			seed: 1, training: {optimizer: {beta1: 0.9, beta2: 0.999, epsilon: 1e-8}},
		});
	});

	it('takes the largest batch and the largest network that are allowed', () => {
		const largest = {
			...preset,
			network: {...network, hidden: Array.from({length: 20}, () => 10_000)},
			training: {...training, batchSize: 3276},
		};
		expect(checkPreset(largest, 'It').network.hidden).toHaveLength(20);
	});

	it('takes MNIST without a path, and fills in the rest', () => {
		const {dataset} = checkPreset({...preset, dataset: {name: 'mnist'}}, 'It');
		expect(dataset).toEqual({name: 'mnist', measured: 'test', pixels: 'unit'});
		expect(() => checkPreset({...preset, dataset: {name: 'mnist'}, training: {...training, batchSize: 60_001}}, 'It')).toThrow('larger than the training set of 48000 samples');
	});

	it('is not changed by an object\'s prototype', () => {
		const polluted = JSON.parse(JSON.stringify(preset).replace('{', '{"__proto__": {"polluted": true}, ')) as unknown;
		expect(() => checkPreset(polluted, 'It')).toThrow();
		const innocent: {polluted?: boolean} = {};
		expect(innocent.polluted).toBeUndefined();
	});
});
