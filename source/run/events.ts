/**
The contract between the trainer and everything else: one JSON object a line, discriminated by `type`. Fields may be added, never
renamed. Numbers that do not exist are null, never NaN. Layers count from 1, the output layer is the last; epochs count completed
passes over the training set, 0 is the untouched network; information is in bits, the loss in nats.
*/
import * as z from 'zod/mini';
import {type Preset, presetSchema} from '../preset/schema.js';

export const eventsVersion = 1;

const wholeFrom = (least: number) => z.int().check(z.minimum(least));
const number = z.number();
const epoch = wholeFrom(0);
const step = wholeFrom(0);
const layer = wholeFrom(1);
/** Which of several repeats an event tells of, from 1; repeat r has the seed of the run + r − 1, unless `seeds` says which. Absent where there is one only. */
const repeat = wholeFrom(1);
const bits = z.looseObject({x: number, y: number});
/** `x`, `y`: I(X;T), I(T;Y); where there are two bounds, the upper ones. `error`: their standard error, where only a part of the rows was looked at. */
const information = z.extend(bits, {lower: z.optional(bits), error: z.optional(bits)});

const start = z.looseObject({
	type: z.literal('start'),
	version: z.int(),
	run: z.string(),
	/** Of a run that ibtop trains; what others train has none, and neither seed nor engine that are known. */
	preset: z.optional(presetSchema),
	seed: z.optional(z.int()),
	engine: z.optional(z.string()),
	/** Where a run that others train comes from: a drop directory, or a pipe. */
	source: z.optional(z.looseObject({kind: z.enum(['directory', 'pipe']), name: z.string()})),
	/** Epochs, unless it is steps of a training that says nothing of epochs. */
	counts: z.optional(z.enum(['epochs', 'steps'])),
	/** That the information is taken over. */
	samples: wholeFrom(1),
	/** Width of the input. */
	features: z.optional(wholeFrom(1)),
	trainingSamples: z.optional(wholeFrom(1)),
	/** H(X) and I(X;Y): the ends of the axes. */
	bounds: bits,
	/** The information-bottleneck bound of the data. */
	bound: z.optional(z.looseObject({kind: z.enum(['deterministic', 'annealed']), points: z.array(bits)})),
	/** False where the inputs are a sample, and what is said of X holds of the sample only. */
	population: z.optional(z.boolean()),
	layers: z.array(z.looseObject({
		layer, name: z.string(), width: wholeFrom(1), activation: z.optional(z.string()),
	})).check(z.minLength(1)),
	estimators: z.array(z.string()).check(z.minLength(1)),
	/** How many repeats the run consists of; absent for one. */
	repeats: z.optional(wholeFrom(1)),
	/** Their seeds, where these do not follow each other, as in a run that was merged. */
	seeds: z.optional(z.array(z.int())),
});

const epochEvent = z.looseObject({
	type: z.literal('epoch'),
	repeat: z.optional(repeat),
	epoch,
	/** Of an outside training, by the name of the file; events may come in another order than the steps, and the last of a step counts. */
	step: z.optional(step),
	/** When that file was written, in milliseconds since 1970: a reader that comes back knows by this that it has read it. */
	modified: z.optional(number),
	seconds: number,
	loss: z.nullable(number),
	accuracy: z.looseObject({train: z.nullable(number), test: z.nullable(number)}),
	layers: z.array(z.looseObject({
		layer,
		information: z.record(z.string(), information),
		gradient: z.nullable(z.looseObject({mean: number, std: number, ratio: z.nullable(number)})),
		weightNorm: z.nullable(number),
	})),
});

const phase = z.looseObject({
	type: z.literal('phase'),
	repeat: z.optional(repeat),
	layer,
	/** `diffusion`: the switch; `reversal`: drift again for a while after it; `compression`: its onset under `estimator`. */
	event: z.enum(['diffusion', 'reversal', 'compression']),
	/** Null withdraws what was said before. */
	epoch: z.nullable(epoch),
	estimator: z.optional(z.string()),
});

/** The end of one of several repeats; the run's own `end` comes last. A repeat that was stopped has none. */
const repeatEnd = z.looseObject({
	type: z.literal('repeat-end'),
	repeat,
	reason: z.enum(['finished', 'diverged']),
	epoch,
	message: z.optional(z.string()),
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
	from: z.optional(z.array(z.looseObject({
		repeat: z.optional(repeat), epoch, phases: z.array(phase), stuck: z.optional(z.boolean()),
	}))),
	epochs: z.optional(wholeFrom(1)),
	/** Told by others: what was measured later than the epoch, and than this step if it is said, counts no more. */
	step: z.optional(step),
});

export const runEventSchema = z.discriminatedUnion('type', [
	start,
	epochEvent,
	phase,
	repeatEnd,
	stuck,
	z.looseObject({type: z.literal('pause'), epoch: z.optional(epoch)}),
	resume,
	z.looseObject({type: z.literal('checkpoint'), epoch}),
	z.looseObject({type: z.literal('warning'), repeat: z.optional(repeat), message: z.string()}),
	z.looseObject({
		type: z.literal('end'),
		reason: z.enum(['finished', 'stopped', 'diverged', 'failed']),
		epoch: z.optional(epoch),
		message: z.optional(z.string()),
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
