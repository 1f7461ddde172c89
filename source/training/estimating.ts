import {setImmediate as nextTurn} from 'node:timers/promises';
import {type EndEvent, type EpochEvent, type RunEvent} from '../run/events.js';
import {type Measurer} from './measurer.js';
import {type Known} from './prober.js';
import {type Checkpoint} from './state.js';
import {brokenActivations, type Measured, type TrainingEvent} from './train.js';

/** Measured epochs that may wait for their information before training waits for them. */
const mostPending = 2;

type Complete = EpochEvent | EndEvent;
type Pending = {readonly done: Promise<Complete>; readonly state: {event: Complete | undefined}};

/**
Adds the information to what is measured. Estimators work beside the training, but events keep their order: an epoch's waits for its
information, and what is no epoch waits for the epochs before it. While training has to wait, its thread estimates as well. Where it turns out
that activations were not finite, that was the end of the run, and what was trained since counts no more.
*/
export async function * estimating(source: AsyncIterable<TrainingEvent | Checkpoint>, measurer: Measurer): AsyncGenerator<RunEvent | Checkpoint, void> {
	const pending: Pending[] = [];
	let known: Promise<Known> | undefined;
	for await (const event of source) {
		switch (event.type) {
			case 'boundary':
			case 'breath': {
				break;
			}

			case 'activations':
			case 'weights': {
				known = measurer.measure(event);
				// Whoever awaits it later hears of a failure; until then it is nobody's.
				known.catch(() => undefined);
				break;
			}

			case 'measured': {
				pending.push(follow(event, known!));
				break;
			}

			default: {
				if (yield * release(pending, 0, measurer)) {
					return;
				}

				yield event;
			}
		}

		if (isDue(pending, mostPending) && (yield * release(pending, mostPending, measurer))) {
			return;
		}
	}
}

/** Whether an epoch can be told, or has to be waited for. */
const isDue = (pending: readonly Pending[], most: number): boolean => pending.length > most || pending[0]?.state.event !== undefined;

/** Tells the epochs whose information is there, and waits for it where more than `most` would be left; returns whether the run is over. */
async function * release(pending: Pending[], most: number, measurer: Measurer): AsyncGenerator<Complete, boolean> {
	while (isDue(pending, most)) {
		const {done, state} = pending.shift()!;
		while (state.event === undefined && measurer.help()) {
			// Hear of what the other threads have done.
			await nextTurn();
		}

		const complete = await done;
		yield complete;
		if (complete.type === 'end') {
			return true;
		}
	}

	return false;
}

function follow(measured: Measured, known: Promise<Known>): Pending {
	const state: Pending['state'] = {event: undefined};
	const done = known.then(found => {
		state.event = 'broken' in found ? brokenActivations(measured.epoch, found.broken) : completed(measured, found);
		return state.event;
	});
	done.catch(() => undefined);
	return {done, state};
}

const completed = ({type: _type, layers, ...rest}: Measured, {fit, information}: Exclude<Known, {broken: number}>): EpochEvent => ({
	type: 'epoch',
	...rest,
	...fit,
	layers: layers.map(({layer, ...others}, index) => ({layer, information: information[index]!, ...others})),
});
