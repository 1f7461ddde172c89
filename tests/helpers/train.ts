import {chooseEngine, type EngineFactory} from '../../source/engine/registry.js';
import {type Preset} from '../../source/preset/schema.js';
import {type EpochEvent, type RunEvent} from '../../source/run/events.js';
import {train} from '../../source/training/train.js';

export const builtin = await chooseEngine('builtin', [1, 1], 1);

/** All events of a run, without the breaths; the clock stands still. */
export async function eventsOf(preset: Preset, engine: EngineFactory = builtin): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of train({
		run: 'test', preset, engine, seconds: () => 0,
	})) {
		if (event.type !== 'breath') {
			events.push(event);
		}
	}

	return events;
}

export const epochEvents = (events: readonly RunEvent[]): EpochEvent[] => events.filter(event => event.type === 'epoch');
