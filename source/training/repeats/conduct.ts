import {type Dataset} from '../../dataset/dataset.js';
import {type EngineFactory} from '../../engine/registry.js';
import {type Preset} from '../../preset/schema.js';
import {splitOf} from '../../preset/split.js';
import {type RepeatEndEvent, type RunEvent} from '../../run/events.js';
import {type CheckpointTimer} from '../checkpoint-timer.js';
import {type TrainingClock} from '../clock.js';
import {lookInterval, type Wishes} from '../obeying.js';
import {type Checkpoint, type RepeatState} from '../state.js';
import {description} from '../train.js';
import {createArchivist} from './archivist.js';
import {startCrew} from './crew.js';
import {createGate} from './gate.js';
import {Roster} from './roster.js';
import {inSharedMemory} from './shared-dataset.js';
import {allRepeats, dealRepeats, threadsFor} from './shares.js';
import {createWarden} from './warden.js';

/** Measured epochs by which a thread may be ahead of another: enough not to wait for the trainer's answers. */
const lead = 2;

/** A run that goes on: where its repeats were left, those that had ended before, and the file of its events. */
export type Resumed = {readonly states: readonly RepeatState[]; readonly ends: readonly RepeatEndEvent[]; readonly events: string};

export type RepeatsOptions = {
	readonly run: string;
	readonly preset: Preset;
	/** That of the first repeat. */
	readonly dataset: Dataset;
	readonly engine: EngineFactory;
	readonly wishes: Wishes;
	readonly clock: TrainingClock;
	readonly checkpoints: CheckpointTimer;
	/** Of a run that goes on. */
	readonly resumed?: Resumed | undefined;
	/** For tests; results do not depend on it. */
	readonly threads?: number;
};

/** TensorFlow uses all cores by itself, and its addon is loaded by one thread only. */
const threadsOf = (repeats: number, engine: EngineFactory): number => engine.name === 'tensorflow' ? 1 : threadsFor(repeats);

/**
Trains a preset as often as it says, each time with another seed, on all cores; obeys wishes as `obeying` does. The events of one
repeat keep their order; how those of different repeats follow each other depends on timing.
*/
export async function * conduct(options: RepeatsOptions): AsyncGenerator<RunEvent | Checkpoint, void> {
	const {run, preset, dataset, engine, wishes, clock, checkpoints, resumed} = options;
	const repeats = allRepeats(preset.repeats).filter(repeat => !resumed?.ends.some(end => end.repeat === repeat));
	const threads = Math.min(repeats.length, options.threads ?? threadsOf(repeats.length, engine));
	if (!resumed) {
		yield * beginning(options);
	}

	const gate = createGate();
	const shared = threads > 1 ? inSharedMemory(dataset) : dataset;
	const roster = new Roster(threads, resumed?.ends);
	const crew = startCrew(dealRepeats(repeats, threads).map(share => ({
		run,
		preset,
		engine: engine.name,
		repeats: share,
		from: resumed?.states.filter(({repeat}) => share.includes(repeat)) ?? [],
		events: resumed?.events ?? '',
		dataset: shared,
		gate: gate.memory,
	})));
	const warden = createWarden(gate, roster, wishes, clock);
	const archivist = createArchivist(gate, roster, checkpoints, resumed?.states.filter(({repeat}) => !repeats.includes(repeat)) ?? []);
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
			yield * archivist.look(warden.takeWish());
		}
	} finally {
		await crew.close();
	}

	yield * archivist.last();
	yield roster.end(warden.stopper());
}

/** What the run begins with. */
function * beginning({run, preset, dataset, engine, clock}: RepeatsOptions): Generator<RunEvent> {
	for (const event of description({
		run, preset, dataset, engine, seconds: clock.seconds,
	}, splitOf(preset, dataset))) {
		yield event.type === 'start' ? {...event, repeats: preset.repeats} : event;
	}
}
