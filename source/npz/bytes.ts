import {
	closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats,
} from 'node:fs';
import {reason} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type NpzLimits, orRaise} from './limits.js';
import {damaged, showBytes, type Refuse} from './refusal.js';

/** A file that is read in places, never whole. */
export type Bytes = {
	readonly size: number;
	/** Exactly `length` bytes in memory of their own, from its beginning on, so that numbers in it are aligned; throws where the file ends before. */
	readonly read: (position: number, length: number) => Buffer;
	readonly close: () => void;
};

/** Opens an ordinary file of at most so many bytes. Throws for anything else, and never waits: a pipe is not even opened. */
export function openBytes(file: string, limits: NpzLimits, refuse: Refuse): Bytes {
	const descriptor = openOrdinary(file, refuse);
	const attempt = <Result>(body: () => Result) => attemptToRead(body, refuse);
	try {
		const stats = attempt(() => fstatSync(descriptor));
		checkOrdinary(stats, refuse);
		if (stats.size > limits.fileBytes) {
			throw refuse(`has ${showBytes(stats.size)} and ibtop reads at most ${showBytes(limits.fileBytes)}: save fewer rows or fewer arrays in one file${orRaise(limits, 'fileBytes')}`);
		}

		return {
			size: stats.size,
			read(position, length) {
				if (position + length > stats.size) {
					throw refuse(damaged('it points beyond its own end'));
				}

				const buffer = Buffer.allocUnsafeSlow(length);
				for (let done = 0; done < length;) {
					const count = attempt(() => readSync(descriptor, buffer, done, Math.min(length - done, 2 ** 30), position + done));
					if (count === 0) {
						throw refuse('became shorter while it was read: let its writer write to a temporary name and rename it, so that a reader never sees half of it');
					}

					done += count;
				}

				return buffer;
			},
			close() {
				closeSync(descriptor);
			},
		};
	} catch (error) {
		closeSync(descriptor);
		throw error;
	}
}

/** What stands at the path is looked at first, since opening a device can do things; then without waiting, should it be a pipe by now. */
function openOrdinary(file: string, refuse: Refuse): number {
	checkOrdinary(attemptToRead(() => statSync(file), refuse), refuse);
	// Windows knows no O_NONBLOCK, whatever the types say.
	const withoutWaiting = (constants.O_NONBLOCK as number | undefined) ?? 0;
	return attemptToRead(() => openSync(file, constants.O_RDONLY | withoutWaiting), refuse);
}

function checkOrdinary(stats: Stats, refuse: Refuse): void {
	if (stats.isDirectory()) {
		throw refuse('cannot be read (it is a folder): name one .npz file');
	}

	if (!stats.isFile()) {
		throw refuse('is a pipe or a device, and ibtop must be able to jump in the file: save the arrays to an ordinary file and name that');
	}
}

function attemptToRead<Result>(body: () => Result, refuse: Refuse): Result {
	try {
		return body();
	} catch (error) {
		throw refuse(`cannot be read (${safeText(reason(error), 200)}): check the path and who may read it`);
	}
}
