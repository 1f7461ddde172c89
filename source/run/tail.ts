import {
	closeSync, fstatSync, openSync, readSync,
} from 'node:fs';

/** A line of a file, as it stands there. */
export type Line = {
	/** Without the newline. They are overwritten when the next line is asked for. */
	readonly bytes: Buffer;
	/** Where the next line begins in the file. */
	readonly end: number;
};

export type Tail = {
	/** The whole lines that have come since the last call; an incomplete last line waits. */
	readonly read: () => Generator<Line>;
	/** Bytes that the file has by now; none while it is not there. */
	readonly size: () => number;
	readonly close: () => void;
};

const newline = 10;

/** Bytes read at once: they fit into a processor's cache, so that they are looked through as fast as they come. */
const share = 262_144;

/** Bytes: no event is as long. What is longer loses its beginning, and is damaged. */
const longest = 2 ** 26;

/** Reads a file that grows, from its beginning. It need not be there yet. */
export function openTail(file: string): Tail {
	const buffer = Buffer.allocUnsafe(share);
	let descriptor: number | undefined;
	let position = 0;
	/** The beginning of a line whose end has not been read. */
	let begun: Buffer[] = [];
	let begunBytes = 0;

	function * take(count: number): Generator<Line> {
		const from = position;
		position += count;
		const bytes = buffer.subarray(0, count);
		let start = 0;
		for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
			const line = bytes.subarray(start, end);
			start = end + 1;
			yield {bytes: begun.length > 0 ? Buffer.concat([...begun, line]) : line, end: from + start};
			begun = [];
			begunBytes = 0;
		}

		if (start < count) {
			begun = begunBytes > longest ? [] : begun;
			begunBytes = (begun.length > 0 ? begunBytes : 0) + count - start;
			begun.push(Buffer.from(bytes.subarray(start)));
		}
	}

	function open(): number | undefined {
		try {
			descriptor ??= openSync(file, 'r');
		} catch {
			// Not yet.
		}

		return descriptor;
	}

	function readMore(): number {
		const opened = open();
		return opened === undefined ? 0 : readSync(opened, buffer, 0, share, position);
	}

	return {
		* read() {
			for (let count = readMore(); count > 0; count = readMore()) {
				yield * take(count);
			}
		},
		size() {
			const opened = open();
			return opened === undefined ? 0 : fstatSync(opened).size;
		},
		close() {
			if (descriptor !== undefined) {
				closeSync(descriptor);
			}
		},
	};
}
