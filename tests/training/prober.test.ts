import {describe, expect, it} from 'vitest';
import {measuredTarget} from '../../source/dataset/dataset.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {initialState} from '../../source/engine/initialise.js';
import {estimateLayer, spareThreads} from '../../source/information/pool.js';
import {parseEstimators} from '../../source/information/registry.js';
import {loadPreset} from '../../source/preset/load.js';
import {networkOf} from '../../source/preset/network.js';
import {splitOf} from '../../source/preset/split.js';
import {probe} from '../../source/probes/probe.js';
import {viewOf} from '../../source/probes/view.js';
import {stepperOver} from '../../source/training/batches.js';
import {createMeasurer} from '../../source/training/measurer.js';
import {createProber, type Known, type ProberSetup} from '../../source/training/prober.js';
import {builtin} from '../helpers/train.js';

/** A network in training, a prober of it, and what is known of it when it is looked at where it is trained. */
function trained(name: string) {
	const preset = loadPreset(name);
	const dataset = loadDataset(preset.dataset, preset.seed);
	const network = networkOf(preset, dataset);
	const setup: ProberSetup = {
		network,
		view: viewOf(dataset, splitOf(preset, dataset), preset.seed),
		target: measuredTarget(dataset),
		estimators: preset.estimators,
		least: 1e-7,
	};
	const engine = createBuiltinEngine(network, initialState(network, preset.network.initialisation, 1));
	const step = stepperOver(engine, dataset);
	const estimators = parseEstimators(preset.estimators);
	return {
		setup,
		engine,
		train() {
			step(Int32Array.from({length: 512}, (_, row) => row));
		},
		expected(): Known {
			const found = probe(engine, setup.view, setup.least);
			if ('broken' in found) {
				return found;
			}

			return {fit: found.fit, information: found.layers.map(layer => estimateLayer(estimators, layer, setup.target))};
		},
	};
}

describe.each(['tanh', 'relu-8bit', 'stochastic'])('a prober of %s', name => {
	it('tells to the bit what a look in the training would, of the weights that it was asked about, while training goes on', async () => {
		const {setup, engine, train, expected} = trained(name);
		const prober = createProber(setup);
		const asked: Array<Promise<Known>> = [];
		const known: Known[] = [];
		for (let step = 0; step < 4; step++) {
			known.push(expected());
			asked.push(prober.ask(engine.readParameters()));
			train();
		}

		expect(await Promise.all(asked)).toEqual(known);
		await prober.close();
	});

	it('is helped by the asker, to the same bits', async () => {
		const {setup, engine, train, expected} = trained(name);
		const prober = createProber(setup);
		expect(await prober.ask(engine.readParameters())).toEqual(expected());
		train();
		const asked = prober.ask(engine.readParameters());
		// The thread starts only now.
		expect(prober.help()).toBe(true);
		expect(prober.help()).toBe(false);
		expect(await asked).toEqual(expected());
		await prober.close();
	});
});

it('a prober names the first layer whose activations are not finite', async () => {
	const {setup, engine} = trained('linear');
	const prober = createProber(setup);
	const {weights, biases} = engine.readParameters();
	weights[2]!.fill(3e38);
	expect(await prober.ask({weights, biases})).toEqual({broken: 3});
	await prober.close();
});

it('an engine that is not the built-in one, and data that would be there twice, are looked at where they train', async () => {
	const preset = loadPreset('tanh');
	const dataset = loadDataset(preset.dataset, 1);
	const wantsWeights = async (data: typeof dataset, engine: typeof builtin) => {
		const measurer = createMeasurer(preset, data, splitOf(preset, data), engine);
		await measurer.close();
		return measurer.wantsWeights;
	};

	expect(await wantsWeights(dataset, builtin)).toBe(spareThreads() > 0);
	expect(await wantsWeights(dataset, {...builtin, create: (network, initial) => createBuiltinEngine(network, initial)})).toBe(false);
	expect(await wantsWeights({...dataset, inputs: new Float32Array(2 ** 25)}, builtin)).toBe(false);
});
