/**
The contract between the trainer and everything else: one JSON object a line, discriminated by `type`. Fields may be added, never
renamed. Numbers that do not exist are null, never NaN. Layers count from 1, the output layer is the last; epochs count completed
passes over the training set, 0 is the untouched network; information is in bits, the loss in nats.
*/
import * as z from 'zod';
import {type Preset, presetSchema} from '../preset/schema.js';

export const eventsVersion = 1;

const number = z.number();
const epoch = z.int().min(0);
const step = z.int().min(0);
const layer = z.int().min(1);
/** Which of several repeats an event tells of, from 1; repeat r has the seed of the run + r − 1, unless `seeds` says which. Absent where there is one only. */
const repeat = z.int().min(1);
const bits = z.looseObject({x: number, y: number});
/** `x`, `y`: I(X;T), I(T;Y); where there are two bounds, the upper ones. `error`: their standard error, where only a part of the rows was looked at. */
const information = bits.extend({lower: bits.optional(), error: bits.optional()});

const start = z.looseObject({
	type: z.literal('start'),
	version: z.int(),
	run: z.string(),
	/** Of a run that ibtop trains; what others train has none, and neither seed nor engine that are known. */
	preset: presetSchema.optional(),
	seed: z.int().optional(),
	engine: z.string().optional(),
	/** Where a run that others train comes from: a drop directory, or a pipe. */
	source: z.looseObject({kind: z.enum(['directory', 'pipe']), name: z.string()}).optional(),
	/** Epochs, unless it is steps of a training that says nothing of epochs. */
	counts: z.enum(['epochs', 'steps']).optional(),
	/** That the information is taken over. */
	samples: z.int().min(1),
	/** Width of the input. */
	features: z.int().min(1).optional(),
	trainingSamples: z.int().min(1).optional(),
	/** H(X) and I(X;Y): the ends of the axes. */
	bounds: bits,
	/** The information-bottleneck bound of the data. */
	bound: z.looseObject({kind: z.enum(['deterministic', 'annealed']), points: z.array(bits)}).optional(),
	/** False where the inputs are a sample, and what is said of X holds of the sample only. */
	population: z.boolean().optional(),
	layers: z.array(z.looseObject({
		layer, name: z.string(), width: z.int().min(1), activation: z.string().optional(),
	})).min(1),
	estimators: z.array(z.string()).min(1),
	/** How many repeats the run consists of; absent for one. */
	repeats: z.int().min(1).optional(),
	/** Their seeds, where these do not follow each other, as in a run that was merged. */
	seeds: z.array(z.int()).optional(),
});

const epochEvent = z.looseObject({
	type: z.literal('epoch'),
	repeat: repeat.optional(),
	epoch,
	/** Of an outside training, by the name of the file; events may come in another order than the steps, and the last of a step counts. */
	step: step.optional(),
	/** When that file was written, in milliseconds since 1970: a reader that comes back knows by this that it has read it. */
	modified: number.optional(),
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
	repeat: repeat.optional(),
	layer,
	/** `diffusion`: the switch; `reversal`: drift again for a while after it; `compression`: its onset under `estimator`. */
	event: z.enum(['diffusion', 'reversal', 'compression']),
	/** Null withdraws what was said before. */
	epoch: epoch.nullable(),
	estimator: z.string().optional(),
});

/** The end of one of several repeats; the run's own `end` comes last. A repeat that was stopped has none. */
const repeatEnd = z.looseObject({
	type: z.literal('repeat-end'),
	repeat,
	reason: z.enum(['finished', 'diverged']),
	epoch,
	message: z.string().optional(),
});

/** A repeat that has learnt nothing by now. It is trained on, since that can change, but means and medians are better without it. */
const stuck = z.looseObject({type: z.literal('stuck'), repeat, epoch});

/**
Training goes on. `from`: it does so from a checkpoint; of each repeat named there (without a number: of the only one) what was told from
that epoch on counts no more, its phases are the ones given, and it is stuck or not as is said. `epochs`: the length that the run now has.
*/
const resume = z.looseObject({
	type: z.literal('resume'),
	epoch,
	from: z.array(z.looseObject({
		repeat: repeat.optional(), epoch, phases: z.array(phase), stuck: z.boolean().optional(),
	})).optional(),
	epochs: z.int().min(1).optional(),
	/** Told by others: what was measured later than the epoch, and than this step if it is said, counts no more. */
	step: step.optional(),
});

export const runEventSchema = z.discriminatedUnion('type', [
	start,
	epochEvent,
	phase,
	repeatEnd,
	stuck,
	z.looseObject({type: z.literal('pause'), epoch: epoch.optional()}),
	resume,
	z.looseObject({type: z.literal('checkpoint'), epoch}),
	z.looseObject({type: z.literal('warning'), repeat: repeat.optional(), message: z.string()}),
	z.looseObject({
		type: z.literal('end'),
		reason: z.enum(['finished', 'stopped', 'diverged', 'failed']),
		epoch: epoch.optional(),
		message: z.string().optional(),
	}),
]);

export type RunEvent = z.output<typeof runEventSchema>;
export type StartEvent = Extract<RunEvent, {type: 'start'}>;
/** Of a run that ibtop trains, or has trained. */
export type TrainedStart = StartEvent & {readonly preset: Preset; readonly seed: number; readonly engine: string; readonly trainingSamples: number};
export type EpochEvent = Extract<RunEvent, {type: 'epoch'}>;
export type PhaseEvent = Extract<RunEvent, {type: 'phase'}>;
export type RepeatEndEvent = Extract<RunEvent, {type: 'repeat-end'}>;
export type StuckEvent = Extract<RunEvent, {type: 'stuck'}>;
export type WarningEvent = Extract<RunEvent, {type: 'warning'}>;
export type ResumeEvent = Extract<RunEvent, {type: 'resume'}>;
export type EndEvent = Extract<RunEvent, {type: 'end'}>;
export type LayerMeasurement = EpochEvent['layers'][number];
