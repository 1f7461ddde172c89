import {type Bytes} from './bytes.js';
import {type Entry} from './directory.js';
import {damaged, type Refuse} from './refusal.js';
import {widen} from './zip64.js';

const signature = 0x04_03_4B_50;
const descriptorSignature = 0x08_07_4B_50;
const headerLength = 30;

const disagreement = 'its list of arrays does not agree with the arrays';

/** Flag bit 3: the writer could not go back (a pipe), so sizes and checksum follow the data, and before it are 0 where they were not known. */
const hasDescriptor = (flags: number): boolean => (flags & 8) !== 0;

/**
Where the bytes of a member begin, and where the member ends, from its local header (APPNOTE 4.3.7). What stands in the directory
too must be the same there: names, flags, method, sizes and checksum, so that damage to either is noticed.
*/
export function locate(bytes: Bytes, entry: Entry, refuse: Refuse): {readonly dataOffset: number; readonly end: number} {
	const header = bytes.read(entry.offset, headerLength);
	if (header.readUInt32LE(0) !== signature) {
		throw refuse(damaged(disagreement));
	}

	const nameLength = header.readUInt16LE(26);
	const extraLength = header.readUInt16LE(28);
	const rest = bytes.read(entry.offset + headerLength, nameLength + extraLength);
	const sizes = widen([header.readUInt32LE(22), header.readUInt32LE(18)], rest.subarray(nameLength));
	const known = [entry.crc, entry.size, entry.compressedSize];
	const stated = [header.readUInt32LE(14), ...sizes ?? []];
	const agrees = header.readUInt16LE(6) === entry.flags
		&& header.readUInt16LE(8) === entry.method
		&& rest.subarray(0, nameLength).equals(entry.rawName)
		&& stated.length === 3
		&& stated.every((value, index) => value === known[index] || (value === 0 && hasDescriptor(entry.flags)));
	if (!agrees) {
		throw refuse(damaged(disagreement));
	}

	const dataOffset = entry.offset + headerLength + nameLength + extraLength;
	const end = dataOffset + entry.compressedSize;
	return {dataOffset, end: hasDescriptor(entry.flags) ? end + descriptorLength(bytes, end, entry, refuse) : end};
}

/** Bytes of the data descriptor (APPNOTE 4.3.9): with or without a signature, its sizes of 4 or 8 bytes, as its writer liked. */
function descriptorLength(bytes: Bytes, position: number, entry: Entry, refuse: Refuse): number {
	const found = bytes.read(position, Math.min(24, Math.max(0, bytes.size - position)));
	const sizes = [entry.compressedSize, entry.size];
	for (const signed of [[descriptorSignature], []]) {
		for (const width of [4, 8]) {
			const expected = Buffer.concat([...[...signed, entry.crc].map(value => integer(value, 4)), ...sizes.map(value => integer(value, width))]);
			if (found.subarray(0, expected.length).equals(expected)) {
				return expected.length;
			}
		}
	}

	throw refuse(damaged('what follows an array does not agree with the list of arrays'));
}

function integer(value: number, width: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeBigUInt64LE(BigInt(value));
	return buffer.subarray(0, width);
}
