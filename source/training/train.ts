import {type Dataset} from '../dataset/dataset.js';
import {loadDataset} from '../dataset/registry.js';
import {type Split, splitDataset} from '../dataset/split.js';
import {type Engine} from '../engine/engine.js';
import {initialState} from '../engine/initialise.js';
import {type EngineFactory} from '../engine/registry.js';
import {type Estimator, parseEstimator} from '../information/registry.js';
import {networkWidths} from '../preset/load.js';
import {type Preset} from '../preset/schema.js';
import {brokenLayer, probeActivations, probeFit} from '../probes/activations.js';
import {GradientStatistics, type GradientSummary, norm} from '../probes/gradients.js';
import {Random} from '../random.js';
import {type EpochEvent, type RunEvent} from '../run/events.js';
import {epochBatches} from './batches.js';
import {describeRun} from './describe.js';
import {measuredEpochs} from './schedule.js';

export type TrainingOptions = {
	readonly run: string;
	readonly preset: Preset;
	readonly engine: EngineFactory;
	/** Seconds of training so far, for the events; results never depend on it. */
	readonly seconds: () => number;
};

/** A moment between two batches, at which the consumer may pause or stop the training; it is not written anywhere. */
export type Breath = {readonly type: 'breath'; readonly epoch: number};

/**
Trains a preset and yields what a run consists of. Taking the next value is what moves training on, so a consumer pauses it by
waiting and stops it by leaving.

An `epoch` event for epoch e holds the activations after e passes, and the gradients of the batches of the pass that starts there,
each at the weights it was used with ([ST17] measures before the updates too). The last epoch's pass is a rehearsal that is
undone, so the event is what a longer run would have said.
*/
export async function * train(options: TrainingOptions): AsyncGenerator<RunEvent | Breath, void> {
	const {preset} = options;
	const dataset = loadDataset(preset.dataset, preset.seed);
	const split = splitDataset(dataset, preset.split.method, preset.split.train, preset.seed);
	const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};
	const engine = options.engine.create(network, initialState(network, preset.network.initialisation, preset.seed));
	const measured = measuredEpochs(preset.training.epochs);
	const pass = passOver(engine, dataset, split, preset);
	const estimators = preset.estimators.map(id => parseEstimator(id));
	try {
		yield describeRun(options, dataset, split);
		for (let epoch = 0; epoch <= preset.training.epochs; epoch++) {
			const broken = brokenWeights(engine);
			if (broken !== undefined) {
				yield diverged(epoch, `the weights of layer ${broken}`);
				return;
			}

			const probe = measured.has(epoch) ? measure(engine, dataset, split, estimators) : undefined;
			if (probe?.broken !== undefined) {
				yield diverged(epoch, `the activations of layer ${probe.broken}`);
				return;
			}

			const statistics = probe && new GradientStatistics();
			const isRehearsal = epoch === preset.training.epochs;
			const before = isRehearsal ? engine.readState() : undefined;
			for (const _ of pass(statistics)) {
				yield {type: 'breath', epoch};
			}

			if (before) {
				engine.writeState(before);
			}

			if (probe && statistics) {
				yield {
					type: 'epoch', epoch, seconds: options.seconds(), ...combine(probe, statistics.summarise()),
				};
			}
		}

		yield {type: 'end', reason: 'finished', epoch: preset.training.epochs};
	} finally {
		engine.dispose();
	}
}

/** One pass over the training set a call; the generator yields after each step. */
function passOver(engine: Engine, dataset: Dataset, split: Split, {seed, training}: Preset) {
	const order = split.train.slice();
	const random = training.shuffle ? Random.stream(seed, 'batches') : undefined;
	return function * (statistics?: GradientStatistics): Generator<void> {
		for (const batch of epochBatches(dataset, order, training.batchSize, random)) {
			engine.step(batch, statistics && ((_loss, {weights}) => {
				statistics.add(weights);
			}));
			yield;
		}
	};
}

type Probe = {
	readonly broken?: number;
	readonly layers: ReadonlyArray<Pick<EpochEvent['layers'][number], 'information' | 'weightNorm'>>;
} & Pick<EpochEvent, 'loss' | 'accuracy'>;

/** All that is known of the network as it stands. Changes nothing in it. */
function measure(engine: Engine, dataset: Dataset, split: Split, estimators: readonly Estimator[]): Probe {
	const activations = probeActivations(engine, dataset);
	const broken = brokenLayer(activations);
	if (broken !== undefined) {
		return {
			broken, layers: [], loss: null, accuracy: {train: null, test: null},
		};
	}

	const {weights} = engine.readParameters();
	return {
		...probeFit(activations.at(-1)!, dataset, split),
		layers: activations.map((layer, index) => ({
			information: Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, dataset)])),
			weightNorm: norm(weights[index]!),
		})),
	};
}

function combine({layers, loss, accuracy}: Probe, gradients: ReadonlyArray<GradientSummary | null>): Pick<EpochEvent, 'loss' | 'accuracy' | 'layers'> {
	return {
		loss,
		accuracy,
		layers: layers.map(({information, weightNorm}, index) => ({
			layer: index + 1, information, gradient: gradients[index] ?? null, weightNorm,
		})),
	};
}

function brokenWeights(engine: Engine): number | undefined {
	const {weights, biases} = engine.readParameters();
	const index = weights.findIndex((values, layer) => !Number.isFinite(norm(values) + norm(biases[layer]!)));
	return index === -1 ? undefined : index + 1;
}

const diverged = (epoch: number, what: string): RunEvent => ({
	type: 'end', reason: 'diverged', epoch, message: `${what} became NaN or infinite by epoch ${epoch}; try a smaller learning rate`,
});
