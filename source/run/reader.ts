import {setTimeout as sleep} from 'node:timers/promises';
import {failure} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type RunEvent} from './events.js';
import {decodeLine} from './line.js';
import {openTail} from './tail.js';

export type FollowOptions = {
	/** Ends the reading between two looks. */
	readonly signal?: AbortSignal;
	/** Whether nothing will be written any more; asked before a look, so that the last look sees everything. */
	readonly isOver?: () => boolean;
	/** Milliseconds between looks. The file is polled, since watching is unreliable on network file systems. */
	readonly interval?: number;
	/** Told for every line that is damaged; it is skipped. */
	readonly onDamage?: () => void;
};

/** An event, and the line of the file that holds it. */
export type Recorded = {readonly event: RunEvent; readonly line: string};

/** The events of a run, from its first line on, waiting for more until an `end` event, the signal, or `isOver`. */
export async function * followRun(file: string, options: FollowOptions = {}): AsyncGenerator<Recorded, void> {
	const {signal, isOver = () => false, interval = 100, onDamage} = options;
	const tail = openTail(file);
	try {
		let hasEnded = false;
		for (let isLastLook = false; !isLastLook && !hasEnded && !signal?.aborted;) {
			isLastLook = isOver();
			for (const line of tail.read()) {
				const event = eventOf(line, file, onDamage);
				if (!event) {
					continue;
				}

				// A run that went on has an end in its middle.
				if (hasEnded && event.type !== 'resume') {
					return;
				}

				yield {event, line};
				hasEnded = event.type === 'end';
			}

			await sleep(isLastLook || hasEnded ? 0 : interval, undefined, {signal}).catch(() => undefined);
		}
	} finally {
		tail.close();
	}
}

function eventOf(line: string, file: string, onDamage?: () => void): RunEvent | undefined {
	const decoded = decodeLine(line);
	if (decoded.kind === 'newer') {
		throw failure(`${safeText(file)} was written by a newer ibtop than this one: update ibtop.`);
	}

	if (decoded.kind === 'damaged') {
		onDamage?.();
	}

	return decoded.kind === 'event' ? decoded.event : undefined;
}
