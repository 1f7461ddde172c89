/**
The idx format of the MNIST files: two zero bytes, the type (8: unsigned byte), the number of dimensions, each dimension as a
big-endian 32-bit number, then the numbers, the last index running fastest (LeCun, Cortes & Burges, "The MNIST database"). Plain, or
packed with gzip.
*/
import {
	closeSync, openSync, readFileSync, readSync, statSync,
} from 'node:fs';
import {constants, gunzipSync, type ZlibOptions} from 'node:zlib';
import {failure, reason, type UserError} from '../errors.js';
import {safeText} from '../safe-text.js';

export type IdxFile = {
	readonly shape: readonly number[];
	/** As many bytes as the shape says; reads the whole file. */
	readonly read: () => Uint8Array;
	/** Makes the one sentence that refuses the file. */
	readonly refuse: Refuse;
};

type Refuse = (complaint: string) => UserError;

/** MNIST's largest file has 47 million bytes. Nothing beyond this is ever allocated. */
const mostBytes = 2 ** 30;

/** Bytes of a packed file in which its header surely lies. */
const packedBeginning = 4096;

/** Looks at the header of an idx file of unsigned bytes in so many dimensions, and, if it is not packed, at its length. */
export function openIdx(file: string, dimensions: number): IdxFile {
	const refuse: Refuse = complaint => failure(`${safeText(file)} ${complaint}.`);
	const headerLength = 4 + (4 * dimensions);
	const beginning = readBeginning(file, refuse);
	const shape = parseHeader(beginning.unpacked, dimensions, refuse);
	const count = shape.reduce((product, dimension) => product * dimension, 1);
	if (count === 0 || count > mostBytes) {
		throw refuse(`says that it holds ${shape.join(' × ')} bytes, and ibtop reads 1 to ${formatCount(mostBytes)}: copy the file again`);
	}

	const checkLength = (bytes: number) => {
		if (bytes !== headerLength + count) {
			throw refuse(`has ${formatCount(bytes - headerLength)} bytes after its header, which says ${formatCount(count)} (${shape.join(' × ')}): copy the file again`);
		}
	};

	if (beginning.size !== undefined) {
		checkLength(beginning.size);
	}

	return {
		shape,
		read() {
			const raw = attempt(() => readFileSync(file), refuse);
			const unpacked = isPacked(raw) ? unpack(raw, {maxOutputLength: headerLength + count + 1}, refuse) : raw;
			checkLength(unpacked.length);
			return unpacked.subarray(headerLength);
		},
		refuse,
	};
}

/** The first bytes, unpacked, and how many there are in all, which a packed file does not tell. */
function readBeginning(file: string, refuse: Refuse): {unpacked: Buffer; size: number | undefined} {
	const stats = attempt(() => statSync(file), refuse);
	if (!stats.isFile()) {
		throw refuse('is not an ordinary file: name a folder with the four files of MNIST');
	}

	const raw = attempt(() => readFirst(file, packedBeginning), refuse);
	return isPacked(raw)
		? {unpacked: unpack(raw, {finishFlush: constants.Z_SYNC_FLUSH}, refuse), size: undefined}
		: {unpacked: raw, size: stats.size};
}

function readFirst(file: string, length: number): Buffer {
	const descriptor = openSync(file, 'r');
	try {
		const buffer = Buffer.alloc(length);
		return buffer.subarray(0, readSync(descriptor, buffer, 0, length, 0));
	} finally {
		closeSync(descriptor);
	}
}

function parseHeader(bytes: Buffer, dimensions: number, refuse: Refuse): number[] {
	const magic = [0, 0, 8, dimensions];
	if (bytes.length < 4 + (4 * dimensions)) {
		throw refuse(`is cut off: it has ${bytes.length} bytes, and the header of an idx${dimensions} file takes ${4 + (4 * dimensions)}: copy the file again`);
	}

	if (magic.some((byte, index) => bytes[index] !== byte)) {
		throw refuse(`begins with ${hexadecimal(bytes.subarray(0, 4))}, and an idx${dimensions} file of bytes with ${hexadecimal(magic)}: another file has this name, so copy the right one`);
	}

	return Array.from({length: dimensions}, (_, index) => bytes.readUInt32BE(4 + (4 * index)));
}

const isPacked = (bytes: Buffer): boolean => bytes[0] === 0x1F && bytes[1] === 0x8B;

function unpack(bytes: Buffer, options: ZlibOptions, refuse: Refuse): Buffer {
	try {
		return gunzipSync(bytes, options);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw refuse(code === 'ERR_BUFFER_TOO_LARGE'
			? 'unpacks to more than its header says: copy the file again'
			: 'cannot be unpacked, so it is cut off or damaged: copy the file again');
	}
}

function attempt<Result>(body: () => Result, refuse: Refuse): Result {
	try {
		return body();
	} catch (error) {
		throw refuse(`cannot be read (${safeText(reason(error), 200)}): check the path and who may read it`);
	}
}

const formatCount = (count: number): string => count.toLocaleString('en-US');
const hexadecimal = (bytes: Iterable<number>): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ');
