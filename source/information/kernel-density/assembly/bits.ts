/** The bits, counted from `first`, of the numbers from `next` to `end` − 1 that are less than `first` + 32. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function between(next: usize, end: usize, first: usize): u32 {
	const below: u32 = end - first < 32 ? (<u32>1 << <u32>(end - first)) - 1 : <u32>-1;
	return next > first ? below & (<u32>-1 << <u32>(next - first)) : below;
}

/** Set bits are looked up for so many bits at a time. */
const byteBits: i32 = 8;

/** Bytes of what `append` looks up. */
export const setBitsBytes: usize = 256 * 8;

/** Writes, for each byte, the numbers of its set bits; behind them is whatever. */
export function writeSetBits(address: usize): void {
	for (let byte: u32 = 0; byte < 256; byte++) {
		let at = address + (<usize>byte << 3);
		for (let bit: u32 = 0; bit < <u32>byteBits; bit++) {
			store<u8>(at, <u8>bit);
			at += <usize>(byte >> bit & 1);
		}
	}
}

/** Bytes beyond the end of a list that `append` may write to. */
export const overhang: usize = 32;

/**
Appends to a list of groups those from `number` on whose bit is set among 16; `setBits`: what `writeSetBits` wrote. No step depends on which they
are, which could not be foretold.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function append(end: usize, number: i32, bits: u32, setBits: usize): usize {
	return appendByte(appendByte(end, number, bits & 0xFF, setBits), number + byteBits, bits >> byteBits, setBits);
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function appendByte(end: usize, number: i32, bits: u32, setBits: usize): usize {
	const first = i32x4.splat(number);
	const numbers = i16x8.extend_low_i8x16_u(v128.load64_zero(setBits + (<usize>bits << 3)));
	v128.store(end, i32x4.add(first, i32x4.extend_low_i16x8_u(numbers)));
	v128.store(end, i32x4.add(first, i32x4.extend_high_i16x8_u(numbers)), 16);
	return end + (<usize>popcnt(bits) << 2);
}
