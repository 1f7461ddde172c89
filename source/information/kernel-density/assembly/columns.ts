/** Bytes of what is summed for one group of columns within a tile: upper and lower kernel, then both weighted, four float32 each. */
export const columnBytes: usize = 64;

/** Bytes between the sums of the part and the rest of a group of rows: upper and lower kernel, four float64 each. */
export const restOffset: usize = 64;

/** For type parameters, which say at compile time what is left out: `isInteger<Yes>()` is true, `isInteger<No>()` is not. */
export type Yes = i32;
export type No = f32;

/** Adds the sums of `count` groups of columns to their float64 sums, and clears them. */
export function foldColumns<Weighted>(scratch: usize, count: usize, sums: usize): void {
	const zero = f32x4.splat(0);
	const end = scratch + count * columnBytes;
	while (scratch < end) {
		const plain = isInteger<Weighted>() ? sums + restOffset : sums;
		accumulate(plain, v128.load(scratch));
		accumulate(plain + 32, v128.load(scratch, 16));
		v128.store(scratch, zero);
		v128.store(scratch, zero, 16);
		if (isInteger<Weighted>()) {
			accumulate(sums, v128.load(scratch, 32));
			accumulate(sums + 32, v128.load(scratch, 48));
			v128.store(scratch, zero, 32);
			v128.store(scratch, zero, 48);
		}

		scratch += columnBytes;
		sums += 2 * restOffset;
	}
}

/** Adds four float32 to the four float64 at `sums`. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function accumulate(sums: usize, values: v128): void {
	v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
	const high = v128.shuffle<f32>(values, values, 2, 3, 2, 3);
	v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}
