import {type Bytes} from './bytes.js';
import {damaged, type Refuse} from './refusal.js';

/** What the end of a zip file says about its directory: how many members, and which bytes of the file list them. */
export type EndRecord = {readonly count: number; readonly offset: number; readonly size: number};

const signature = Buffer.from('PK\u0005\u0006', 'latin1');
const locatorSignature = 0x07_06_4B_50;
const wideSignature = 0x06_06_4B_50;
const length = 22;
const locatorLength = 20;
const wideLength = 56;
const longestComment = 0xFF_FF;

/**
Reads the end of central directory record, and the zip64 one where it is announced (PKWARE's APPNOTE 4.3.14 to 4.3.16). The comment
must end where the file does and the directory where the record begins, so that nothing stands between unnoticed.
*/
export function readEndRecord(bytes: Bytes, refuse: Refuse): EndRecord {
	const tail = bytes.read(Math.max(0, bytes.size - length - longestComment), Math.min(bytes.size, length + longestComment));
	const start = findEnd(tail);
	if (start === -1) {
		throw refuse(complaintAboutBeginning(bytes));
	}

	const position = bytes.size - tail.length + start;
	const [disk, firstDisk, countHere, count] = [4, 6, 8, 10].map(field => tail.readUInt16LE(start + field)) as [number, number, number, number];
	const narrow = {count, size: tail.readUInt32LE(start + 12), offset: tail.readUInt32LE(start + 16)};
	const wide = readWideRecord(bytes, position, refuse);
	if (!wide && [count === 0xFF_FF, narrow.size === 0xFF_FF_FF_FF, narrow.offset === 0xFF_FF_FF_FF].includes(true)) {
		throw refuse(damaged('its zip64 record is missing'));
	}

	const isWhole = (number: number) => number === 0 || (wide && number === 0xFF_FF);
	if (!isWhole(disk) || !isWhole(firstDisk) || countHere !== count) {
		throw refuse(isPart);
	}

	const agrees = !wide || (
		[wide.count, 0xFF_FF].includes(narrow.count)
		&& [wide.size, 0xFF_FF_FF_FF].includes(narrow.size)
		&& [wide.offset, 0xFF_FF_FF_FF].includes(narrow.offset)
	);
	const {position: end, ...record} = wide ?? {...narrow, position};
	if (!agrees || record.offset + record.size !== end) {
		throw refuse(damaged('its list of arrays is not where its end says'));
	}

	return record;
}

/** The complaint about a part of a zip. */
export const isPart = 'is one part of a zip that was split over several files: join the parts (zip -s 0) or save it again with np.savez';

/** Where in the last bytes of a file the end record begins, or -1. */
function findEnd(tail: Buffer): number {
	let start = tail.lastIndexOf(signature);
	while (start !== -1) {
		if (start + length <= tail.length && tail.readUInt16LE(start + 20) === tail.length - start - length) {
			return start;
		}

		start = start === 0 ? -1 : tail.lastIndexOf(signature, start - 1);
	}

	return -1;
}

/** The zip64 record, for more than 65 534 members or 4 GiB, if its locator stands before the end record; and where it begins. */
function readWideRecord(bytes: Bytes, end: number, refuse: Refuse): (EndRecord & {readonly position: number}) | undefined {
	if (end < locatorLength + wideLength) {
		return undefined;
	}

	const locator = bytes.read(end - locatorLength, locatorLength);
	if (locator.readUInt32LE(0) !== locatorSignature) {
		return undefined;
	}

	const position = wideInteger(locator, 8);
	const record = bytes.read(position, wideLength);
	if (record.readUInt32LE(0) !== wideSignature || position + 12 + wideInteger(record, 4) !== end - locatorLength) {
		throw refuse(damaged('its zip64 record is not where its end says'));
	}

	const [disk, firstDisk] = [record.readUInt32LE(16), record.readUInt32LE(20)];
	const count = wideInteger(record, 32);
	if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1 || disk !== 0 || firstDisk !== 0 || wideInteger(record, 24) !== count) {
		throw refuse(isPart);
	}

	return {
		position, count, size: wideInteger(record, 40), offset: wideInteger(record, 48),
	};
}

/** Rounded beyond 2^53, which is far beyond every file, and so refused wherever it points. */
const wideInteger = (buffer: Buffer, offset: number): number => Number(buffer.readBigUInt64LE(offset));

/** Why a file without an end record is not read, by how it begins. */
function complaintAboutBeginning(bytes: Bytes): string {
	if (bytes.size === 0) {
		return 'is empty: wait until its writer is done, or save it again with np.savez';
	}

	const beginning = bytes.read(0, Math.min(8, bytes.size)).toString('latin1');
	const known = beginnings.find(([prefix]) => beginning.startsWith(prefix) || prefix.startsWith(beginning));
	return known?.[1] ?? 'is not an .npz file: save the arrays with np.savez or np.savez_compressed';
}

const beginnings = [
	['PK\u0003\u0004', 'has no list of arrays at its end: wait until its writer is done, copy the file again, or save it again with np.savez'],
	['\u0093NUMPY', 'is a single array without a name (.npy): save it with np.savez, which names it'],
	['\u0089HDF', 'is an HDF5 file: save its arrays with np.savez'],
	['\u001F\u008B', 'is a gzip file: unpack it first (gunzip)'],
	['\u0080', 'is a pickle, which ibtop never opens: save the arrays with np.savez'],
] as const;
