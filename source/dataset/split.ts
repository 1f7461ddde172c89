import {Random} from '../random.js';
import {type Dataset, rowRange, type Split} from './dataset.js';

export {type Split} from './dataset.js';

/** `random`: shuffled by the seed. `first`: the first rows, as in the code of [ST17]. `stratified`: random within each class [L22]. */
export const splitMethods = ['random', 'first', 'stratified'] as const;
export type SplitMethod = (typeof splitMethods)[number];

/** How many of the samples that may be trained on are; never none, and never more than there are. */
export const trainingSize = (trainable: number, fraction: number): number => Math.max(1, Math.floor(trainable * fraction));

/**
Divides the rows; `fraction` (0 < fraction ≤ 1) of them, rounded down, go to training and the rest is the test set. Data that bring a
test set keep it: then it is their training rows that the fraction is taken of, and the others are not used.
*/
export function splitDataset(dataset: Dataset, method: SplitMethod, fraction: number, seed: number): Split {
	const rows = dataset.split ? dataset.split.train.slice() : rowRange(0, dataset.samples);
	const size = trainingSize(rows.length, fraction);
	if (method !== 'first') {
		Random.stream(seed, 'split').shuffle(rows);
	}

	const {train, test} = method === 'stratified' ? stratify(rows, dataset, size) : {train: rows.slice(0, size), test: rows.slice(size)};
	return {train, test: dataset.split?.test ?? test};
}

/** Walks the shuffled rows and takes from each class in proportion, largest remainders first. */
function stratify(rows: Int32Array, {labels, classes}: Dataset, size: number): Split {
	const counts = Array.from({length: classes}, () => 0);
	for (const row of rows) {
		counts[labels[row]!]! += 1;
	}

	const shares = counts.map(count => count * size / rows.length);
	const quotas = shares.map(share => Math.floor(share));
	const byRemainder = shares.map((share, label) => ({label, remainder: share % 1})).toSorted((a, b) => b.remainder - a.remainder);
	const missing = size - quotas.reduce((sum, quota) => sum + quota, 0);
	for (const {label} of byRemainder.slice(0, missing)) {
		quotas[label]! += 1;
	}

	const isTrain = Array.from(rows, row => quotas[labels[row]!]!-- > 0);
	return {train: rows.filter((_, index) => isTrain[index]), test: rows.filter((_, index) => !isTrain[index])};
}
