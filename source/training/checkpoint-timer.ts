import {performance} from 'node:perf_hooks';

/** Milliseconds before the first checkpoint, and between two at the least, and how many times longer than writing one that must be: 0.5 % of the time. */
const first = 1000;
const shortest = 5000;
const leisure = 200;

export type CheckpointTimer = {
	readonly isDue: () => boolean;
	/** Tells it that one was written, which was begun at `since`, in milliseconds. */
	readonly taken: (since: number) => void;
};

/** When to write checkpoints: every so many seconds, never with 0; without a number, as often as costs next to nothing. */
export function createCheckpointTimer(seconds: number | undefined, now: () => number = () => performance.now()): CheckpointTimer {
	let last = now();
	let wait = seconds === undefined ? first : seconds * 1000;
	return {
		isDue: () => seconds !== 0 && now() - last >= wait,
		taken(since) {
			last = now();
			if (seconds === undefined) {
				wait = Math.max(shortest, leisure * (last - since));
			}
		},
	};
}
