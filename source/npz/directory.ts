import {type Bytes} from './bytes.js';
import {isPart, readEndRecord} from './end-record.js';
import {type NpzLimits, orRaise} from './limits.js';
import {locate} from './local-header.js';
import {decodeName} from './names.js';
import {damaged, showBytes, type Refuse} from './refusal.js';
import {widen} from './zip64.js';

/** What the directory of a zip file says about a member. */
export type Entry = {
	/** As the file has it: not safe to print. */
	readonly name: string;
	readonly rawName: Buffer;
	readonly flags: number;
	readonly method: number;
	readonly crc: number;
	/** Bytes in the file, and bytes when unpacked. */
	readonly compressedSize: number;
	readonly size: number;
	/** Where its local header begins. */
	readonly offset: number;
};

export type Member = Entry & {
	/** Where its bytes begin. */
	readonly dataOffset: number;
};

const signature = 0x02_01_4B_50;
const headerLength = 46;

/** Bytes of directory for one member: a header, a name and a few extra fields are far fewer. */
const roomForEntry = 4096;

/**
The members of a zip file, in the order of its directory; only the directory and the local headers are read. Throws where the two
disagree, where a name stands twice, where members overlap (as in a bomb that uses the same bytes again and again), and where
anything stands outside the file.
*/
export function readDirectory(bytes: Bytes, limits: NpzLimits, refuse: Refuse): Member[] {
	const {count, offset, size} = readEndRecord(bytes, refuse);
	if (count > limits.entries) {
		throw refuse(`has ${count.toLocaleString('en-US')} members and ibtop reads at most ${limits.entries.toLocaleString('en-US')}: save fewer arrays in one file${orRaise(limits, 'entries')}`);
	}

	if (size > limits.entries * roomForEntry) {
		throw refuse(`has a list of arrays of ${showBytes(size)} and ibtop reads at most ${showBytes(limits.entries * roomForEntry)}: give the arrays shorter names${orRaise(limits, 'entries')}`);
	}

	const entries = parseEntries(bytes.read(offset, size), refuse);
	if (entries.length !== count) {
		throw refuse(damaged('its list of arrays is not as long as its end says'));
	}

	const names = new Set(entries.map(({name}) => name));
	if (names.size !== count) {
		throw refuse('has two members of the same name: save each array under a name of its own');
	}

	const located = entries.map(entry => ({entry, ...locate(bytes, entry, refuse)}));
	let free = 0;
	for (const {entry, end} of located.toSorted((a, b) => a.entry.offset - b.entry.offset)) {
		if (entry.offset < free || end > offset) {
			throw refuse(damaged('its members overlap'));
		}

		free = end;
	}

	return located.map(({entry, dataOffset}) => ({...entry, dataOffset}));
}

/** The central headers (APPNOTE 4.3.12), which must fill the directory. */
function parseEntries(directory: Buffer, refuse: Refuse): Entry[] {
	const entries: Entry[] = [];
	for (let start = 0; start < directory.length;) {
		const header = directory.subarray(start);
		if (header.length < headerLength || header.readUInt32LE(0) !== signature) {
			throw refuse(damaged('its list of arrays is broken'));
		}

		const [nameLength, extraLength, commentLength, disk] = [28, 30, 32, 34].map(field => header.readUInt16LE(field)) as [number, number, number, number];
		const extraStart = headerLength + nameLength;
		const end = extraStart + extraLength + commentLength;
		const whole = widen([24, 20, 42].map(field => header.readUInt32LE(field)), header.subarray(extraStart, extraStart + extraLength));
		if (end > header.length || !whole || disk !== 0) {
			throw refuse(disk === 0 ? damaged('its list of arrays is broken') : isPart);
		}

		const [size, compressedSize, offset] = whole as [number, number, number];
		const flags = header.readUInt16LE(8);
		const rawName = header.subarray(headerLength, extraStart);
		entries.push({
			name: decodeName(rawName, refuse), rawName, flags, method: header.readUInt16LE(10), crc: header.readUInt32LE(16), compressedSize, size, offset,
		});
		start += end;
	}

	return entries;
}
