import {type RunEvent, type StartEvent} from '../run/events.js';
import {type StepEvent} from './timeline.js';

/** What a run of somebody else's has told, and counts; in the order of the steps. */
export type ForeignPast = {readonly start: StartEvent | undefined; readonly epochs: readonly StepEvent[]};

export const noPast: ForeignPast = {start: undefined, epochs: []};

/** Of all that it told: each step as it was read last, and none that a training which was started again has left behind. */
export async function foreignPast(events: AsyncIterable<{readonly event: RunEvent}>): Promise<ForeignPast> {
	let start: StartEvent | undefined;
	const steps = new Map<number, StepEvent>();
	for await (const {event} of events) {
		if (event.type === 'start') {
			start = event;
		} else if (event.type === 'epoch') {
			steps.set((event as StepEvent).step, event as StepEvent);
		} else if (event.type === 'resume' && event.step !== undefined) {
			for (const step of [...steps.keys()].filter(each => each > event.step!)) {
				steps.delete(step);
			}
		}
	}

	return {start, epochs: [...steps.values()].toSorted((a, b) => a.step - b.step)};
}
