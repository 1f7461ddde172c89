import {describe, expect, it} from 'vitest';
import {adam, deviation, flatten} from '../helpers/network.js';
import {
	builtin, epochEvents, eventsOf, trainingOf,
} from '../helpers/train.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';
import {type Engine} from '../../source/engine/engine.js';
import {initialState} from '../../source/engine/initialise.js';
import {type EngineFactory} from '../../source/engine/registry.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {type Preset} from '../../source/preset/schema.js';
import {Random} from '../../source/random.js';
import {type RunEvent, runEventSchema} from '../../source/run/events.js';
import {epochBatches} from '../../source/training/batches.js';
import {measuredEpochs} from '../../source/training/schedule.js';
import {train} from '../../source/training/train.js';

const tanh = loadPreset('tanh');
const relu = loadPreset('relu');
const withTraining = (preset: Preset, training: Partial<Preset['training']>): Preset => ({...preset, training: {...preset.training, ...training}});
const short = (epochs: number, preset = tanh) => withTraining(preset, {epochs});

/** A factory of built-in engines that keeps the ones it made, and how often each was put away. */
function capturing() {
	const engines: Engine[] = [];
	let disposed = 0;
	const factory: EngineFactory = {
		...builtin,
		create(network, initial) {
			const engine = builtin.create(network, initial);
			engines.push(engine);
			return {
				...engine,
				dispose() {
					disposed++;
					engine.dispose();
				},
			};
		},
	};
	return {engines, factory, disposals: () => disposed};
}

/** The engine after `passes` passes with nothing measured, and what its optimiser was told in the one after them. */
function trainedRaw(preset: Preset, passes: number): Engine {
	const dataset = loadDataset(preset.dataset, preset.seed);
	const split = splitDataset(dataset, preset.split.method, preset.split.train, preset.seed);
	const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};
	const engine = builtin.create(network, initialState(network, preset.network.initialisation, preset.seed));
	const order = Int32Array.from(split.train);
	const random = preset.training.shuffle ? Random.stream(preset.seed, 'batches') : undefined;
	for (let pass = 0; pass < passes; pass++) {
		for (const batch of epochBatches(dataset, order, preset.training.batchSize, random)) {
			engine.step(batch);
		}
	}

	return engine;
}

/** Every number in a value, however deep. */
const numbersIn = (value: unknown): number[] => typeof value === 'number'
	? [value]
	: (value !== null && typeof value === 'object' ? Object.values(value).flatMap(each => numbersIn(each)) : []);

/** An event as a reader gets it. */
const asWritten = (event: RunEvent): unknown => {
	const line = JSON.stringify(event);
	return JSON.parse(line);
};

describe('a run', () => {
	it('starts with what it is, tells each measured epoch, and ends with why', async () => {
		const events = await eventsOf(short(25));
		expect(events.map(({type}) => type)).toEqual(['start', ...Array.from(measuredEpochs(25), () => 'epoch'), 'end']);
		expect(epochEvents(events).map(({epoch}) => epoch)).toEqual([...measuredEpochs(25)]);
		expect(events[0]).toMatchObject({
			type: 'start', run: 'test', seed: 1, engine: 'builtin', samples: 4096, trainingSamples: 3276, estimators: ['bins', 'width:0.07'],
		});
		expect(events.at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 25});
	});

	it('tells events that the contract knows, and that survive a line of JSON', async () => {
		for (const event of await eventsOf(short(2, relu))) {
			expect(runEventSchema.parse(asWritten(event))).toEqual(event);
		}
	});

	it('measures every layer under every estimator, within the bounds', async () => {
		const events = epochEvents(await eventsOf(short(3)));
		for (const {layers, loss, accuracy} of events) {
			expect(layers.map(({layer}) => layer)).toEqual([1, 2, 3, 4, 5, 6]);
			for (const {information, gradient, weightNorm} of layers) {
				expect(Object.keys(information)).toEqual(['bins', 'width:0.07']);
				expect(Object.values(information).every(({x, y}) => x >= 0 && x <= 12 && y >= 0 && y <= 0.999_157_13)).toBe(true);
				expect(gradient!.ratio).toBeCloseTo(gradient!.mean / gradient!.std, 12);
				expect(gradient!.std).toBeGreaterThan(0);
				expect(weightNorm).toBeGreaterThan(0.5);
			}

			expect(loss).toBeGreaterThan(0.5);
			expect(accuracy.train).toBeGreaterThan(0.3);
			expect(accuracy.test).toBeGreaterThan(0.3);
		}
	});

	it('learns', async () => {
		const optimizer = {...adam, learningRate: 0.004};
		const events = epochEvents(await eventsOf(withTraining(tanh, {epochs: 60, optimizer})));
		expect(events.at(-1)!.loss!).toBeLessThan(0.5 * events[0]!.loss!);
		expect(events.at(-1)!.accuracy.test!).toBeGreaterThan(0.85);
	});

	it('has no gradient spread and no ratio with one batch an epoch', async () => {
		const events = epochEvents(await eventsOf(withTraining(tanh, {epochs: 2, batchSize: 3276})));
		expect(events.flatMap(({layers}) => layers.map(({gradient}) => [gradient!.std, gradient!.ratio]))).toEqual(Array.from({length: 18}, () => [0, null]));
	});

	it('has no test accuracy where all samples are trained on', async () => {
		const [event] = epochEvents(await eventsOf({...short(1), split: {method: 'random', train: 1}}));
		expect(event!.accuracy).toEqual({train: expect.closeTo(0.5, 0.5) as number, test: null});
	});
});

