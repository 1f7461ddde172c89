import {type Split} from '../dataset/split.js';
import {type BottleneckBound} from '../information/bottleneck-curve.js';
import {parseEstimators} from '../information/registry.js';
import {networkWidths} from '../preset/load.js';
import {eventsVersion, type StartEvent} from '../run/events.js';
import {type TrainingOptions} from './train.js';

/** The `start` event: all that a viewer needs to lay out its screen, the bound of the data among it (50 ms for the 12-bit rule). */
export function describeRun({run, preset, engine, dataset}: TrainingOptions, split: Split, bound: BottleneckBound): StartEvent {
	const widths = networkWidths(preset, dataset).slice(1);
	return {
		type: 'start',
		version: eventsVersion,
		run,
		preset,
		seed: preset.seed,
		engine: engine.name,
		samples: dataset.measured?.length ?? dataset.samples,
		features: dataset.features,
		trainingSamples: split.train.length,
		bounds: dataset.bounds,
		...(bound.kind !== 'unknown' && {bound: {kind: bound.kind, points: bound.points.map(({x, y}) => ({x, y}))}}),
		...(dataset.isSample && {population: false}),
		layers: widths.map((width, index) => index === widths.length - 1
			? {
				layer: index + 1, name: 'output', width, activation: 'softmax',
			}
			: {
				layer: index + 1, name: `hidden ${index + 1}`, width, activation: preset.network.activation,
			}),
		estimators: parseEstimators(preset.estimators).map(({id}) => id),
	};
}
