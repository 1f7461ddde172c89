import {performance} from 'node:perf_hooks';
import {type Dataset} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {type Engine} from '../engine/engine.js';
import {type Preset} from '../preset/schema.js';
import {type GradientStatistics} from '../probes/gradients.js';
import {Random} from '../random.js';
import {epochRows, stepperOver} from './batches.js';
import {createOrders} from './orders/orders.js';
import {type TrainingState} from './state.js';

export type Passes = {
	/** One pass over the training set; the generator yields after a step once it has trained for `interval` milliseconds. */
	readonly run: (interval: number, statistics?: GradientStatistics) => Generator<void>;
	/** A copy of what the next pass depends on; only between two passes. */
	readonly capture: (epoch: number) => TrainingState;
	readonly close: () => void;
};

export type PassesOptions = {
	/** Where it was left; from the beginning without it. */
	readonly from?: TrainingState | undefined;
	/** Whether another thread may draw the orders of the samples ahead. */
	readonly mayDrawAhead?: boolean;
};

/** The passes of a training, from its beginning or from where it was left. */
export function passesOver(engine: Engine, dataset: Dataset, split: Split, {seed, training}: Preset, {from, mayDrawAhead = false}: PassesOptions): Passes {
	const stream = training.shuffle ? from?.random ?? Random.stream(seed, 'batches').state : null;
	const orders = createOrders(from?.order ?? split.train, stream, mayDrawAhead);
	const step = stepperOver(engine, dataset);
	return {
		* run(interval, statistics) {
			orders.next();
			let yielded = performance.now();
			for (const rows of epochRows(orders.order, training.batchSize)) {
				step(rows, statistics && ((_loss, {weights}) => {
					statistics.add(weights);
				}));
				if (performance.now() - yielded >= interval) {
					yield;
					yielded = performance.now();
				}
			}
		},
		capture: epoch => ({
			epoch, engine: engine.readState(), order: orders.order.slice(), random: orders.state(),
		}),
		close: orders.close,
	};
}
