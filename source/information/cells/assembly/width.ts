/**
floor(v / width) [S18] (`widthBins` in ../../binning.ts), in the place of the `count` float32 values, a multiple of four. Whether all of them fit
into 32 bits; the cells are of no use if not.
*/
export function widthCells(values: usize, count: i32, width: f32): bool {
	const end = values + <usize>count * 4;
	const divisor = f32x4.splat(width);
	const beyond = f32x4.splat(2_147_483_648);
	let areSmall = i32x4.splat(-1);
	for (; values < end; values += 16) {
		const cell = f32x4.floor(f32x4.div(v128.load(values), divisor));
		areSmall = v128.and(areSmall, v128.and(f32x4.ge(cell, f32x4.neg(beyond)), f32x4.lt(cell, beyond)));
		v128.store(values, i32x4.trunc_sat_f32x4_s(cell));
	}

	return i32x4.all_true(areSmall);
}
