import {type Dataset} from '../dataset/dataset.js';
import {type Split, splitDataset} from '../dataset/split.js';
import {type Preset} from './schema.js';

/** The training and the test set of a preset. */
export const splitOf = ({split, seed}: Pick<Preset, 'split' | 'seed'>, dataset: Dataset): Split => splitDataset(dataset, split.method, split.train, seed);
