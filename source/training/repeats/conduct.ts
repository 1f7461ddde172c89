import {type Dataset} from '../../dataset/dataset.js';
import {splitDataset} from '../../dataset/split.js';
import {type EngineFactory} from '../../engine/registry.js';
import {type Preset} from '../../preset/schema.js';
import {type RunEvent} from '../../run/events.js';
import {type TrainingClock} from '../clock.js';
import {lookInterval, type Wishes} from '../obeying.js';
import {description} from '../train.js';
import {startCrew} from './crew.js';
import {createGate} from './gate.js';
import {Roster} from './roster.js';
import {inSharedMemory} from './shared-dataset.js';
import {dealRepeats, threadsFor} from './shares.js';
import {createWarden} from './warden.js';

/** Measured epochs by which a thread may be ahead of another: enough not to wait for the trainer's answers. */
const lead = 2;

export type RepeatsOptions = {
	readonly run: string;
	readonly preset: Preset;
	/** That of the first repeat. */
	readonly dataset: Dataset;
	readonly engine: EngineFactory;
	readonly wishes: Wishes;
	readonly clock: TrainingClock;
	/** For tests; results do not depend on it. */
	readonly threads?: number;
};

/** TensorFlow uses all cores by itself, and its addon is loaded by one thread only. */
const threadsOf = ({repeats}: Preset, engine: EngineFactory): number => engine.name === 'tensorflow' ? 1 : threadsFor(repeats);

/**
Trains a preset as often as it says, each time with another seed, on all cores; obeys wishes as `obeying` does. The events of one
repeat keep their order; how those of different repeats follow each other depends on timing.
*/
export async function * conduct({run, preset, dataset, engine, wishes, clock, threads = threadsOf(preset, engine)}: RepeatsOptions): AsyncGenerator<RunEvent, void> {
	const split = splitDataset(dataset, preset.split.method, preset.split.train, preset.seed);
	for (const event of description({
		run, preset, dataset, engine, seconds: clock.seconds,
	}, split)) {
		yield event.type === 'start' ? {...event, repeats: preset.repeats} : event;
	}

	const gate = createGate();
	const shared = threads > 1 ? inSharedMemory(dataset) : dataset;
	const roster = new Roster(threads);
	const crew = startCrew(dealRepeats(preset.repeats, threads).map(repeats => ({
		run, preset, engine: engine.name, repeats, dataset: shared, gate: gate.memory,
	})));
	const warden = createWarden(gate, roster, wishes, clock);
	try {
		while (!roster.isOver) {
			gate.allow(roster.slowest + lead);
			for (const {thread, message} of await crew.next(lookInterval)) {
				roster.note(thread, message);
				if (message.kind === 'event') {
					yield message.event.type === 'epoch' ? {...message.event, seconds: clock.seconds()} : message.event;
				}
			}

			yield * await warden.look();
		}
	} finally {
		await crew.close();
	}

	yield roster.end(warden.stopper());
}
