/** Whether none of the `count` float32 values, a multiple of four, is NaN or infinite: any number times 0 is 0, but those are not. */
export function areFinite(values: usize, count: i32): bool {
	const end = values + <usize>count * 4;
	const zero = f32x4.splat(0);
	let sum = zero;
	for (; values < end; values += 16) {
		sum = f32x4.add(sum, f32x4.mul(v128.load(values), zero));
	}

	return v128.any_true(f32x4.ne(sum, zero)) ? false : true;
}