describe('the same preset and seed', () => {
	it.each([
		['tanh', tanh],
		['relu', relu],
		['tanh, unshuffled, by SGD', {...withTraining(tanh, {shuffle: false, optimizer: {name: 'sgd', learningRate: 0.1, momentum: 0.9}}), split: {method: 'first', train: 0.8}}],
	] as const)('give the same events (%s), and another seed gives others', async (_, preset) => {
		const events = await eventsOf(short(22, preset));
		expect(await eventsOf(short(22, preset))).toEqual(events);
		expect(epochEvents(await eventsOf({...short(1, preset), seed: 2}))[0]).not.toEqual(epochEvents(events)[0]);
	});
});

describe('measuring', () => {
	it.each([
		['Adam', tanh],
		['relu', relu],
		['SGD with momentum', withTraining(tanh, {optimizer: {name: 'sgd', learningRate: 0.1, momentum: 0.9}})],
		['unshuffled batches', withTraining(tanh, {shuffle: false})],
	])('leaves the weights after 50 epochs as they are without it, bit for bit (%s)', async (_, preset) => {
		const {engines, factory} = capturing();
		await eventsOf(short(50, preset), factory);
		const measured = engines[0]!.readState();
		expect(measured).toEqual(trainedRaw(preset, 50).readState());
		expect(measured.steps).toBe(350);
		expect(deviation(flatten(measured.parameters), flatten(trainedRaw(preset, 49).readParameters()), 1)).toBeGreaterThan(0);
	});

	it('takes each batch\'s gradient at the weights it is used with, in the pass that starts at the epoch', async () => {
		const events = epochEvents(await eventsOf(short(3)));
		const dataset = loadDataset(tanh.dataset, 1);
		const order = Int32Array.from(splitDataset(dataset, 'random', 0.8, 1).train);
		const random = Random.stream(1, 'batches');
		const engine = trainedRaw(tanh, 0);
		for (const {layers} of events) {
			const gradients: number[][] = [];
			for (const batch of epochBatches(dataset, order, 512, random)) {
				engine.step(batch, (_loss, {weights}) => {
					gradients.push([...weights[4]!]);
				});
			}

			const means = gradients[0]!.map((_value, index) => gradients.map(each => each[index]!).reduce((sum, value) => sum + value, 0) / 7);
			expect(gradients).toHaveLength(7);
			expect(layers[4]!.gradient!.mean).toBeCloseTo(Math.hypot(...means), 10);
		}
	});

	it('says of the last epoch what a longer run says of it', async () => {
		const stopped = await eventsOf(short(30));
		const longer = await eventsOf(short(60));
		const [last] = epochEvents(stopped).slice(-1);
		expect(last!.epoch).toBe(30);
		expect(last).toEqual(epochEvents(longer).find(({epoch}) => epoch === 30));
		expect(epochEvents(stopped)).toEqual(epochEvents(longer).filter(({epoch}) => epoch <= 30));
	});
});

