/** Writes zip files byte by byte, right ones as Python's zipfile writes them and, by changing fields, wrong ones that no tool would. */
import {crc32, deflateRawSync} from 'node:zlib';

type Fields = {
	readonly name: Buffer;
	readonly flags: number;
	readonly method: number;
	readonly crc: number;
	readonly compressedSize: number;
	readonly size: number;
	/** Of the local header; the directory says it. */
	readonly offset: number;
	readonly disk: number;
};

export type ZipMember = {
	readonly name: string;
	readonly data: Uint8Array;
	readonly isCompressed?: boolean;
	/** Stands in the file instead of `data`, packed already. */
	readonly packed?: Uint8Array;
	/** Whether sizes and checksum follow the data, as if it were written into a pipe. */
	readonly hasDescriptor?: boolean;
	/** What the headers say instead of the truth: the one before the data, the one in the directory, or both. */
	readonly local?: Partial<Fields>;
	readonly central?: Partial<Fields>;
	readonly both?: Partial<Fields>;
	/** A member only the directory knows. */
	readonly isOnlyListed?: boolean;
};

type End = Readonly<Record<'disk' | 'firstDisk' | 'countHere' | 'count' | 'size' | 'offset', number>>;

export type ZipOptions = {
	/** Puts every number into its zip64 place, as for files beyond 4 GiB; otherwise only before the data, as numpy always does. */
	readonly isWide?: boolean;
	readonly comment?: string;
	readonly end?: Partial<End>;
	readonly wideEnd?: Partial<End>;
};

const full = 0xFF_FF_FF_FF;
const u16 = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const u32 = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);
const u64 = (...values: number[]): Buffer => Buffer.from(BigUint64Array.from(values, BigInt).buffer);
const zip64 = (...values: number[]): Buffer => Buffer.concat([u16(1, 8 * values.length), u64(...values)]);

/** 1980-01-01, as numpy dates its members. */
const date = [0, 0x21];

export function writeZip(members: readonly ZipMember[], options: ZipOptions = {}): Buffer {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let position = 0;
	for (const member of members) {
		const {fields, packed} = truthOf(member, position);
		if (!member.isOnlyListed) {
			const unknown = member.hasDescriptor && {crc: 0, compressedSize: 0, size: 0};
			const before = {
				...fields, ...unknown, ...member.both, ...member.local,
			};
			const piece = Buffer.concat([localHeader(before), packed, member.hasDescriptor ? descriptor(fields) : Buffer.alloc(0)]);
			pieces.push(piece);
			position += piece.length;
		}

		directory.push(centralHeader({...fields, ...member.both, ...member.central}, options));
	}

	const list = Buffer.concat(directory);
	return Buffer.concat([...pieces, list, endOf({
		disk: 0, firstDisk: 0, countHere: members.length, count: members.length, size: list.length, offset: position,
	}, options)]);
}

function truthOf({name, data, isCompressed, packed: given, hasDescriptor}: ZipMember, offset: number): {fields: Fields; packed: Buffer} {
	const packed = Buffer.from(given ?? (isCompressed ? deflateRawSync(data) : data));
	const rawName = Buffer.from(name, 'utf8');
	const flags = (rawName.length === name.length ? 0 : 0x8_00) | (hasDescriptor ? 8 : 0);
	return {
		packed,
		fields: {
			name: rawName, flags, method: isCompressed ? 8 : 0, crc: crc32(data), compressedSize: packed.length, size: data.length, offset, disk: 0,
		},
	};
}

function localHeader({name, flags, method, crc, compressedSize, size}: Fields): Buffer {
	const extra = zip64(size, compressedSize);
	return Buffer.concat([u32(0x04_03_4B_50), u16(45, flags, method, ...date), u32(crc, full, full), u16(name.length, extra.length), name, extra]);
}

const descriptor = ({crc, compressedSize, size}: Fields): Buffer => Buffer.concat([u32(0x08_07_4B_50, crc), u64(compressedSize, size)]);

function centralHeader(fields: Fields, {isWide}: ZipOptions): Buffer {
	const {name, flags, method, crc, disk} = fields;
	const numbers = [fields.compressedSize, fields.size, fields.offset];
	const isTooWide = (value: number | undefined) => isWide ?? value! >= full;
	const wide = [numbers[1], numbers[0], numbers[2]].filter(value => isTooWide(value)) as number[];
	const [compressedSize, size, offset] = numbers.map(value => isTooWide(value) ? full : value) as [number, number, number];
	const extra = wide.length === 0 ? Buffer.alloc(0) : zip64(...wide);
	return Buffer.concat([
		u32(0x02_01_4B_50), u16(0x3_14, 45, flags, method, ...date), u32(crc, compressedSize, size), u16(name.length, extra.length, 0, disk, 0), u32(0x1_80_00_00, offset), name, extra,
	]);
}

function endOf(truth: End, {isWide, comment = '', end, wideEnd}: ZipOptions): Buffer {
	const elsewhere = {
		countHere: 0xFF_FF, count: 0xFF_FF, size: full, offset: full,
	};
	const {disk, firstDisk, countHere, count, size, offset} = {...truth, ...isWide && elsewhere, ...end};
	const text = Buffer.from(comment, 'utf8');
	const record = Buffer.concat([u32(0x06_05_4B_50), u16(disk, firstDisk, countHere, count), u32(size, offset), u16(text.length), text]);
	return isWide ? Buffer.concat([wideEndOf({...truth, ...wideEnd}, truth.offset + truth.size), record]) : record;
}

function wideEndOf({disk, firstDisk, countHere, count, size, offset}: End, position: number): Buffer {
	const record = [u32(0x06_06_4B_50), u64(44), u16(45, 45), u32(disk, firstDisk), u64(countHere, count, size, offset)];
	const locator = [u32(0x07_06_4B_50, 0), u64(position), u32(1)];
	return Buffer.concat([...record, ...locator]);
}
