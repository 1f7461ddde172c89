import {performance} from 'node:perf_hooks';
import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {type Request} from '../run/control.js';
import {type TrainingClock} from './clock.js';
import {type TrainingEvent} from './train.js';

/** Milliseconds between looks at what is asked for, while training and while paused. */
export const lookInterval = 50;

/** What the outside wants: requests in `control/`, and a signal. */
export type Wishes = {readonly takeRequests: () => readonly Request[]; readonly signal: () => string | undefined};

/** Pauses, resumes and stops a training when that is asked for; says so by events. The clock stands still during a pause. */
export async function * obeying(source: AsyncIterable<TrainingEvent>, wishes: Wishes, clock: TrainingClock): AsyncGenerator<TrainingEvent, void> {
	let looked = performance.now();
	for await (const event of source) {
		yield event;
		if (event.type !== 'breath' || performance.now() - looked < lookInterval) {
			continue;
		}

		const {epoch} = event;
		let {stop, names} = await look(wishes);
		if (stop === undefined && names.has('pause') && !names.has('resume')) {
			const resumeClock = clock.pause();
			yield {type: 'pause', epoch};
			while (stop === undefined && !names.has('resume')) {
				await sleep(lookInterval);
				({stop, names} = await look(wishes));
			}

			resumeClock();
			yield {type: 'resume', epoch};
		}

		if (stop !== undefined) {
			yield {
				type: 'end', reason: 'stopped', epoch, message: stop,
			};
			return;
		}

		looked = performance.now();
	}
}

/** What is asked for by now. */
export async function look({takeRequests, signal}: Wishes): Promise<{stop: string | undefined; names: ReadonlySet<string>}> {
	await nextTurn();
	const requests = takeRequests();
	return {stop: signal() ?? requests.find(({name}) => name === 'stop')?.by, names: new Set(requests.map(({name}) => name))};
}
