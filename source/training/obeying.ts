import {performance} from 'node:perf_hooks';
import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {type Request} from '../run/control.js';
import {type CheckpointTimer} from './checkpoint-timer.js';
import {type TrainingClock} from './clock.js';
import {createKeeper, type Keeper} from './keeper.js';
import {type Checkpoint} from './state.js';
import {type Boundary, type TrainingEvent} from './train.js';

/** Milliseconds between looks at what is asked for, while training and while paused. */
export const lookInterval = 50;

/** What the outside wants: requests in `control/`, and a signal. */
export type Wishes = {readonly takeRequests: () => readonly Request[]; readonly signal: () => string | undefined};

export type ObeyingOptions = {readonly wishes: Wishes; readonly clock: TrainingClock; readonly checkpoints: CheckpointTimer};

/** What comes out of a training that obeys: some boundaries have become checkpoints. */
export type ObedientEvent = Exclude<TrainingEvent, Boundary> | Checkpoint;

/**
Pauses, resumes and stops a training when that is asked for, and has its state kept: from time to time, when asked to, before it stops,
and before its last epoch. The clock stands still during a pause. Where epochs are short, all of that happens between two of them.
*/
export async function * obeying(source: AsyncIterable<TrainingEvent>, options: ObeyingOptions): AsyncGenerator<ObedientEvent, void> {
	const {checkpoints} = options;
	const keeper = createKeeper();
	let looked = performance.now();
	for await (const event of source) {
		if (event.type === 'boundary') {
			keeper.arrive(event);
			if (event.isLast || checkpoints.isDue()) {
				const since = performance.now();
				yield checkpointOf(keeper, false);
				checkpoints.taken(since);
			}
		} else {
			yield event;
		}

		const isMoment = event.type === 'boundary' || event.type === 'breath';
		if (isMoment && keeper.canLeave() && performance.now() - looked >= lookInterval) {
			const {stop} = yield * obey(event.epoch, keeper, options);
			if (stop !== undefined) {
				yield checkpointOf(keeper, false);
				yield {
					type: 'end', reason: 'stopped', epoch: event.epoch, message: stop,
				};
				return;
			}

			looked = performance.now();
		}

		keeper.leave();
	}
}

/** Does what is asked for by now, and waits where that is to wait; returns what was asked for last. */
async function * obey(epoch: number, keeper: Keeper, {wishes, clock}: ObeyingOptions): AsyncGenerator<ObedientEvent, Looked> {
	let asked = await look(wishes);
	if (asked.names.has('checkpoint')) {
		yield checkpointOf(keeper, true);
	}

	if (asked.stop !== undefined || !asked.names.has('pause') || asked.names.has('resume')) {
		return asked;
	}

	const resumeClock = clock.pause();
	yield {type: 'pause', epoch};
	while (asked.stop === undefined && !asked.names.has('resume')) {
		await sleep(lookInterval);
		asked = await look(wishes);
		if (asked.names.has('checkpoint')) {
			yield checkpointOf(keeper, true);
		}
	}

	resumeClock();
	yield {type: 'resume', epoch};
	return asked;
}

function checkpointOf(keeper: Keeper, isAsked: boolean): Checkpoint {
	const state = keeper.state();
	return {
		type: 'states', epoch: state.epoch, states: [{repeat: 1, state}], isAsked,
	};
}

type Looked = {readonly stop: string | undefined; readonly names: ReadonlySet<string>};

/** What is asked for by now. */
export async function look({takeRequests, signal}: Wishes): Promise<Looked> {
	await nextTurn();
	const requests = takeRequests();
	return {stop: signal() ?? requests.find(({name}) => name === 'stop')?.by, names: new Set(requests.map(({name}) => name))};
}
