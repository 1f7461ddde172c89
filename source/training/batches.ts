import {
	type Batch, type Engine, type Samples, type Stepper,
} from '../engine/engine.js';
import {type Random} from '../random.js';

/**
The sample numbers of the batches of one pass over the training set; the last one holds what is left. With `random` the order is drawn anew,
in place, from the order of the pass before.
*/
export function * epochRows(order: Int32Array, batchSize: number, random?: Random): Generator<Int32Array> {
	random?.shuffle(order);
	for (let start = 0; start < order.length; start += batchSize) {
		yield order.subarray(start, start + batchSize);
	}
}

/** The same as batches: one buffer, filled again for each step. */
export function * epochBatches(samples: Samples, order: Int32Array, batchSize: number, random?: Random): Generator<Batch> {
	const gather = createGatherer(samples);
	for (const rows of epochRows(order, batchSize, random)) {
		yield gather(rows);
	}
}

/** How to step over samples by their numbers: the engine's own way, where it has one for them. */
export function stepperOver(engine: Engine, samples: Samples): Stepper {
	const gather = createGatherer(samples);
	return engine.stepperOver?.(samples) ?? ((rows, observe) => {
		engine.step(gather(rows), observe);
	});
}

/** Fills a batch with the samples of the given numbers; always the same one, as large as the largest yet. */
function createGatherer(samples: Samples): (rows: Int32Array) => Batch {
	const {features, classes} = samples;
	let batch: Batch = {rows: 0, inputs: new Float32Array(0), targets: new Float32Array(0)};
	return rows => {
		const isLarger = rows.length * features > batch.inputs.length;
		batch = {
			rows: rows.length,
			inputs: isLarger ? new Float32Array(rows.length * features) : batch.inputs,
			targets: isLarger ? new Float32Array(rows.length * classes) : batch.targets,
		};
		gatherRows(batch, samples, rows);
		return batch;
	};
}

/** Four features at a time, which takes two thirds of the time. */
function gatherRows({inputs, targets}: Batch, {features, classes, labels, inputs: from}: Samples, rows: Int32Array): void {
	let to = 0;
	targets.fill(0);
	for (let row = 0; row < rows.length; row++) {
		const sample = rows[row]!;
		const end = (sample + 1) * features;
		let index = sample * features;
		for (; index + 4 <= end; index += 4, to += 4) {
			inputs[to] = from[index]!;
			inputs[to + 1] = from[index + 1]!;
			inputs[to + 2] = from[index + 2]!;
			inputs[to + 3] = from[index + 3]!;
		}

		for (; index < end; index++, to++) {
			inputs[to] = from[index]!;
		}

		targets[(row * classes) + labels[sample]!] = 1;
	}
}
