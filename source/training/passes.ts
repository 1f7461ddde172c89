import {type Dataset} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {type Engine} from '../engine/engine.js';
import {type Preset} from '../preset/schema.js';
import {type GradientStatistics} from '../probes/gradients.js';
import {Random} from '../random.js';
import {epochRows, stepperOver} from './batches.js';
import {type TrainingState} from './state.js';

export type Passes = {
	/** One pass over the training set; the generator yields after each step. */
	readonly run: (statistics?: GradientStatistics) => Generator<void>;
	/** A copy of what the next pass depends on; only between two passes. */
	readonly capture: (epoch: number) => TrainingState;
};

/** The passes of a training, from its beginning or from where it was left. */
export function passesOver(engine: Engine, dataset: Dataset, split: Split, {seed, training}: Preset, from?: TrainingState): Passes {
	const order = (from?.order ?? split.train).slice();
	const random = training.shuffle ? (from?.random ? new Random(from.random) : Random.stream(seed, 'batches')) : undefined;
	const step = stepperOver(engine, dataset);
	return {
		* run(statistics) {
			for (const rows of epochRows(order, training.batchSize, random)) {
				step(rows, statistics && ((_loss, {weights}) => {
					statistics.add(weights);
				}));
				yield;
			}
		},
		capture: epoch => ({
			epoch, engine: engine.readState(), order: order.slice(), random: random?.state ?? null,
		}),
	};
}
