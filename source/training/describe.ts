import {type Dataset} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {parseEstimator} from '../information/registry.js';
import {networkWidths} from '../preset/load.js';
import {eventsVersion, type StartEvent} from '../run/events.js';
import {type TrainingOptions} from './train.js';

/** The `start` event: all that a viewer needs to lay out its screen. */
export function describeRun({run, preset, engine}: TrainingOptions, dataset: Dataset, split: Split): StartEvent {
	const widths = networkWidths(preset).slice(1);
	return {
		type: 'start',
		version: eventsVersion,
		run,
		preset,
		seed: preset.seed,
		engine: engine.name,
		samples: dataset.samples,
		trainingSamples: split.train.length,
		bounds: dataset.bounds,
		layers: widths.map((width, index) => index === widths.length - 1
			? {
				layer: index + 1, name: 'output', width, activation: 'softmax',
			}
			: {
				layer: index + 1, name: `hidden ${index + 1}`, width, activation: preset.network.activation,
			}),
		estimators: preset.estimators.map(id => parseEstimator(id).id),
	};
}
