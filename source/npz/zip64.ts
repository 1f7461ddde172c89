/**
The fields of a zip header that are too small for a large file, made whole: each that is all ones stands instead in the zip64 extra
field (id 1), 8 bytes each, in this order (APPNOTE 4.5.3). `undefined` if one of them is not there, or beyond 2^53 and so beyond
every file.
*/
export function widen(fields: readonly number[], extra: Buffer): number[] | undefined {
	const wide = findExtra(extra, 1);
	let offset = 0;
	const whole: number[] = [];
	for (const field of fields) {
		if (field === 0xFF_FF_FF_FF) {
			if (!wide || offset + 8 > wide.length) {
				return undefined;
			}

			whole.push(Number(wide.readBigUInt64LE(offset)));
			offset += 8;
		} else {
			whole.push(field);
		}
	}

	return whole.every(value => Number.isSafeInteger(value)) ? whole : undefined;
}

/** The first extra field of this id. What follows a field that runs over the end is padding, as some writers leave it. */
function findExtra(extra: Buffer, id: number): Buffer | undefined {
	for (let offset = 0; offset + 4 <= extra.length;) {
		const end = offset + 4 + extra.readUInt16LE(offset + 2);
		if (extra.readUInt16LE(offset) === id) {
			return end <= extra.length ? extra.subarray(offset + 4, end) : undefined;
		}

		offset = end;
	}

	return undefined;
}
