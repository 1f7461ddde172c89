import {type Literal, parseLiteral} from './literal.js';
import {type Refuse} from './refusal.js';

/** What the header of an .npy file says, and where its numbers begin. */
export type NpyHeader = {
	readonly type: Literal;
	readonly isFortran: boolean;
	readonly shape: readonly number[];
	/** How many numbers such a shape has: 1 for no dimensions. */
	readonly count: number;
	readonly end: number;
};

const magic = Buffer.from('\u0093NUMPY', 'latin1');

/** As numpy limits it; only types with hundreds of fields have more. */
const longest = 10_000;
const mostDimensions = 64;

/**
The header of the .npy format (NEP 1, versions 1, 2 and 3): the magic, the version, the header's length in 2 bytes or, from version 2
on, 4, and a Python dict of exactly `descr`, `fortran_order` and `shape`, in Latin-1 or, from version 3 on, UTF-8.
*/
export function parseHeader(data: Buffer, refuse: Refuse): NpyHeader {
	if (data.length < 12 || !data.subarray(0, 6).equals(magic)) {
		throw refuse('is not in numpy\'s format: save it with np.savez');
	}

	const [major, minor] = [data[6]!, data[7]!];
	if (major < 1 || major > 3 || minor !== 0) {
		throw refuse(`is in version ${major}.${minor} of numpy's format and ibtop reads 1.0, 2.0 and 3.0: update ibtop, or save it with another numpy`);
	}

	const start = major === 1 ? 10 : 12;
	const length = major === 1 ? data.readUInt16LE(8) : data.readUInt32LE(8);
	if (length > longest || start + length > data.length) {
		throw refuse(length > longest ? `has a header of more than ${longest} bytes, as thousands of fields would need: save plain numbers, each field as an array of its own` : broken);
	}

	const fields = parseFields(data.toString(major === 3 ? 'utf8' : 'latin1', start, start + length));
	if (!fields) {
		throw refuse(broken);
	}

	const shape = fields.dimensions.map(value => checkDimension(value, refuse));
	return {
		type: fields.type, isFortran: fields.isFortran, shape, count: countOf(shape, refuse), end: start + length,
	};
}

const broken = 'has a header that numpy does not write: save it with np.savez';

type Fields = {readonly type: Literal; readonly isFortran: boolean; readonly dimensions: readonly Literal[]};

function parseFields(text: string): Fields | undefined {
	let dict: Literal;
	try {
		dict = parseLiteral(text);
	} catch {
		return undefined;
	}

	if (dict.type !== 'dict' || dict.entries.size !== 3) {
		return undefined;
	}

	const [type, order, shape] = ['descr', 'fortran_order', 'shape'].map(key => dict.entries.get(key));
	return type && order?.type === 'truth' && shape?.type === 'tuple' ? {type, isFortran: order.value, dimensions: shape.items} : undefined;
}

function checkDimension(dimension: Literal, refuse: Refuse): number {
	if (dimension.type !== 'integer') {
		throw refuse(broken);
	}

	if (!Number.isSafeInteger(dimension.value) || dimension.value < 0) {
		throw refuse(`has a ${dimension.value < 0 ? 'negative dimension' : 'dimension beyond 2^53'}, as no array has: save it again with np.savez`);
	}

	return dimension.value;
}

function countOf(shape: readonly number[], refuse: Refuse): number {
	const count = shape.includes(0) ? 0 : shape.reduce((product, dimension) => product * dimension, 1);
	if (shape.length > mostDimensions || !Number.isSafeInteger(count)) {
		throw refuse(`has ${shape.length > mostDimensions ? `${shape.length} dimensions` : 'a shape of more than 2^53 numbers'}, as no array has: save it again with np.savez`);
	}

	return count;
}
