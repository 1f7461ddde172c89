/**
round((v − low) · levels / range), half to even, each step rounded to float32 (`quantisedCells` in ../../quantised.ts), in the place of
the `count` float32 values, a multiple of four. Here the quotient is multiplied by the power of two, not the difference, which could
overflow: that is exact also, but for denormal quotients, whose cell is 0 either way.
*/
export function levelCells(values: usize, count: i32, low: f32, range: f32, levels: f32): void {
	const end = values + <usize>count * 4;
	for (; values < end; values += 16) {
		const quotient = f32x4.div(f32x4.sub(v128.load(values), f32x4.splat(low)), f32x4.splat(range));
		v128.store(values, i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(quotient, f32x4.splat(levels)))));
	}
}
