import {closeSync, openSync, readSync} from 'node:fs';

export type Tail = {
	/** The whole lines that have come since the last call, without their newlines; an incomplete last line waits. */
	readonly read: () => Generator<string>;
	readonly close: () => void;
};

const newline = 10;

/** Reads a file that grows, from its beginning. It need not be there yet. */
export function openTail(file: string): Tail {
	const buffer = Buffer.alloc(65_536);
	let descriptor: number | undefined;
	let position = 0;
	let rest = Buffer.alloc(0);

	function * take(count: number): Generator<string> {
		position += count;
		rest = Buffer.concat([rest, buffer.subarray(0, count)]);
		for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
			const line = rest.toString('utf8', 0, end);
			rest = rest.subarray(end + 1);
			yield line;
		}
	}

	return {
		* read() {
			try {
				descriptor ??= openSync(file, 'r');
			} catch {
				return;
			}

			for (let count = readSync(descriptor, buffer, 0, buffer.length, position); count > 0; count = readSync(descriptor, buffer, 0, buffer.length, position)) {
				yield * take(count);
			}
		},
		close() {
			if (descriptor !== undefined) {
				closeSync(descriptor);
			}
		},
	};
}
