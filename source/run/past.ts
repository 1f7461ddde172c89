import {type EpochEvent, type RepeatEndEvent, type StartEvent} from './events.js';
import {followRun} from './reader.js';

/** What a run has told of one repeat, and counts. */
export type RepeatPast = {readonly epochs: EpochEvent[]; end: RepeatEndEvent | undefined};

export type Past = {
	readonly start: StartEvent | undefined;
	/** By the number of the repeat; of a run without repeats, 1. */
	readonly repeats: ReadonlyMap<number, RepeatPast>;
};

/** Reads what a run has told, for a trainer that goes on with it; `repeats` are those that it asks about. */
export async function readPast(file: string, repeats: readonly number[]): Promise<Past> {
	let start: StartEvent | undefined;
	const pasts = new Map(repeats.map((repeat): [number, RepeatPast] => [repeat, {epochs: [], end: undefined}]));
	for await (const {event} of followRun(file, {isOver: () => true})) {
		switch (event.type) {
			case 'start': {
				start = event;
				break;
			}

			case 'epoch': {
				pasts.get(event.repeat ?? 1)?.epochs.push(event);
				break;
			}

			case 'repeat-end': {
				const past = pasts.get(event.repeat);
				if (past) {
					past.end = event;
				}

				break;
			}

			case 'resume': {
				for (const {repeat = 1, epoch} of event.from ?? []) {
					const past = pasts.get(repeat);
					if (past) {
						cut(past, epoch);
					}
				}

				break;
			}

			default:
		}
	}

	return {start, repeats: pasts};
}

/** What was told from an epoch on counts no more. */
function cut(past: RepeatPast, epoch: number): void {
	const first = past.epochs.findIndex(event => event.epoch >= epoch);
	past.epochs.splice(first === -1 ? past.epochs.length : first);
	past.end = undefined;
}