describe('weights that grow without bound', () => {
	const wild = (learningRate: number, activation: Preset['network']['activation']): Preset => ({
		...withTraining(tanh, {epochs: 100, optimizer: {name: 'sgd', learningRate, momentum: 0.9}}),
		network: {...tanh.network, activation},
		estimators: ['width:0.07'],
	});

	it.each([
		[1e6, 'linear'],
		[1e3, 'linear'],
		[10, 'linear'],
		[1e6, 'relu'],
		[1e6, 'softplus'],
	] as const)('end the run as diverged, with the epoch and no NaN in any event (SGD at %d, %s)', async (learningRate, activation) => {
		const events = await eventsOf(wild(learningRate, activation));
		const end = events.at(-1)!;
		expect(end).toMatchObject({type: 'end', reason: 'diverged', message: expect.stringMatching(/^the (?:weights|activations|gradients) of layer \d became NaN or infinite/v) as string});
		expect((end as {epoch: number}).epoch).toBeLessThan(100);
		expect((end as {epoch: number}).epoch).toBeGreaterThanOrEqual(epochEvents(events).at(-1)!.epoch);
		expect(numbersIn(events).filter(value => !Number.isFinite(value))).toEqual([]);
		for (const event of events) {
			expect(runEventSchema.parse(asWritten(event))).toEqual(event);
		}
	});
});

describe('leaving', () => {
	it('a run in the middle puts the engine away', async () => {
		const {factory, disposals} = capturing();
		for await (const event of trainingOf(short(1000), factory)) {
			if (event.type === 'epoch' && event.epoch === 1) {
				break;
			}
		}

		expect(disposals()).toBe(1);
	});

	it('a run at its end does so once', async () => {
		const {factory, disposals} = capturing();
		await eventsOf(short(1), factory);
		expect(disposals()).toBe(1);
	});
});

/** The built-in engine, each step of which takes at least so many milliseconds. */
const slowed = (milliseconds: number): EngineFactory => ({
	...builtin,
	create(network, initial) {
		const engine = builtin.create(network, initial);
		return {
			...engine,
			stepperOver: () => undefined,
			step(batch, observe) {
				const start = performance.now();
				engine.step(batch, observe);
				while (performance.now() - start < milliseconds) {
					// As busy as a wide network.
				}
			},
		};
	},
});

async function breaths(engine: EngineFactory): Promise<number[]> {
	const epochs: number[] = [];
	for await (const event of train({
		run: 'test', preset: short(2), dataset: loadDataset(tanh.dataset, 1), engine, seconds: () => 0,
	})) {
		if (event.type === 'breath') {
			epochs.push(event.epoch);
		}
	}

	return epochs;
}

it('between any two steps that take long there is a breath, at which a consumer may pause, and between short ones every few milliseconds', async () => {
	// Seven batches a pass; the third one is the rehearsal after the last epoch
	expect(await breaths(slowed(6))).toEqual([0, 1, 2].flatMap(epoch => Array.from({length: 7}, () => epoch)));
	const many = await breaths(slowed(2));
	expect(many.length).toBeGreaterThanOrEqual(3);
	expect(many.length).toBeLessThan(21);
});

/** The passes before which there is a moment to leave, and the milliseconds since the one before it. */
async function boundaries(preset: Preset, engine: EngineFactory): Promise<Map<number, number>> {
	const found = new Map<number, number>();
	let last = performance.now();
	for await (const event of train({
		run: 'test', preset, dataset: loadDataset(preset.dataset, 1), engine, seconds: () => 0, isProbedElsewhere: true,
	})) {
		if (event.type === 'boundary') {
			found.set(event.epoch, performance.now() - last);
			last = performance.now();
		}
	}

	return found;
}

it('a run can be left between any two passes that take long, before and after each that is measured, and between short ones every few milliseconds', async () => {
	// At the end only one of four or five is measured.
	const slow = await boundaries(withTraining(tanh, {epochs: 240, batchSize: 4000}), slowed(6));
	expect([...slow.keys()]).toEqual(Array.from({length: 241}, (_, epoch) => epoch));
	const epochs = 900;
	const quick = await boundaries(short(epochs), builtin);
	const measured = [...measuredEpochs(epochs)];
	expect([...quick.keys()]).toEqual(expect.arrayContaining([...measured, ...measured.filter(epoch => epoch < epochs).map(epoch => epoch + 1)]));
	expect(quick.size).toBeLessThan(epochs);
	// A slow machine makes a pass or two longer, but not most of them.
	const waits = [...quick.values()].toSorted((a, b) => a - b);
	expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(20);
});
