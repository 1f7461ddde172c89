import {
	closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync,
} from 'node:fs';
import {type RunEvent} from './events.js';
import {encodeLine} from './line.js';

const newline = 10;

export type EventWriter = {
	/** Appends one event; true when it, and all before it, are in the file. What does not fit waits for the next call. */
	append(event: RunEvent): boolean;
	/** Tries again to write what waits; true when nothing does. */
	retry(): boolean;
	/** As `retry`, and has the system bring it to the disk. */
	sync(): boolean;
	close(): void;
};

/**
The only writer of `events.ndjson`: one synchronous write of a whole line an event, so that a kill loses nothing that was
acknowledged. A full disk shows as a short count or as an error: then the file is cut back to its last whole line, the lines wait in
memory (they are small, and bounded by the number of measured epochs), and once there is room they are written, the refused line first: a reader may have seen a part of it. A warning follows that line.
*/
export function openEventWriter(file: string): EventWriter {
	// A link that somebody has put there leads somewhere else: refused.
	const descriptor = openSync(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
	let good = fstatSync(descriptor).size;
	// Whoever wrote the file before may have been killed in the middle of a line.
	const waiting: Array<ReturnType<typeof waitingLine>> = endsInLine(descriptor, good) ? [] : [{type: 'warning', line: '\n'}];
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
			if (!write(waiting[0]!.line)) {
				if (!hasFailed && waiting[0]!.type !== 'end') {
					waiting.splice(1, 0, waitingLine(recovered));
				}

				hasFailed = true;
				return false;
			}

			waiting.shift();
		}

		hasFailed = false;
		return true;
	}

	return {
		append(event) {
			waiting.push(waitingLine(event));
			return flush();
		},
		retry: flush,
		sync() {
			const isWritten = flush();
			try {
				fdatasyncSync(descriptor);
			} catch {
				// What is no file of a disk, such as a device, cannot be brought there.
			}

			return isWritten;
		},
		close() {
			closeSync(descriptor);
		},
	};
}

function endsInLine(descriptor: number, size: number): boolean {
	const last = Buffer.alloc(1);
	return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] === newline);
}

const waitingLine = (event: RunEvent) => ({type: event.type, line: encodeLine(event)});

const recovered: RunEvent = {
	type: 'warning', message: 'The events could not be written for a while (is the disk full?); they were kept, and are complete again.',
};
