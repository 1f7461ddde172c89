import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {initialState} from '../../source/engine/initialise.js';
import {estimateKernelDensity} from '../../source/information/kernel-density/estimate.js';

const {inputs, labels} = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
const p = stochasticRule(12);
const conditional = Float64Array.from([...p].flatMap(one => [1 - one, one]));

/** Three layers of the papers' network with random weights, made `scale` times larger: of tanh saturated, of relu far above 1. */
function activationsOf(activation: 'tanh' | 'relu', scale: number, variance: number) {
	const network = {widths: [12, 10, 7, 5, 4, 3, 2], activation, optimizer: {name: 'sgd', learningRate: 1, momentum: 0}} as const;
	const initial = initialState(network, 'truncated-normal-fan-in', 1);
	const weights = initial.parameters.weights.map(values => values.map(weight => weight * scale));
	const layers = createBuiltinEngine(network, {...initial, parameters: {...initial.parameters, weights}}).forward(inputs, 4096);
	return [1, 3, 6].map(layer => {
		const values = layers[layer - 1]!;
		return {
			layer, name: `${activation} ×${scale}`, variance, rows: 4096, units: values.length / 4096, values, file: `${activation}-${scale}-${layer}.f32`,
		};
	});
}

const cases = [...activationsOf('tanh', 1, 1e-3), ...activationsOf('tanh', 20, 1e-3), ...activationsOf('relu', 2.5, 0.1)];

type Bound = {readonly x: number; readonly y: number; readonly stochastic: number};
type Answer = Bound & {readonly lower: Bound};

const askNumpy = (): Answer[] => withTemporaryFolder(folder => {
	writeFileSync(path.join(folder, 'cases.json'), JSON.stringify(cases.map(({values, ...known}) => known)));
	writeFileSync(path.join(folder, 'labels.u8'), labels);
	writeFileSync(path.join(folder, 'p.f64'), p);
	for (const {file, values} of cases) {
		writeFileSync(path.join(folder, file), values);
	}

	return runPython(new URL('kernel-density.py', import.meta.url), folder) as Answer[];
});

const isThere = hasPython('numpy');
const answers = isThere ? askNumpy() : [];

describe.runIf(isThere)('kernel densities in numpy', () => {
	it.each(cases.map((each, index) => ({...each, expected: answers[index]!})))(
		'agree to 1e-5 on layer $layer of $name under a variance of $variance',
		({expected, variance, ...layer}) => {
			const deterministic = estimateKernelDensity(layer, {classes: 2, labels}, {variance, leaveOneOut: false});
			const stochastic = estimateKernelDensity(layer, {classes: 2, labels, conditional}, {variance, leaveOneOut: false});
			for (const [actual, wanted] of [
				[deterministic.x, expected.x],
				[deterministic.y, expected.y],
				[deterministic.lower.x, expected.lower.x],
				[deterministic.lower.y, expected.lower.y],
				[stochastic.x, expected.x],
				[stochastic.y, expected.stochastic],
				[stochastic.lower.y, expected.lower.stochastic],
			] as const) {
				expect(Math.abs(actual - wanted)).toBeLessThan(1e-5);
			}
		},
	);

	it('saw layers that tell much and layers that tell little', () => {
		expect(Math.max(...answers.map(({x}) => x))).toBeGreaterThan(11.9);
		expect(Math.min(...answers.map(({x}) => x))).toBeLessThan(4);
	});
});
