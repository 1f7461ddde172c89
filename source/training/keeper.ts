import {performance} from 'node:perf_hooks';
import {type TrainingState} from './state.js';
import {type Boundary} from './train.js';

/** Milliseconds that an epoch may take for its end to be waited for; a state takes far less than that to copy. */
const longEpoch = 100;

/** Knows the state that a training can be left with, at as little cost as can be. */
export type Keeper = {
	/** Tells it of each boundary, while the training stands there. */
	readonly arrive: (boundary: Boundary) => void;
	/** Tells it that the training goes on. */
	readonly leave: () => void;
	/** Whether there is a state to leave with; if not, there will be one at the next boundary, and that is near. */
	readonly canLeave: () => boolean;
	/** At a boundary the state there, within an epoch the one before it. */
	readonly state: () => TrainingState;
};

/**
Where an epoch takes long, as far as the one before tells, or because it is measured, the state before it is kept: whoever leaves within
it loses that epoch only.
*/
export function createKeeper(now: () => number = () => performance.now()): Keeper {
	let kept: TrainingState | undefined;
	let here: Boundary | undefined;
	let reached: number | undefined;
	return {
		arrive(boundary) {
			const isShort = reached !== undefined && now() - reached < longEpoch;
			kept = isShort && !boundary.isMeasured ? undefined : boundary.capture();
			here = boundary;
			reached = now();
		},
		leave() {
			here = undefined;
		},
		canLeave: () => kept !== undefined || here !== undefined,
		state: () => kept ?? here!.capture(),
	};
}
