/** Runs of data that bring a test set and are measured over it: MNIST's, made small. */
import {expect, it} from 'vitest';
import {idxFiles, putFiles} from '../helpers/idx.js';
import {
	builtin, epochEvents, eventsOf,
} from '../helpers/train.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {initialState} from '../../source/engine/initialise.js';
import {parseEstimator} from '../../source/information/registry.js';
import {checkPreset, networkWidths, readPreset} from '../../source/preset/load.js';
import {type Preset} from '../../source/preset/schema.js';
import {probeActivations, probeFit} from '../../source/probes/activations.js';

const small = (measured: 'test' | 'all'): Preset => {
	const shipped = readPreset('mnist-saxe');
	return checkPreset({
		...shipped,
		dataset: {...shipped.dataset, measured, path: putFiles(temporaryFolder(), idxFiles(200, 60))},
		network: {...shipped.network, hidden: [12, 5]},
		training: {
			...shipped.training, batchSize: 32, epochs: 3, optimizer: {name: 'sgd', learningRate: 0.1},
		},
		estimators: ['width:0.5'],
	}, 'It');
};

it.each([
	['test', 60],
	['all', 260],
] as const)('a run measured over %s says so, and has the information of these rows alone', async (measured, rows) => {
	const preset = small(measured);
	const [start, ...rest] = await eventsOf(preset);
	expect(start).toMatchObject({
		type: 'start', samples: rows, features: 784, trainingSamples: 200, population: false, bounds: {x: expect.closeTo(Math.log2(rows), 9) as number},
	});
	const bound = start?.type === 'start' ? start.bound : undefined;
	expect(bound!.points.at(-1)!.x).toBeCloseTo(Math.log2(rows), 9);

	const dataset = loadDataset(preset.dataset, 1);
	const network = {widths: networkWidths(preset, dataset), activation: 'tanh', optimizer: preset.training.optimizer} as const;
	const engine = builtin.create(network, initialState(network, 'glorot-uniform', 1));
	const first = 260 - rows;
	const layers = probeActivations(engine, {inputs: dataset.inputs.subarray(first * 784), samples: rows});
	const [untouched] = epochEvents(rest);
	for (const [index, layer] of layers.entries()) {
		const target = {classes: 10, labels: dataset.labels.subarray(first)};
		expect(untouched!.layers[index]!.information['width:0.5']).toEqual(parseEstimator('width:0.5').estimate(layer, target));
	}

	const output = probeActivations(engine, dataset).at(-1)!;
	const fit = probeFit(output, dataset, dataset.split!);
	expect(untouched!.loss).toBeCloseTo(fit.loss, 6);
	expect(untouched!.accuracy).toEqual({train: expect.closeTo(fit.accuracy.train, 9) as number, test: expect.closeTo(fit.accuracy.test!, 9) as number});
});

it('what is measured does not change what is learnt', async () => {
	const [overTest, overAll] = [await eventsOf(small('test')), await eventsOf(small('all'))].map(events => epochEvents(events));
	expect(overTest).toHaveLength(4);
	expect(overTest!.map(({layers}) => layers.map(({weightNorm, gradient}) => ({weightNorm, gradient})))).toEqual(overAll!.map(({layers}) => layers.map(({weightNorm, gradient}) => ({weightNorm, gradient}))));
	expect(overTest!.at(-1)!.loss).toBeLessThan(overTest![0]!.loss!);
});
