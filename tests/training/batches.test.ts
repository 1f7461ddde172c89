import {describe, expect, it} from 'vitest';
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';
import {Random} from '../../source/random.js';
import {epochBatches} from '../../source/training/batches.js';

const dataset = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
const {train} = splitDataset(dataset, 'random', 0.8, 1);

/** The pattern that each row of a pass holds, and whether its target is that pattern's label. */
function passOf(order: Int32Array, batchSize: number, random?: Random) {
	const sizes: number[] = [];
	const samples: number[] = [];
	let isLabelled = true;
	for (const {rows, inputs, targets} of epochBatches(dataset, order, batchSize, random)) {
		sizes.push(rows);
		for (let row = 0; row < rows; row++) {
			const sample = Number.parseInt(inputs.subarray(row * 12, (row + 1) * 12).join(''), 2);
			samples.push(sample);
			isLabelled &&= targets[2 * row] === 1 - dataset.labels[sample]! && targets[(2 * row) + 1] === dataset.labels[sample];
		}
	}

	return {sizes, samples, isLabelled};
}

describe('the batches of a pass', () => {
	it.each([
		[512, [512, 512, 512, 512, 512, 512, 204]],
		[3276, [3276]],
		[1638, [1638, 1638]],
	])('of %d hold each training sample once, with its label, and what is left in the last', (batchSize, expected) => {
		const {sizes, samples, isLabelled} = passOf(Int32Array.from(train), batchSize, Random.stream(1, 'batches'));
		expect(sizes).toEqual(expected);
		expect(samples.toSorted((a, b) => a - b)).toEqual([...train].toSorted((a, b) => a - b));
		expect(isLabelled).toBe(true);
	});

	it('come in the order of the training set where nothing shuffles them', () => {
		const order = Int32Array.from(train);
		expect(passOf(order, 500).samples).toEqual([...train]);
		expect(passOf(order, 500).samples).toEqual([...train]);
	});

	it('come in a new order each pass where the seed shuffles them, the same for the same seed', () => {
		const passes = (seed: number) => {
			const order = Int32Array.from(train);
			const random = Random.stream(seed, 'batches');
			return [passOf(order, 512, random).samples, passOf(order, 512, random).samples];
		};

		const [first, second] = passes(1);
		expect(second).not.toEqual(first);
		expect(passes(1)).toEqual([first, second]);
		expect(passes(2)[0]).not.toEqual(first);
	});
});
