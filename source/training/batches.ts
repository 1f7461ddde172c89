import {type Dataset} from '../dataset/dataset.js';
import {type Batch} from '../engine/engine.js';
import {type Random} from '../random.js';

/**
The batches of one pass over the training set; the last one holds what is left. With `random` the order is drawn anew, in place,
from the order of the pass before. The batch is one buffer, filled again for each step.
*/
export function * epochBatches(dataset: Dataset, order: Int32Array, batchSize: number, random?: Random): Generator<Batch> {
	const {features, classes} = dataset;
	const inputs = new Float32Array(batchSize * features);
	const targets = new Float32Array(batchSize * classes);
	random?.shuffle(order);
	for (let start = 0; start < order.length; start += batchSize) {
		const rows = Math.min(batchSize, order.length - start);
		const batch = {rows, inputs, targets};
		gather(batch, dataset, order, start);
		yield batch;
	}
}

/** Fills a batch with the samples of `order` from `start` on; four features at a time, which takes two thirds of the time. */
function gather({rows, inputs, targets}: Batch, dataset: Dataset, order: Int32Array, start: number): void {
	const {features, classes, labels} = dataset;
	const from = dataset.inputs;
	let to = 0;
	targets.fill(0);
	for (let row = 0; row < rows; row++) {
		const sample = order[start + row]!;
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
