import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {checkPreset} from '../../source/preset/load.js';
import {type Preset, type PresetInput} from '../../source/preset/schema.js';
import {type EpochEvent, type RunEvent, type StartEvent} from '../../source/run/events.js';

/** The preset tanh, as a user would write it. */
export const examplePreset = {
	name: 'mine',
	description: 'A preset of a test.',
	dataset: {name: 'symmetric-rule', labels: 'deterministic'},
	split: {method: 'random', train: 0.8},
	network: {hidden: [10, 7, 5, 4, 3], activation: 'tanh', initialisation: 'truncated-normal-fan-in'},
	training: {
		optimizer: {name: 'adam', learningRate: 0.0004}, batchSize: 512, epochs: 8000, shuffle: true,
	},
	estimators: ['bins', 'width:0.07'],
	seed: 1,
} as const satisfies PresetInput;

type StartOptions = {readonly hidden?: readonly number[]; readonly batchSize?: number; readonly epochs?: number; readonly estimators?: readonly string[]};

/** The `start` event of a run of the example. */
export function exampleStart({
	hidden = examplePreset.network.hidden, batchSize = 512, epochs = 8000, estimators = examplePreset.estimators,
}: StartOptions = {}): StartEvent & {readonly preset: Preset} {
	const preset = checkPreset({
		...examplePreset, estimators, network: {...examplePreset.network, hidden}, training: {...examplePreset.training, batchSize, epochs},
	}, 'The example');
	return {
		type: 'start',
		version: 1,
		run: 'example',
		preset,
		seed: 1,
		engine: 'builtin',
		samples: 4096,
		features: 12,
		trainingSamples: 3276,
		bounds: {x: 12, y: 0.9992},
		layers: [...hidden, 2].map((width, index) => ({
			layer: index + 1, name: index === hidden.length ? 'output' : `hidden ${index + 1}`, width, activation: 'tanh',
		})),
		estimators: [...estimators],
	};
}

/** An `epoch` event whose numbers are simple functions of the epoch and the layer; `ratio` is M/S of every layer. */
export const exampleEpoch = (epoch: number, {layers = 6, ratio = 2, seconds = epoch / 100}: {layers?: number; ratio?: number | null; seconds?: number} = {}): EpochEvent => ({
	type: 'epoch',
	epoch,
	seconds,
	loss: 0.7 / (1 + (epoch / 100)),
	accuracy: {train: 0.9, test: 0.85},
	layers: Array.from({length: layers}, (_, index) => {
		const x = Math.max(0, 12 - (index * 1.5) - (Math.log1p(epoch) * index * 0.1));
		const y = Math.min(0.99, 0.2 + (0.1 * Math.log1p(epoch)));
		return {
			layer: index + 1,
			information: {bins: {x, y}, 'width:0.07': {x: x / 2, y: y / 2}},
			gradient: {mean: ratio === null ? 0.1 : 0.01 * ratio, std: ratio === null ? 0 : 0.01, ratio},
			weightNorm: 3 + index,
		};
	}),
});

export function historyOf(...events: RunEvent[]): History {
	let history = emptyHistory;
	for (const event of events) {
		history = reduce(history, event);
	}

	return history;
}

/** A run that has come some way: sixty measured epochs, two layers that have switched. */
export const exampleHistory = (): History => historyOf(
	exampleStart(),
	...Array.from({length: 60}, (_, index) => exampleEpoch(index < 20 ? index : Math.round(1.1 ** (index + 12)))),
	{
		type: 'phase', layer: 1, event: 'diffusion', epoch: 16,
	},
	{
		type: 'phase', layer: 2, event: 'diffusion', epoch: 40,
	},
	{
		type: 'phase', layer: 1, event: 'reversal', epoch: 60,
	},
	{
		type: 'phase', layer: 5, event: 'compression', estimator: 'bins', epoch: 50,
	},
);
