/** Stores the least and the greatest of the `count` float32 values, a multiple of four, to `range`; NaN is neither. */
export function measureRange(values: usize, count: i32, range: usize): void {
	const end = values + <usize>count * 4;
	let low = f32x4.splat(Infinity);
	let high = f32x4.splat(-Infinity);
	for (; values < end; values += 16) {
		const value = v128.load(values);
		low = f32x4.pmin(low, value);
		high = f32x4.pmax(high, value);
	}

	store<f32>(range, min(min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)), min(f32x4.extract_lane(low, 2), f32x4.extract_lane(low, 3))));
	store<f32>(range, max(max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), max(f32x4.extract_lane(high, 2), f32x4.extract_lane(high, 3))), 4);
}
