import {Random} from '../random.js';
import {type Dataset} from './dataset.js';
import {loadSymmetricRule, type SymmetricRule} from './symmetric-rule.js';

/** What a preset says of its data, discriminated by `name`. */
export type DatasetOptions = SymmetricRule;

type DatasetEntry = {
	/** Shape, known before anything is loaded: what a preset is checked against. */
	readonly samples: number;
	readonly features: number;
	readonly classes: number;
	readonly load: (options: DatasetOptions, random: Random) => Dataset;
};

export const datasets: Record<DatasetOptions['name'], DatasetEntry> = {
	'symmetric-rule': {
		samples: 4096, features: 12, classes: 2, load: loadSymmetricRule,
	},
};

/** The data of a preset; what is random in it comes from the seed. */
export function loadDataset(options: DatasetOptions, seed: number): Dataset {
	return datasets[options.name].load(options, Random.stream(seed, 'labels'));
}
