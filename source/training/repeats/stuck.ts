import {type EpochEvent} from '../../run/events.js';

/** Where [L22] restarts a run whose train accuracy is below this. */
const decisiveEpoch = 1000;
const chance = 0.55;

/** Says of one repeat's `epoch` events, each in its turn, whether it shows that the repeat has learnt nothing; decided once. */
export function createStuckWatch(): (event: EpochEvent) => boolean {
	let isDecided = false;
	return ({epoch, accuracy}) => {
		if (isDecided || epoch < decisiveEpoch) {
			return false;
		}

		isDecided = true;
		return accuracy.train !== null && accuracy.train < chance;
	};
}
