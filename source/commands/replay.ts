import {usage} from '../errors.js';
import {createReplay, type Replay} from '../run/replay.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags, textOf} from './experiment.js';
import {hasScreen} from './has-screen.js';

/** A replay, and what the screen calls it. */
export type PlannedReplay = Replay & {readonly title: string};

/** The replay that flags ask for, if they do; nothing is read before they are found to make sense. */
export function replayOf(given: GivenFlags): PlannedReplay | undefined {
	const text = textOf(given, 'speed');
	if (!given['replay']) {
		if (text !== undefined) {
			throw usage('--speed is that of a replay: add --replay, or leave it out.');
		}

		return undefined;
	}

	if (given['once']) {
		throw usage('--replay plays a run, and --once prints one frame of it: leave out one of the two.');
	}

	if (!hasScreen(given)) {
		throw usage('--replay needs a terminal to play on: "ibtop watch --once" prints the last frame without one.');
	}

	const speed = text === undefined ? 1 : Number(text);
	if (!(text?.trim() !== '' && speed >= 0.01 && speed <= 100_000)) {
		throw usage(`--speed must be a number from 0.01 to 100000, not "${safeText(text ?? '', 40)}".`);
	}

	return {...createReplay({speed}), title: speed === 1 ? 'REPLAY' : `REPLAY ${speed}×`};
}
