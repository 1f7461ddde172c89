import {performance} from 'node:perf_hooks';

/** Seconds of training, without the pauses. */
export type TrainingClock = {
	readonly seconds: () => number;
	/** Stops the clock; call what is returned to let it go on. */
	readonly pause: () => () => void;
};

/** `before`: the seconds that a run has already taken which goes on. */
export function createClock(before = 0): TrainingClock {
	let started = performance.now() - (before * 1000);
	return {
		seconds: () => Math.round(performance.now() - started) / 1000,
		pause() {
			const since = performance.now();
			return () => {
				started += performance.now() - since;
			};
		},
	};
}
