/** Writes .npz files as numpy writes them, from arrays in C's order. */
import {type ZipOptions, writeZip} from './zip.js';

type Floats = Float32Array | Float64Array;
type Integers = Int8Array | Int16Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array | Uint32Array | BigUint64Array;
type Numbers = Floats | Integers;

export type TestArray = {
	readonly shape: readonly number[];
	/** In C's order; what kind of array it is says what is written, unless `type` does. */
	readonly values: Numbers;
	/** Letter and bytes of another type of the same width: `f2` for the bits of half floats in a Uint16Array, `b1` for a Uint8Array of 0 and 1. */
	readonly type?: string;
	readonly isFortran?: boolean;
	readonly isBigEndian?: boolean;
	readonly version?: 1 | 2 | 3;
};

/** An .npz file. */
export const writeNpz = (arrays: Readonly<Record<string, TestArray>>, {isCompressed = false, ...options}: ZipOptions & {readonly isCompressed?: boolean} = {}): Buffer =>
	writeZip(Object.entries(arrays).map(([name, array]) => ({name: `${name}.npy`, data: writeNpy(array), isCompressed})), options);

/** An .npy file. */
export function writeNpy({shape, values, type, isFortran = false, isBigEndian = false, version}: TestArray): Buffer {
	const ordered = isFortran ? inFortranOrder(values, shape) : values;
	const data = Buffer.from(ordered.buffer.slice(ordered.byteOffset, ordered.byteOffset + ordered.byteLength));
	if (isBigEndian) {
		reverseBytes(data, values.BYTES_PER_ELEMENT);
	}

	const order = values.BYTES_PER_ELEMENT === 1 ? '|' : (isBigEndian ? '>' : '<');
	const dimensions = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
	return npyOf(`{'descr': '${order}${type ?? typeOf(values)}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${dimensions}, }`, data, version);
}

/** An .npy file with this header, whatever it says, padded to a multiple of 64 bytes. */
export function npyOf(header: string, data: Uint8Array, version = 1): Buffer {
	const start = version === 1 ? 10 : 12;
	const text = Buffer.from(header, version === 3 ? 'utf8' : 'latin1');
	const padding = ' '.repeat(63 - ((start + text.length) % 64));
	const beginning = Buffer.alloc(start);
	beginning.write('\u0093NUMPY', 'latin1');
	beginning[6] = version;
	beginning.writeUIntLE(text.length + padding.length + 1, 8, start - 8);
	return Buffer.concat([beginning, text, Buffer.from(`${padding}\n`), data]);
}

function typeOf(values: Numbers): string {
	const letter = values instanceof Float32Array || values instanceof Float64Array ? 'f' : (values.constructor.name.includes('U') ? 'u' : 'i');
	return `${letter}${values.BYTES_PER_ELEMENT}`;
}

/** By the definition, index by index: the first one runs fastest. */
function inFortranOrder(values: Numbers, shape: readonly number[]): Numbers {
	const result = values.slice();
	for (let index = 0; index < values.length; index++) {
		let rest = index;
		const indices = shape.toReversed().map(dimension => {
			const at = rest % dimension;
			rest = Math.floor(rest / dimension);
			return at;
		}).toReversed();
		let [place, stride] = [0, 1];
		for (const [axis, at] of indices.entries()) {
			place += at * stride;
			stride *= shape[axis]!;
		}

		result[place] = values[index]!;
	}

	return result;
}

function reverseBytes(data: Buffer, width: number): void {
	for (let start = 0; start < data.length; start += width) {
		data.subarray(start, start + width).reverse();
	}
}
