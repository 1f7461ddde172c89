import {z} from 'zod';
import {splitMethods} from '../dataset/split.js';
import {activationNames} from '../engine/activation.js';
import {initialisationNames} from '../engine/initialise.js';

const namePattern = /^[A-Za-z\d][\w.\-]{0,39}$/v;
const unitInterval = z.number().min(0).lt(1);
const units = z.int().min(1).max(10_000);

const dataset = z.discriminatedUnion('labels', [
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: z.literal('deterministic'),
	}),
	z.strictObject({
		name: z.literal('symmetric-rule'),
		labels: z.literal('stochastic'),
		gamma: z.number().positive().max(1000).describe('Steepness of p(y=1|x): 12 leaves 0.899 bits of information about the label, 50 leaves 0.994.'),
	}),
]).describe('What the network learns.');

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
		train: z.number().gt(0).max(1).describe('The fraction of the samples that is trained on.'),
	}),
	network: z.strictObject({
		hidden: z.array(units).min(1).max(20).describe('Units of each hidden layer, first to last.'),
		activation: z.enum(activationNames),
		initialisation: z.enum(initialisationNames),
	}),
	training: z.strictObject({
		optimizer,
		batchSize: z.int().min(1).max(10_000_000),
		epochs: z.int().min(1).max(10_000_000),
		shuffle: z.boolean().describe('Whether the batches are drawn anew each epoch.'),
	}),
	estimators: z.array(z.string().max(40)).min(1).max(16).describe('Estimators of mutual information, the one that is shown first in front, for example "bins" or "width:0.07".'),
	seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});

/** A preset as it is written, where what has a default may be left out. */
export type PresetInput = z.input<typeof presetSchema>;

/** A preset with nothing left open: what `run.json` and the `start` event hold. */
export type Preset = z.output<typeof presetSchema>;

/** The JSON Schema that presets name in `$schema`; `npm run schema` writes it, a test holds the file to it. */
export function presetJsonSchema(): Record<string, unknown> {
	return {...z.toJSONSchema(presetSchema, {io: 'input'}), title: 'ibtop preset'};
}
