import {constants, crc32, inflateRawSync} from 'node:zlib';
import {type Bytes} from './bytes.js';
import {type Member} from './directory.js';
import {type ArrayLimit} from './limits.js';
import {damaged, showBytes, type Refuse} from './refusal.js';

const stored = 0;
const deflated = 8;
const otherMethods: Readonly<Record<number, string>> = {
	9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'xz',
};

/** Deflate spends at least two bits on a run, and a run has at most 258 bytes: it cannot shrink anything more than 1032 times. */
const bestRatio = 1032;

/** What cannot be packed grows by 5 bytes in some thousands; twice the size is no honest answer. */
const worstSize = (size: number): number => (2 * size) + 1024;

/**
The unpacked bytes of a member, checked against its size and checksum. Nothing is allocated before the declared size was held against
`maximum` and against what so many packed bytes can hold; and inflating ends one byte after the declared size.
*/
export function extract(bytes: Bytes, member: Member, maximum: ArrayLimit, refuse: Refuse): Buffer {
	checkMember(member, maximum, refuse);
	const packed = bytes.read(member.dataOffset, member.compressedSize);
	const data = member.method === stored ? packed : inflate(packed, member.size, refuse);
	if (crc32(data) !== member.crc) {
		throw refuse(damaged('its checksum does not match'));
	}

	return data;
}

/** Packed bytes of which the unpacked ones surely hold a header: deflate makes nothing much longer, and a header has at most 10 000. */
const packedBeginning = 16_384;

/** The first unpacked bytes of a member, enough for the header of an array; neither its length nor its checksum is looked at. */
export function extractBeginning(bytes: Bytes, member: Member, maximum: ArrayLimit, refuse: Refuse): Buffer {
	checkMember(member, maximum, refuse);
	const packed = bytes.read(member.dataOffset, Math.min(packedBeginning, member.compressedSize));
	if (member.method === stored) {
		return packed;
	}

	try {
		return inflateRawSync(packed, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: packed.length * bestRatio});
	} catch {
		throw refuse(damaged('it cannot be unpacked'));
	}
}

function checkMember({flags, method, size, compressedSize}: Member, maximum: ArrayLimit, refuse: Refuse): void {
	// Bits 0, 6 and 13: encrypted, strongly encrypted, and with the directory's fields masked.
	if ((flags & 0x20_41) !== 0) {
		throw refuse('is encrypted: save it without a password');
	}

	if (method !== stored && method !== deflated) {
		throw refuse(`is packed with ${otherMethods[method] ?? `a method numpy does not use (${method})`}: save it with np.savez or np.savez_compressed`);
	}

	if (size > maximum.bytes) {
		throw refuse(`has ${showBytes(size)} and ibtop reads at most ${showBytes(maximum.bytes)}: save fewer rows, or a narrower type such as float32${maximum.remedy}`);
	}

	if (method === stored ? size !== compressedSize : (size > compressedSize * bestRatio || compressedSize > worstSize(size))) {
		throw refuse(damaged('its two sizes cannot both be true'));
	}
}

/** Into one piece of memory, since its size is known; a byte more than declared would not fit and is an error. */
function inflate(packed: Buffer, size: number, refuse: Refuse): Buffer {
	let data: Buffer;
	let used: number;
	try {
		// With `info` the answer tells how much of the input was read, which the types do not know.
		const answer = inflateRawSync(packed, {maxOutputLength: Math.max(1, size), chunkSize: Math.max(size + 1, 16_384), info: true}) as unknown;
		({buffer: data, engine: {bytesWritten: used}} = answer as {buffer: Buffer; engine: {bytesWritten: number}});
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ERR_BUFFER_TOO_LARGE') {
			throw refuse(damaged('it unpacks to more than its size'));
		}

		throw code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR' || code === 'Z_NEED_DICT' ? refuse(damaged('it cannot be unpacked')) : error;
	}

	if (data.length !== size || used !== packed.length) {
		throw refuse(damaged('it unpacks to another size than its own'));
	}

	return data;
}
