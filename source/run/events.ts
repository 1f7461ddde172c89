/**
The contract between the trainer and everything else: one JSON object a line, discriminated by `type`. Fields may be added, never
renamed. Numbers that do not exist are null, never NaN. Layers count from 1, the output layer is the last; epochs count completed
passes over the training set, 0 is the untouched network; information is in bits, the loss in nats.
*/
import {z} from 'zod';
import {presetSchema} from '../preset/schema.js';

export const eventsVersion = 1;

const number = z.number();
const epoch = z.int().min(0);
const layer = z.int().min(1);
const information = z.looseObject({x: number, y: number, lower: z.looseObject({x: number, y: number}).optional()});

const start = z.looseObject({
	type: z.literal('start'),
	version: z.int(),
	run: z.string(),
	preset: presetSchema,
	seed: z.int(),
	engine: z.string(),
	samples: z.int().min(1),
	trainingSamples: z.int().min(1),
	bounds: z.looseObject({x: number, y: number}),
	layers: z.array(z.looseObject({
		layer, name: z.string(), width: z.int().min(1), activation: z.string(),
	})).min(1),
	estimators: z.array(z.string()).min(1),
});

const epochEvent = z.looseObject({
	type: z.literal('epoch'),
	epoch,
	seconds: number,
	loss: number.nullable(),
	accuracy: z.looseObject({train: number.nullable(), test: number.nullable()}),
	layers: z.array(z.looseObject({
		layer,
		information: z.record(z.string(), information),
		gradient: z.looseObject({mean: number, std: number, ratio: number.nullable()}).nullable(),
		weightNorm: number.nullable(),
	})),
});

const phase = z.looseObject({
	type: z.literal('phase'),
	layer,
	/** `diffusion`: the switch; `reversal`: drift again for a while after it; `compression`: its onset under `estimator`. */
	event: z.enum(['diffusion', 'reversal', 'compression']),
	/** Null withdraws what was said before. */
	epoch: epoch.nullable(),
	estimator: z.string().optional(),
});

export const runEventSchema = z.discriminatedUnion('type', [
	start,
	epochEvent,
	phase,
	z.looseObject({type: z.literal('pause'), epoch: epoch.optional()}),
	z.looseObject({type: z.literal('resume'), epoch}),
	z.looseObject({type: z.literal('warning'), message: z.string()}),
	z.looseObject({
		type: z.literal('end'),
		reason: z.enum(['finished', 'stopped', 'diverged', 'failed']),
		epoch: epoch.optional(),
		message: z.string().optional(),
	}),
]);

export type RunEvent = z.output<typeof runEventSchema>;
export type StartEvent = Extract<RunEvent, {type: 'start'}>;
export type EpochEvent = Extract<RunEvent, {type: 'epoch'}>;
export type PhaseEvent = Extract<RunEvent, {type: 'phase'}>;
export type EndEvent = Extract<RunEvent, {type: 'end'}>;
export type LayerMeasurement = EpochEvent['layers'][number];
