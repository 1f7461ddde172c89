import {performance} from 'node:perf_hooks';
import {type RunEvent} from '../../run/events.js';
import {type TrainingClock} from '../clock.js';
import {look, lookInterval, type Wishes} from '../obeying.js';
import {type Gate} from './gate.js';
import {type Roster} from './roster.js';

/** Pauses, resumes and stops all threads when that is asked for. */
export type Warden = {
	/** Looks whether something is asked for, if it is time to; what is to be told of it. */
	readonly look: () => Promise<readonly RunEvent[]>;
	/** Whether somebody has asked since the last call to have the run kept. */
	readonly takeWish: () => boolean;
	/** Who has stopped the run, if anybody has. */
	readonly stopper: () => string | undefined;
};

/** A pause is asked for at once, and told when all threads stand still, so that no epoch is told after it; then the clock stands still too. */
export function createWarden(gate: Gate, roster: Roster, wishes: Wishes, clock: TrainingClock): Warden {
	let asked: number | undefined;
	let resumeClock: (() => void) | undefined;
	let stopper: string | undefined;
	let wish = false;
	let looked = performance.now();

	const held = (): RunEvent[] => {
		if (asked === undefined || resumeClock !== undefined || roster.isOver || !roster.isHeld(asked)) {
			return [];
		}

		resumeClock = clock.pause();
		return [{type: 'pause', epoch: roster.furthest}];
	};

	const release = (): RunEvent[] => {
		gate.go();
		resumeClock?.();
		const wasTold = resumeClock !== undefined;
		asked = undefined;
		resumeClock = undefined;
		return wasTold ? [{type: 'resume', epoch: roster.furthest}] : [];
	};

	const obey = async (): Promise<RunEvent[]> => {
		const {stop, names} = await look(wishes);
		looked = performance.now();
		wish ||= names.has('checkpoint');
		const told = asked !== undefined && (stop !== undefined || names.has('resume')) ? release() : [];
		if (stop !== undefined) {
			stopper = stop;
			gate.stop();
		} else if (names.has('pause') && !names.has('resume')) {
			asked ??= gate.pause();
		}

		return told;
	};

	return {
		async look() {
			const paused = held();
			const isTime = stopper === undefined && performance.now() - looked >= lookInterval;
			return isTime ? [...paused, ...await obey()] : paused;
		},
		takeWish() {
			const wished = wish;
			wish = false;
			return wished;
		},
		stopper: () => stopper,
	};
}
