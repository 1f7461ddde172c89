import {
	describe, expect, it, vi,
} from 'vitest';
import {temporaryFolder} from '../helpers/workplace.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {type EngineName} from '../../source/engine/engine.js';
import {chooseEngine, type EngineFactory} from '../../source/engine/registry.js';
import {loadPreset} from '../../source/preset/load.js';
import {type Preset} from '../../source/preset/schema.js';
import {readCheckpoint, writeCheckpoint} from '../../source/run/checkpoint.js';
import {runDirectory} from '../../source/run/directory.js';
import {type TrainingState} from '../../source/training/state.js';
import {train, type TrainingEvent} from '../../source/training/train.js';

// TensorFlow on a busy machine.
vi.setConfig({testTimeout: 60_000});

const engineIfThere = async (name: EngineName): Promise<EngineFactory | undefined> => chooseEngine(name, [1, 1], 1).catch(() => undefined);

/** A training from its beginning or from a state; the states that it goes through, by epoch, and what it tells, boundaries and breaths aside, as JSON. */
async function trained(preset: Preset, engine: EngineFactory, from?: TrainingState) {
	const states = new Map<number, TrainingState>();
	const told: Array<{readonly epoch: number; readonly text: string}> = [];
	for await (const event of train({
		run: 'test', preset, dataset: loadDataset(preset.dataset, preset.seed), engine, seconds: () => 0, isDescribed: true, from,
	})) {
		if (event.type === 'boundary') {
			states.set(event.epoch, event.capture());
		} else if (event.type !== 'breath') {
			told.push({epoch: epochOf(event), text: textOf(event)});
		}
	}

	return {states, told};
}

const epochOf = (event: TrainingEvent): number => 'epoch' in event && typeof event.epoch === 'number' ? event.epoch : 0;

/** Activations are told by their bytes, so that every bit counts. */
const textOf = (event: TrainingEvent): string => event.type === 'activations'
	? event.layers.map(({values}) => Buffer.from(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength).toString('base64')).join(' ')
	: JSON.stringify(event);

const short = (name: string, change: Partial<Preset['training']> = {}): Preset => {
	const preset = loadPreset(name);
	return {...preset, training: {...preset.training, epochs: 6, ...change}};
};

const presets: ReadonlyArray<[string, Preset]> = [
	['adam', short('tanh')],
	['sgd with momentum', short('relu', {optimizer: {name: 'sgd', learningRate: 0.05, momentum: 0.9}})],
	['batches in a fixed order', short('softplus', {shuffle: false, batchSize: 1000})],
	['tanh of 8 bits', short('tanh-8bit', {epochs: 2})],
	['relu of 4 bits', short('relu-4bit', {epochs: 2})],
];

for (const name of ['builtin', 'tensorflow'] as const) {
	const engine = await engineIfThere(name);
	describe.runIf(engine)(`a training on the engine "${name}" that goes on from a checkpoint`, () => {
		it.each(presets)('tells bit for bit what the one tells that never stopped (%s)', async (_, preset) => {
			const run = runDirectory(temporaryFolder());
			const whole = await trained(preset, engine!);
			const last = preset.training.epochs;
			for (const epoch of [0, 1, last]) {
				writeCheckpoint(run, [{repeat: 1, state: whole.states.get(epoch)!}]);
				const [kept] = readCheckpoint(run);
				const rest = await trained(preset, engine!, kept!.state);
				expect(rest.told).toEqual(whole.told.filter(event => event.epoch >= epoch));
				expect(rest.told.length).toBeGreaterThan(2);
			}
		});

		it('tells, taken further, what the longer one tells', async () => {
			const longer = await trained(short('tanh', {epochs: 9}), engine!);
			const shorter = await trained(short('tanh', {epochs: 5}), engine!);
			const rest = await trained(short('tanh', {epochs: 9}), engine!, shorter.states.get(5));
			expect(rest.told).toEqual(longer.told.filter(({epoch}) => epoch >= 5));
		});
	});
}
