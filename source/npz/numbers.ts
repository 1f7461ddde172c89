import os from 'node:os';
import {type Dtype} from './dtype.js';
import {type Refuse} from './refusal.js';

const isLittleHere = os.endianness() === 'LE';

/**
The numbers in `data`, in its order. Floats keep their precision (a float16 becomes the float32 of the same value), so that an
estimator divides as the papers' code would have; integers and bool become float64. Floats in this machine's byte order are not
copied: the array is a view of `data`, which is not to be used afterwards. Throws for an integer that a double cannot hold.
*/
export function decodeNumbers(data: Buffer, dtype: Dtype, refuse: Refuse): Float32Array | Float64Array {
	const aligned = data.byteOffset % dtype.bytes === 0 ? data : Buffer.from(new Uint8Array(data).buffer);
	if (dtype.isLittle !== isLittleHere) {
		swapBytes(aligned, dtype.bytes);
	}

	return dtype.form === 'float' ? floats(aligned, dtype.bytes) : integers(aligned, dtype, refuse);
}

function swapBytes(data: Buffer, width: Dtype['bytes']): void {
	switch (width) {
		case 1: {
			break;
		}

		case 2: {
			data.swap16();
			break;
		}

		case 4: {
			data.swap32();
			break;
		}

		case 8: {
			data.swap64();
			break;
		}
	}
}

function floats({buffer, byteOffset, byteLength}: Uint8Array, width: Dtype['bytes']): Float32Array | Float64Array {
	if (width === 8) {
		return new Float64Array(buffer, byteOffset, byteLength / 8);
	}

	return width === 4 ? new Float32Array(buffer, byteOffset, byteLength / 4) : fromHalf(new Uint16Array(buffer, byteOffset, byteLength / 2));
}

/** What one step of the fraction is worth at each exponent; the lowest two share theirs, since numbers below 2^-14 have no leading 1. */
const halfUnits = Float64Array.from({length: 31}, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction; every value is a float32 too. */
function fromHalf(halves: Uint16Array): Float32Array {
	const values = new Float32Array(halves.length);
	for (let index = 0; index < halves.length; index++) {
		const half = halves[index]!;
		const exponent = (half >> 10) & 31;
		const fraction = half & 1023;
		const magnitude = exponent === 31
			? (fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN)
			: ((exponent === 0 ? 0 : 1024) + fraction) * halfUnits[exponent]!;
		values[index] = half >> 15 === 0 ? magnitude : -magnitude;
	}

	return values;
}

function integers(data: Buffer, {form, bytes}: Dtype, refuse: Refuse): Float64Array {
	if (bytes === 8) {
		return wideIntegers(data, form === 'signed', refuse);
	}

	const {buffer, byteOffset, byteLength} = data;
	const signedArrays = {1: Int8Array, 2: Int16Array, 4: Int32Array};
	const unsignedArrays = {1: Uint8Array, 2: Uint16Array, 4: Uint32Array};
	const NumberArray = (form === 'signed' ? signedArrays : unsignedArrays)[bytes];
	const values = new Float64Array(new NumberArray(buffer as ArrayBuffer, byteOffset, byteLength / bytes));
	if (form === 'bool' && values.some(value => value > 1)) {
		throw refuse('says it is bool but holds more than 0 and 1: save x.astype(np.int64)');
	}

	return values;
}

/** 64 bits in two halves, which is many times faster than through bigints; the high half says whether a double can hold it. */
function wideIntegers({buffer, byteOffset, byteLength}: Buffer, isSigned: boolean, refuse: Refuse): Float64Array {
	const values = new Float64Array(byteLength / 8);
	const lows = new Uint32Array(buffer, byteOffset, byteLength / 4);
	const highs = isSigned ? new Int32Array(buffer, byteOffset, byteLength / 4) : lows;
	const [low, high] = isLittleHere ? [0, 1] : [1, 0];
	for (let index = 0; index < values.length; index++) {
		const upper = highs[(2 * index) + high]!;
		if (upper >= 0x20_00_00 || upper < -0x20_00_00) {
			const value = (BigInt(upper) << 32n) + BigInt(lows[(2 * index) + low]!);
			throw refuse(`holds ${value}, and from 2^53 on ibtop cannot tell an integer from the next: save smaller integers, or x.astype(np.float64)`);
		}

		values[index] = (upper * 0x1_00_00_00_00) + lows[(2 * index) + low]!;
	}

	return values;
}
