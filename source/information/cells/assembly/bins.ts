/** 1.5 · 2^23: adding it to a small float32 leaves the nearest whole number, half to even, in the lowest bits. */
const rounding: f32 = 12_582_912;

/**
2/29 = coarse + fine, where k · coarse − 1 is exact in float32 for k ≤ 32. So k · coarse − 1 + k · fine is rounded once, to the float32
of edge k of numpy's linspace(-1, 1, 30); tests/information/cells.test.ts has every edge and its neighbours.
*/
const coarse: f32 = 0.068_965_435_028_076_17;
const fine: f32 = 8.221_330_460_855_825e-8;

/**
The cells of [ST17] (`linearBins` in ../../binning.ts), in the place of their `count` float32 values, a multiple of four: the edge nearest to
v is found first, and v lies in the cell above it or below.
*/
export function binCells(values: usize, count: i32): void {
	const end = values + <usize>count * 4;
	for (; values < end; values += 16) {
		const value = v128.load(values);
		const shifted = f32x4.add(f32x4.mul(f32x4.add(value, f32x4.splat(1)), f32x4.splat(14.5)), f32x4.splat(rounding));
		const nearest = f32x4.sub(shifted, f32x4.splat(rounding));
		const edge = f32x4.add(f32x4.sub(f32x4.mul(nearest, f32x4.splat(coarse)), f32x4.splat(1)), f32x4.mul(nearest, f32x4.splat(fine)));
		const number = i32x4.sub(shifted, i32x4.splat(reinterpret<i32>(rounding)));
		const cell = i32x4.add(number, f32x4.gt(edge, value));
		const isInside = v128.and(f32x4.ge(value, f32x4.splat(-1)), f32x4.lt(value, f32x4.splat(1)));
		v128.store(values, v128.bitselect(cell, i32x4.splat(29), isInside));
	}
}
