import {
	closeSync, fstatSync, ftruncateSync, openSync, writeSync,
} from 'node:fs';
import {type RunEvent} from './events.js';
import {encodeLine} from './line.js';

export type EventWriter = {
	/** Appends one event; true when it, and all before it, are in the file. What does not fit waits for the next call. */
	append(event: RunEvent): boolean;
	/** Tries again to write what waits; true when nothing does. */
	retry(): boolean;
	close(): void;
};

/**
The only writer of `events.ndjson`: one synchronous write of a whole line an event, so that a kill loses nothing that was
acknowledged. A full disk shows as a short count or as an error: then the file is cut back to its last whole line, the lines wait in
memory (they are small, and bounded by the number of measured epochs), and a warning goes before them once there is room.
*/
export function openEventWriter(file: string): EventWriter {
	const descriptor = openSync(file, 'a', 0o600);
	let good = fstatSync(descriptor).size;
	const waiting: string[] = [];
	let hasFailed = false;

	function write(line: string): boolean {
		const bytes = Buffer.from(line);
		try {
			if (writeSync(descriptor, bytes) === bytes.length) {
				good += bytes.length;
				return true;
			}
		} catch {
			// A full disk: as a short count.
		}

		try {
			ftruncateSync(descriptor, good);
		} catch {
			// The reader waits at the incomplete line, and the next write tries again.
		}

		return false;
	}

	function flush(): boolean {
		while (waiting.length > 0) {
			if (hasFailed) {
				// Told as soon as there is room, in front of what had to wait: nothing may stand behind an `end`.
				if (!write(encodeLine({type: 'warning', message: 'The events could not be written for a while (is the disk full?); they were kept, and are complete again.'}))) {
					return false;
				}

				hasFailed = false;
			}

			if (!write(waiting[0]!)) {
				hasFailed = true;
				return false;
			}

			waiting.shift();
		}

		return true;
	}

	return {
		append(event) {
			waiting.push(encodeLine(event));
			return flush();
		},
		retry: flush,
		close() {
			closeSync(descriptor);
		},
	};
}
