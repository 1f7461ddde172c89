import {
	closeSync, openSync, readSync,
} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {failure} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type RunEvent} from './events.js';
import {decodeLine} from './line.js';

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

/** The events of a run, from its first line on, waiting for more until an `end` event, the signal, or `isOver`. */
export async function * followEvents(file: string, options: FollowOptions = {}): AsyncGenerator<RunEvent, void> {
	const {signal, isOver = () => false, interval = 100, onDamage} = options;
	const tail = openTail(file);
	try {
		for (;;) {
			if (signal?.aborted) {
				return;
			}

			const isLastLook = isOver();
			for (const line of tail.read()) {
				const decoded = decodeLine(line);
				if (decoded.kind === 'newer') {
					throw failure(`${safeText(file)} was written by a newer ibtop than this one: update ibtop.`);
				}

				if (decoded.kind === 'damaged') {
					onDamage?.();
				} else if (decoded.kind === 'event') {
					yield decoded.event;
					if (decoded.event.type === 'end') {
						return;
					}
				}
			}

			if (isLastLook) {
				return;
			}

			await sleep(interval, undefined, {signal}).catch(() => undefined);
		}
	} finally {
		tail.close();
	}
}

/** Reads whole lines as they appear; an incomplete last line waits. The file need not be there yet. */
function openTail(file: string) {
	const buffer = Buffer.alloc(65_536);
	let descriptor: number | undefined;
	let position = 0;
	let rest = Buffer.alloc(0);
	return {
		* read(): Generator<string> {
			try {
				descriptor ??= openSync(file, 'r');
			} catch {
				return;
			}

			for (;;) {
				const count = readSync(descriptor, buffer, 0, buffer.length, position);
				if (count === 0) {
					return;
				}

				position += count;
				rest = Buffer.concat([rest, buffer.subarray(0, count)]);
				for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
					const line = rest.toString('utf8', 0, end);
					rest = rest.subarray(end + 1);
					yield line;
				}
			}
		},
		close() {
			if (descriptor !== undefined) {
				closeSync(descriptor);
			}
		},
	};
}
