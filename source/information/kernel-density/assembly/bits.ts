/** The bits, counted from `first`, of the numbers from `next` to `end` − 1 that are less than `first` + 32. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function between(next: usize, end: usize, first: usize): u32 {
	const below: u32 = end - first < 32 ? (<u32>1 << <u32>(end - first)) - 1 : <u32>-1;
	return next > first ? below & (<u32>-1 << <u32>(next - first)) : below;
}

/** Appends to a list of groups those from `number` on whose bit is set. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function append(end: usize, number: i32, bits: u32): usize {
	for (; bits !== 0; bits &= bits - 1) {
		store<i32>(end, number + <i32>ctz(bits));
		end += 4;
	}

	return end;
}
