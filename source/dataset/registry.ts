import {Random} from '../random.js';
import {type Dataset, type DataShape} from './dataset.js';
import {
	describeFile, loadFile, locateFile, type OwnFile,
} from './file.js';
import {
	describeMnist, loadMnist, locateMnist, type Mnist,
} from './mnist.js';
import {describeSymmetricRule, loadSymmetricRule, type SymmetricRule} from './symmetric-rule.js';

/** What a preset says of its data, discriminated by `name`. */
export type DatasetOptions = SymmetricRule | Mnist | OwnFile;

type DatasetEntry<Options> = {
	/** What is known of the data before they are loaded: what a preset is checked against. Throws where they cannot be what they should. */
	readonly describe: (options: Options) => DataShape;
	/** The options with every path in them whole, for a process that stands elsewhere. Throws where the data are not there. */
	readonly locate: (options: Options) => Options;
	readonly load: (options: Options, random: Random) => Dataset;
};

/** Every kind of data, once. */
export const datasets: {readonly [Name in DatasetOptions['name']]: DatasetEntry<Extract<DatasetOptions, {name: Name}>>} = {
	'symmetric-rule': {describe: describeSymmetricRule, locate: options => options, load: loadSymmetricRule},
	mnist: {describe: describeMnist, locate: locateMnist, load: loadMnist},
	file: {describe: describeFile, locate: locateFile, load: loadFile},
};

/** The entry takes just these options, since both have one name, which the types cannot follow. */
const entryOf = (options: DatasetOptions) => datasets[options.name] as DatasetEntry<DatasetOptions>;

export const describeDataset = (options: DatasetOptions): DataShape => entryOf(options).describe(options);

export const locateDataset = (options: DatasetOptions): DatasetOptions => entryOf(options).locate(options);

/** The data of a preset; what is random in it comes from the seed. */
export const loadDataset = (options: DatasetOptions, seed: number): Dataset => entryOf(options).load(options, Random.stream(seed, 'labels'));
