import {performance} from 'node:perf_hooks';
import {type CheckpointTimer} from '../checkpoint-timer.js';
import {type Checkpoint, type RepeatState} from '../state.js';
import {type Gate} from './gate.js';
import {type Roster} from './roster.js';

/** Has the states of all repeats kept: when it is time to, when asked to, and when they are over. */
export type Archivist = {
	readonly look: (isAsked: boolean) => Generator<Checkpoint, void>;
	readonly last: () => Generator<Checkpoint, void>;
};

/**
Threads tell their states one after the other, each as of a moment of its own: a repeat goes on from wherever it was. `others` are the
states of repeats that had ended before.
*/
export function createArchivist(gate: Gate, roster: Roster, timer: CheckpointTimer, others: readonly RepeatState[]): Archivist {
	let asked: number | undefined;
	let isWished = false;
	return {
		* look(isAsked) {
			isWished ||= isAsked;
			if (asked === undefined && (isWished || timer.isDue())) {
				asked = gate.keep();
			}

			const states = asked === undefined ? undefined : roster.statesFor(asked);
			if (states && !roster.isOver) {
				const since = performance.now();
				yield checkpointOf([...others, ...states], isWished);
				timer.taken(since);
				asked = undefined;
				isWished = false;
			}
		},
		* last() {
			yield checkpointOf([...others, ...roster.statesFor(0) ?? []], isWished);
		},
	};
}

const checkpointOf = (states: readonly RepeatState[], isAsked: boolean): Checkpoint => ({
	type: 'states', epoch: Math.min(...states.map(({state}) => state.epoch)), states, isAsked,
});
