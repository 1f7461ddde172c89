import {loadDataset} from '../../source/dataset/registry.js';
import {chooseEngine, type EngineFactory} from '../../source/engine/registry.js';
import {type Preset} from '../../source/preset/schema.js';
import {splitOf} from '../../source/preset/split.js';
import {type EpochEvent, type RunEvent} from '../../source/run/events.js';
import {estimating} from '../../source/training/estimating.js';
import {createMeasurer} from '../../source/training/measurer.js';
import {train} from '../../source/training/train.js';

export const builtin = await chooseEngine('builtin', [1, 1], 1);

/** The events of a run as they come; the clock stands still unless told otherwise. */
export async function * trainingOf(preset: Preset, engine: EngineFactory = builtin, run = 'test', seconds = () => 0): AsyncGenerator<RunEvent, void> {
	const dataset = loadDataset(preset.dataset, preset.seed);
	const split = splitOf(preset, dataset);
	const measurer = createMeasurer(preset, dataset, split, engine);
	try {
		for await (const event of estimating(train({
			run, preset, dataset, split, engine, seconds, isProbedElsewhere: measurer.wantsWeights,
		}), measurer)) {
			if (event.type !== 'states') {
				yield event;
			}
		}
	} finally {
		await measurer.close();
	}
}

/** All events of a run. */
export async function eventsOf(preset: Preset, engine: EngineFactory = builtin): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of trainingOf(preset, engine)) {
		events.push(event);
	}

	return events;
}

export const epochEvents = (events: readonly RunEvent[]): EpochEvent[] => events.filter(event => event.type === 'epoch');
