/** 1.5 · 2^52: adding it to a small float64 leaves the nearest whole number in the lowest bits. */
const rounding: f64 = 6_755_399_441_055_744;

/**
How many of the `edges` edges low + k · delta, float64, are ≤ v (`uniformCells` in ../../uniform.ts), in the place of the `count` float32
values, a multiple of four. The edge nearest to v is found first; v lies above it, below the next, or below it, above the one before. If
rounding leaves that untrue of any value, as it can where the range is but a few float32 numbers, false is returned, and the cells are of
no use.
*/
export function uniformCells(values: usize, count: i32, low: f64, delta: f64, edges: i32, perUnit: f64): bool {
	const end = values + <usize>count * 4;
	let areRight = i64x2.splat(-1);
	for (; values < end; values += 16) {
		const four = v128.load(values);
		let cells = i64x2.splat(0);
		for (let half = 0; half < 2; half++) {
			const value = f64x2.promote_low_f32x4(half === 0 ? four : v128.shuffle<i64>(four, four, 1, 1));
			const shifted = f64x2.add(f64x2.mul(f64x2.sub(value, f64x2.splat(low)), f64x2.splat(perUnit)), f64x2.splat(rounding));
			const nearest = f64x2.sub(shifted, f64x2.splat(rounding));
			const isAbove = f64x2.le(edgeAt(nearest, low, delta), value);
			const other = f64x2.add(nearest, v128.bitselect(f64x2.splat(1), f64x2.splat(-1), isAbove));
			areRight = v128.and(areRight, v128.xor(isAbove, f64x2.le(edgeAt(other, low, delta), value)));
			const cell = i64x2.sub(shifted, isAbove);
			cells = half === 0 ? cell : v128.shuffle<i32>(cells, cell, 0, 2, 4, 6);
		}

		v128.store(values, i32x4.min_s(cells, i32x4.splat(edges)));
	}

	return i64x2.all_true(areRight);
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function edgeAt(number: v128, low: f64, delta: f64): v128 {
	return f64x2.add(f64x2.splat(low), f64x2.mul(number, f64x2.splat(delta)));
}
