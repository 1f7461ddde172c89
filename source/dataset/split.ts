import {Random} from '../random.js';
import {type Dataset} from './dataset.js';

/** `random`: shuffled by the seed. `first`: the first rows, as in the code of [ST17]. `stratified`: random within each class [L22]. */
export const splitMethods = ['random', 'first', 'stratified'] as const;
export type SplitMethod = (typeof splitMethods)[number];

/** Row numbers of the training and the test set; together they are all rows, each once. */
export type Split = {readonly train: Int32Array; readonly test: Int32Array};

/** The size of the training set; never nothing, and never more than there is. */
export const trainingSize = (samples: number, fraction: number): number => Math.max(1, Math.floor(samples * fraction));

/** Divides the rows; `fraction` (0 < fraction ≤ 1) of them, rounded down, go to training. */
export function splitDataset(dataset: Dataset, method: SplitMethod, fraction: number, seed: number): Split {
	const rows = Int32Array.from({length: dataset.samples}, (_, row) => row);
	const size = trainingSize(dataset.samples, fraction);
	if (method !== 'first') {
		Random.stream(seed, 'split').shuffle(rows);
	}

	if (method !== 'stratified') {
		return {train: rows.slice(0, size), test: rows.slice(size)};
	}

	return stratify(rows, dataset, size);
}

/** Walks the shuffled rows and takes from each class in proportion, largest remainders first. */
function stratify(rows: Int32Array, {labels, classes, samples}: Dataset, size: number): Split {
	const counts = Array.from({length: classes}, (_, label) => labels.reduce((sum, each) => sum + Number(each === label), 0));
	const shares = counts.map(count => count * size / samples);
	const quotas = shares.map(share => Math.floor(share));
	const byRemainder = shares.map((share, label) => ({label, remainder: share % 1})).toSorted((a, b) => b.remainder - a.remainder);
	const missing = size - quotas.reduce((sum, quota) => sum + quota, 0);
	for (const {label} of byRemainder.slice(0, missing)) {
		quotas[label]! += 1;
	}

	const isTrain = Array.from(rows, row => quotas[labels[row]!]!-- > 0);
	return {train: rows.filter((_, index) => isTrain[index]), test: rows.filter((_, index) => !isTrain[index])};
}
