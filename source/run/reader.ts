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
	/** How many events, at the beginning, are those of a run that goes on: an `end` among them is none. */
	readonly known?: number;
	/** Goes on looking after an `end`: a run may be taken further. */
	readonly isPatient?: boolean;
	/** Told for every line that is damaged; it is skipped. */
	readonly onDamage?: () => void;
};

/** An event, and the line of the file that holds it. */
export type Recorded = {readonly event: RunEvent; readonly line: string};

/** The events of a run, from its first line on, waiting for more until an `end` that nothing follows, the signal, or `isOver`. */
export async function * followRun(file: string, options: FollowOptions = {}): AsyncGenerator<Recorded, void> {
	const {signal, isOver = () => false, interval = 100, known = 0, isPatient = false, onDamage} = options;
	const tail = openTail(file);
	try {
		let count = 0;
		let hasEnded = false;
		for (let isLastLook = false; !isLastLook && !signal?.aborted;) {
			isLastLook = isOver();
			for (const line of tail.read()) {
				const event = eventOf(line, file, onDamage);
				if (!event) {
					continue;
				}

				count++;
				hasEnded = event.type === 'end' && count > known;
				yield {event, line};
			}

			if (hasEnded && !isPatient) {
				return;
			}

			await sleep(isLastLook ? 0 : interval, undefined, {signal}).catch(() => undefined);
		}
	} finally {
		tail.close();
	}
}

/** How many sound events a file holds. */
export function readLines(file: string): number {
	const tail = openTail(file);
	try {
		return [...tail.read()].filter(line => decodeLine(line).kind === 'event').length;
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
