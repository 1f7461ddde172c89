import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {closedFormLayer} from '../helpers/closed-form.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {initialState} from '../../source/engine/initialise.js';
import {parseEstimator} from '../../source/information/registry.js';

const {inputs, labels} = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
const p = stochasticRule(12);
const conditional = Float64Array.from([...p].flatMap(one => [1 - one, one]));

/** Activations of the papers' network with random weights, made `scale` times larger: of tanh saturated, of relu far above 1. */
function activationsOf(activation: 'tanh' | 'relu', scale: number, seed: number) {
	const network = {widths: [12, 10, 7, 5, 4, 3, 2], activation, optimizer: {name: 'sgd', learningRate: 1, momentum: 0}} as const;
	const initial = initialState(network, 'truncated-normal-fan-in', seed);
	const weights = initial.parameters.weights.map(values => values.map(weight => weight * scale));
	const layers = createBuiltinEngine(network, {...initial, parameters: {...initial.parameters, weights}}).forward(inputs, 4096);
	return layers.map((values, index) => ({
		layer: index + 1, name: `${activation} ×${scale}, seed ${seed}`, rows: 4096, units: values.length / 4096, values,
	}));
}

const layers = [
	...activationsOf('tanh', 1, 1),
	...activationsOf('tanh', 3, 2),
	...activationsOf('tanh', 30, 3),
	...activationsOf('relu', 1, 4),
	...activationsOf('relu', 2.5, 5),
];
/** The layers A and C of science.md, in float64. */
const closedForms = ([['A', 1, 0.6, 3], ['C', 3, 1.5, 2]] as const).map(([name, k, scale, units]) => ({layer: 1, name: `closed form ${name}`, ...closedFormLayer(k, scale, units)}));
const ids = [
	'bins',
	'width:0.07',
	'width:0.5',
	'uniform:30',
	'uniform:100',
	'uniform:256',
	'uniform:30:neuron',
	'uniform:100:neuron',
	'quantile:8',
	'quantile:30',
	'quantile:256',
	'quantile:8:neuron',
	'quantile:30:neuron',
	'exact:4',
	'exact:8',
];
const cases = [...layers, ...closedForms].flatMap((layer, index) =>
	ids.map(estimator => ({...layer, estimator, file: `${index}.${layer.values instanceof Float32Array ? 'f32' : 'f64'}`})));

type Answer = {readonly x: number; readonly y: number; readonly stochastic: number};

const askNumpy = (): Answer[] => withTemporaryFolder(folder => {
	writeFileSync(path.join(folder, 'cases.json'), JSON.stringify([...cases.map(({values, ...known}) => known), {estimator: 'quantile:8'}, {estimator: 'quantile:8:neuron'}]));
	writeFileSync(path.join(folder, 'labels.u8'), labels);
	writeFileSync(path.join(folder, 'p.f64'), p);
	for (const {file, values} of cases) {
		writeFileSync(path.join(folder, file), values);
	}

	return runPython(new URL('oracle.py', import.meta.url), folder) as Answer[];
});

const isThere = hasPython('numpy');
const answers = isThere ? askNumpy() : [];

describe.runIf(isThere)('the papers\' algorithm in numpy', () => {
	it.each(cases.map((each, index) => ({...each, expected: answers[index]!})))(
		'agrees to 1e-9 on layer $layer of $name under $estimator',
		({expected, estimator, ...layer}) => {
			const {estimate} = parseEstimator(estimator);
			const deterministic = estimate(layer, {classes: 2, labels});
			const stochastic = estimate(layer, {classes: 2, labels, conditional});
			expect(Math.abs(deterministic.x - expected.x)).toBeLessThan(1e-9);
			expect(Math.abs(deterministic.y - expected.y)).toBeLessThan(1e-9);
			expect(Math.abs(stochastic.y - expected.stochastic)).toBeLessThan(1e-9);
		},
	);

	it('gives the quantiles of the closed-form layer A that science.md tells', () => {
		expect(answers.at(-2)).toMatchObject({x: expect.closeTo(7.949_901_781, 9) as number, y: expect.closeTo(0.271_628_418, 9) as number});
		expect(answers.at(-1)).toMatchObject({x: expect.closeTo(8.080_283_682, 9) as number, y: expect.closeTo(0.281_196_411, 9) as number});
	});

	it('saw layers of every kind: saturated, spread out, dead and beyond ±1', () => {
		expect(layers.some(({values}) => values.includes(1))).toBe(true);
		expect(layers.some(({values}) => Math.max(...values.subarray(0, 4096)) > 5)).toBe(true);
		expect(answers.some(({x}) => x > 11.9)).toBe(true);
		expect(answers.some(({x}) => x < 3)).toBe(true);
	});
});
