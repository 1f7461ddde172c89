import {performance} from 'node:perf_hooks';
import {type Dataset, measuredTarget} from '../dataset/dataset.js';
import {type Split} from '../dataset/split.js';
import {type Engine, type Parameters} from '../engine/engine.js';
import {initialState} from '../engine/initialise.js';
import {type EngineFactory} from '../engine/registry.js';
import {bottleneckBound} from '../information/bottleneck-curve.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {networkOf} from '../preset/network.js';
import {type Preset} from '../preset/schema.js';
import {splitOf} from '../preset/split.js';
import {type Fit} from '../probes/activations.js';
import {GradientStatistics, norm} from '../probes/gradients.js';
import {probe} from '../probes/probe.js';
import {type View, viewOf} from '../probes/view.js';
import {
	type EndEvent, type EpochEvent, type LayerMeasurement, type RunEvent, type StartEvent, type WarningEvent,
} from '../run/events.js';
import {describeRun} from './describe.js';
import {passesOver} from './passes.js';
import {measuredEpochs} from './schedule.js';
import {type TrainingState} from './state.js';

export type TrainingOptions = {
	readonly run: string;
	readonly preset: Preset;
	/** Those of the preset; the split is made where it is not there yet. */
	readonly dataset: Dataset;
	readonly split?: Split;
	readonly engine: EngineFactory;
	/** Seconds of training so far, for the events; results never depend on it. */
	readonly seconds: () => number;
	/** Whether the run has been described already: by whoever trains all its repeats, or when it began. */
	readonly isDescribed?: boolean;
	/** Whether somebody else looks at the network's activations: then its weights are told in their place. */
	readonly isProbedElsewhere?: boolean;
	/** Whether another thread may draw the orders of the samples ahead: where a core is free. */
	readonly mayDrawAhead?: boolean;
	/** Where it was left; from the beginning without it. */
	readonly from?: TrainingState | undefined;
};

/**
A moment between two passes, at which the state may be taken; only until the next value is. There is one before and after each pass that is
measured, and of the others every few milliseconds. It is not written anywhere.
*/
export type Boundary = {
	readonly type: 'boundary';
	readonly epoch: number;
	readonly isMeasured: boolean;
	/** Whether training ends once this epoch is measured. */
	readonly isLast: boolean;
	readonly capture: () => TrainingState;
};

/** A moment between two batches, every few milliseconds, at which the consumer may pause or stop the training; it is not written anywhere. */
export type Breath = {readonly type: 'breath'; readonly epoch: number};

/** What the layers of the network do with every sample, for estimators to take, and how well it answers; the arrays are not written to again. */
export type Activations = {readonly type: 'activations'; readonly epoch: number; readonly layers: readonly LayerActivations[]; readonly fit: Fit};

/** What the activations follow from, for whoever looks at them elsewhere; the arrays are not written to again. */
export type Weights = {readonly type: 'weights'; readonly epoch: number; readonly parameters: Parameters};

/** The rest of an `epoch` event: what the activations, or the weights, before it do not hold. */
export type Measured = Pick<EpochEvent, 'epoch' | 'seconds'> & {
	readonly type: 'measured';
	readonly layers: ReadonlyArray<Pick<LayerMeasurement, 'layer' | 'gradient' | 'weightNorm'>>;
};

/** Milliseconds between two such moments: the way through those who might obey takes as long as a thirtieth of a pass of a small network. */
const momentInterval = 5;

/** Epochs between two looks at the weights, besides the measured ones: what has become NaN or infinite stays so, and a look costs as much as a batch. */
const weightsInterval = 16;

export type TrainingEvent = Exclude<RunEvent, {type: 'epoch'}> | Boundary | Breath | Activations | Weights | Measured;

