import {dtypeName, parseDtype} from './dtype.js';
import {parseHeader} from './header.js';
import {type ArrayLimit} from './limits.js';
import {decodeNumbers} from './numbers.js';
import {showBytes, type Refuse} from './refusal.js';
import {toRowMajor} from './row-major.js';

/** The numbers of one array. */
export type NpyArray = {
	/** Empty for a single number; a dimension may be 0. */
	readonly shape: readonly number[];
	/** What was saved: float16 counts as float32, since each of its values is one; bool counts as integer, and both come as float64. */
	readonly kind: 'float32' | 'float64' | 'integer';
	/** In C's order, the last index running fastest, whatever order the file has; perhaps a view into a larger buffer. */
	readonly values: Float32Array | Float64Array;
};

/** Reads the bytes of an .npy file, which the values may go on using. Throws where there are too few or too many for the shape. */
export function parseNpy(data: Buffer, maximum: ArrayLimit, refuse: Refuse): NpyArray {
	const {type, isFortran, shape, count, end} = parseHeader(data, refuse);
	const dtype = parseDtype(type, refuse);
	const bytes = data.length - end;
	if (bytes !== count * dtype.bytes) {
		const [there, taken] = [bytes, count * dtype.bytes].map(number => number.toLocaleString('en-US'));
		throw refuse(`has ${there} bytes of numbers where its shape (${shape.join(' × ')}) of ${dtypeName(dtype)} takes ${taken}: save it again with np.savez`);
	}

	const decodedBytes = count * (dtype.form === 'float' ? Math.max(4, dtype.bytes) : 8);
	if (decodedBytes > maximum.bytes) {
		throw refuse(`takes ${showBytes(decodedBytes)} as numbers and ibtop reads at most ${showBytes(maximum.bytes)}: save fewer rows, or floats, since integers take 8 bytes each${maximum.remedy}`);
	}

	const values = decodeNumbers(data.subarray(end), dtype, refuse);
	return {
		shape,
		kind: dtype.form === 'float' ? (dtype.bytes === 8 ? 'float64' : 'float32') : 'integer',
		values: isFortran ? toRowMajor(values, shape) : values,
	};
}
