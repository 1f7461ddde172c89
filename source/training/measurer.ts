import {type Dataset, measuredTarget} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {createBuiltinEngine} from '../engine/builtin/create.js';
import {type EngineFactory} from '../engine/registry.js';
import {areQuick, createEstimatorPool, spareThreads} from '../information/pool.js';
import {parseEstimators} from '../information/registry.js';
import {networkOf} from '../preset/network.js';
import {type Preset} from '../preset/schema.js';
import {viewOf} from '../probes/view.js';
import {createProber, type Known} from './prober.js';
import {type Activations, leastProbability, type Weights} from './train.js';

/** Of inputs that another thread gets a copy of: MNIST's test set twice over. */
const mostSharedBytes = 2 ** 26;

/** Finds out what the information is at measured epochs, while training goes on. */
export type Measurer = {
	/** Whether it wants the weights and looks at the activations itself. */
	readonly wantsWeights: boolean;
	readonly measure: (event: Activations | Weights) => Promise<Known>;
	/** For an asker who has to wait: does a part of what is still to do; `false` if nothing is, or others have begun with it. */
	readonly help: () => boolean;
	readonly close: () => Promise<void>;
};

/**
The measuring of a single training. Where a core is free and the built-in engine trains, another thread takes the weights and does all of it;
but where some estimator is slow, the layers are shared out among threads, and the training looks at its activations itself.
*/
export function createMeasurer(preset: Preset, dataset: Dataset, split: Split, engine: EngineFactory): Measurer {
	const target = measuredTarget(dataset);
	if (engine.create === createBuiltinEngine && spareThreads() > 0 && areQuick(parseEstimators(preset.estimators))) {
		const view = viewOf(dataset, split, preset.seed);
		if (view.measured.inputs.byteLength <= mostSharedBytes) {
			const {ask, help, close} = createProber({
				network: networkOf(preset, dataset), view, target, estimators: preset.estimators, least: leastProbability(preset),
			});
			return {
				wantsWeights: true, measure: async event => ask((event as Weights).parameters), help, close,
			};
		}
	}

	const pool = createEstimatorPool(preset.estimators, target);
	return {
		wantsWeights: false,
		async measure(event) {
			const {layers, fit} = event as Activations;
			return {fit, information: await pool.estimate(layers)};
		},
		help: pool.help,
		close: pool.close,
	};
}
