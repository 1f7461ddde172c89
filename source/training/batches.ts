import {type Dataset} from '../dataset/dataset.js';
import {type Batch} from '../engine/engine.js';
import {type Random} from '../random.js';

/**
The batches of one pass over the training set; the last one holds what is left. With `random` the order is drawn anew, in place,
from the order of the pass before. The batch is one buffer, filled again for each step.
*/
export function * epochBatches(dataset: Dataset, order: Int32Array, batchSize: number, random?: Random): Generator<Batch> {
	const {features, classes, inputs, labels} = dataset;
	const batchInputs = new Float32Array(batchSize * features);
	const targets = new Float32Array(batchSize * classes);
	random?.shuffle(order);
	for (let start = 0; start < order.length; start += batchSize) {
		const rows = Math.min(batchSize, order.length - start);
		targets.fill(0);
		for (let row = 0; row < rows; row++) {
			const sample = order[start + row]!;
			const from = sample * features;
			const to = row * features;
			for (let feature = 0; feature < features; feature++) {
				batchInputs[to + feature] = inputs[from + feature]!;
			}

			targets[(row * classes) + labels[sample]!] = 1;
		}

		yield {rows, inputs: batchInputs, targets};
	}
}