/**
Trains a preset and yields what a run consists of. Taking the next value is what moves training on, so a consumer pauses it by
waiting and stops it by leaving.

What is measured for epoch e are the activations after e passes, and the gradients of the batches of the pass that starts there,
each at the weights it was used with ([ST17] measures before the updates too). The last epoch's pass is a rehearsal that is
undone, so the event is what a longer run would have said.
*/
export async function * train(options: TrainingOptions): AsyncGenerator<TrainingEvent, void> {
	const {preset, dataset, from} = options;
	const split = options.split ?? splitOf(preset, dataset);
	const network = networkOf(preset, dataset);
	const engine = options.engine.create(network, from?.engine ?? initialState(network, preset.network.initialisation, preset.seed));
	const measured = measuredEpochs(preset.training.epochs);
	const passes = passesOver(engine, dataset, split, preset, options);
	const look = options.isProbedElsewhere ? tellWeights : lookAt(engine, viewOf(dataset, split, preset.seed), leastProbability(preset));
	try {
		if (!options.isDescribed && !from) {
			yield * description(options, split);
		}

		const last = preset.training.epochs;
		let lastBoundary = -Infinity;
		let wasMeasured = false;
		for (let epoch = from?.epoch ?? 0; epoch <= last; epoch++) {
			const isMeasured = measured.has(epoch);
			if (isMeasured || wasMeasured || performance.now() - lastBoundary >= momentInterval) {
				yield {
					type: 'boundary', epoch, isMeasured, isLast: epoch === last, capture: () => passes.capture(epoch),
				};
				lastBoundary = performance.now();
			}

			wasMeasured = isMeasured;
			const parameters = isMeasured || epoch % weightsInterval === 0 ? engine.readParameters() : undefined;
			const found = parameters && (brokenWeights(epoch, parameters) ?? (isMeasured ? look(epoch, parameters) : undefined));
			if (found) {
				yield found;
				if (found.type === 'end') {
					return;
				}
			}

			const statistics = isMeasured ? new GradientStatistics(engine.gradientMeans()) : undefined;
			const isRehearsal = epoch === last;
			const before = isRehearsal ? engine.readState() : undefined;
			for (const _ of passes.run(momentInterval, statistics)) {
				yield {type: 'breath', epoch};
			}

			if (before) {
				engine.writeState(before);
			}

			if (statistics) {
				yield {
					type: 'measured', epoch, seconds: options.seconds(), layers: layersOf(parameters!, statistics),
				};
			}
		}

		yield {type: 'end', reason: 'finished', epoch: last};
	} finally {
		passes.close();
		engine.dispose();
	}
}

/** What a run begins with. */
export function * description(options: TrainingOptions, split: Split): Generator<StartEvent | WarningEvent> {
	const bound = bottleneckBound(measuredTarget(options.dataset), options.dataset.bounds.x);
	yield describeRun(options, split, bound);
	if (bound.kind === 'unknown') {
		yield {type: 'warning', message: `There is no bound in the plane: ${bound.reason}.`};
	}
}

/** What a probability of 0 counts as in the loss: the least that float32 holds, or, where rounding to levels makes zeros, Keras's 1e-7. */
export const leastProbability = ({network}: Preset): number => network.bits === undefined ? 1e-38 : 1e-7;

function layersOf({weights}: Parameters, statistics: GradientStatistics): Measured['layers'] {
	const gradients = statistics.summarise();
	return weights.map((values, index) => ({layer: index + 1, gradient: gradients[index] ?? null, weightNorm: norm(values)}));
}

const tellWeights = (epoch: number, parameters: Parameters): Weights => ({type: 'weights', epoch, parameters});

/** Looks at the activations as they are at an epoch; where they are not finite, that is the end. */
const lookAt = (engine: Engine, view: View, least: number) => (epoch: number): Activations | EndEvent => {
	const probed = probe(engine, view, least);
	return 'broken' in probed ? brokenActivations(epoch, probed.broken) : {type: 'activations', epoch, ...probed};
};

function brokenWeights(epoch: number, {weights, biases}: Parameters): EndEvent | undefined {
	const index = weights.findIndex((values, layer) => !Number.isFinite(norm(values) + norm(biases[layer]!)));
	return index === -1 ? undefined : diverged(epoch, `the weights of layer ${index + 1}`);
}

export const brokenActivations = (epoch: number, layer: number): EndEvent => diverged(epoch, `the activations of layer ${layer}`);

const diverged = (epoch: number, what: string): EndEvent => ({
	type: 'end', reason: 'diverged', epoch, message: `${what} became NaN or infinite by epoch ${epoch}; try a smaller learning rate`,
});
