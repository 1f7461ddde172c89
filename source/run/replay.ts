import {setTimeout as timeout} from 'node:timers/promises';
import {type RunEvent} from './events.js';
import {encodeLine} from './line.js';
import {type Recorded} from './reader.js';

/** Milliseconds that pass, and how to let some pass; a signal ends the waiting early. */
export type ReplayClock = {
	readonly now: () => number;
	readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

export type ReplayOptions = {
	/** How many seconds of the run are played in one. */
	readonly speed: number;
	readonly clock?: ReplayClock;
};

export type Replay = {
	/** The events, each when its time has come; those of pauses of the replay among them. */
	readonly play: (recorded: AsyncIterable<Recorded>, signal: AbortSignal) => AsyncGenerator<Recorded, void>;
	readonly pause: (isPaused: boolean) => void;
};

/** Milliseconds: nobody waits longer than this for the next event, however long the run took to get there. */
const longestWait = 2000;

/** Milliseconds by which a replay may be late and still hurry to make up for it: not those that the process was stopped for. */
const longestDebt = 250;

/** Milliseconds: a pause is waited for in such pieces. */
const longestSleep = 3_600_000;

/** Milliseconds after which others get a turn, where there is nothing to wait for. */
const turn = 30;

const realClock: ReplayClock = {
	now: () => performance.now(),
	async sleep(milliseconds, signal) {
		await timeout(milliseconds, undefined, {signal}).catch(() => undefined);
	},
};

/**
Plays what a run has recorded as if it were live, in the time that `seconds` tells. An event without it comes with the one before; a clock
that begins anew, as that of a run from elsewhere may, makes nobody wait. Of a run that goes on the events come, once all that was recorded has been played, as they are written.
*/
export function createReplay({speed, clock = realClock}: ReplayOptions): Replay {
	const wish = {isPaused: false};
	let sleeping: AbortController | undefined;

	async function sleep(milliseconds: number): Promise<void> {
		sleeping = new AbortController();
		await clock.sleep(milliseconds, sleeping.signal);
		sleeping = undefined;
	}

	async function * play(recorded: AsyncIterable<Recorded>, signal: AbortSignal): AsyncGenerator<Recorded, void> {
		signal.addEventListener('abort', () => sleeping?.abort(), {once: true});
		const passed = stopwatch(clock);
		let isTold = false;
		let [seconds, epoch, wait, rested] = [0, 0, 0, clock.now()];
		for await (const item of recorded) {
			const {event} = item;
			const next = event.type === 'epoch' ? event.seconds : seconds;
			wait = Math.max(-longestDebt, wait - passed() + Math.min(longestWait, Math.max(0, next - seconds) * 1000 / speed));
			seconds = next;
			while (!signal.aborted && (wish.isPaused !== isTold || isTold || wait > 0 || clock.now() - rested > turn)) {
				if (wish.isPaused !== isTold) {
					isTold = wish.isPaused;
					yield toldOf(isTold ? {type: 'pause', epoch} : {type: 'resume', epoch}, item);
					continue;
				}

				await sleep(isTold ? longestSleep : Math.max(0, wait));
				const slept = passed();
				wait -= isTold ? 0 : slept;
				rested = clock.now();
			}

			if (signal.aborted) {
				return;
			}

			epoch = event.type === 'epoch' ? Math.max(epoch, event.epoch) : epoch;
			yield item;
		}
	}

	return {
		play,
		pause(isPaused) {
			wish.isPaused = isPaused;
			sleeping?.abort();
		},
	};
}

/** The milliseconds since it was asked last. */
function stopwatch({now}: ReplayClock): () => number {
	let last = now();
	return () => {
		const before = last;
		last = now();
		return last - before;
	};
}

/** An event that stands in no file. */
const toldOf = (event: RunEvent, {end}: Recorded): Recorded => ({event, line: encodeLine(event).trimEnd(), end});
