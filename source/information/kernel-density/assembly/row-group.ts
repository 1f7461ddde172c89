import {lowerKernel} from './power';


/** Bytes of what is summed for one group of columns within a tile: upper and lower kernel, then both weighted, four float32 each. */
export const columnBytes: usize = 64;

/** Bytes between the sums of the part and the rest of a group of rows: upper and lower kernel, four float64 each. */
export const restOffset: usize = 64;

/**
Units whose squares are summed before they are added to the distance, so that rounding does not add up over many units, and it is looked
whether the pair of groups is too far apart already to go on.
*/
const stride: usize = 8;

/** For type parameters, which say at compile time what is left out: `isInteger<Yes>()` is true, `isInteger<No>()` is not. */
export type Yes = i32;
export type No = f32;

/**
Sums both kernels over the pairs of one group of four rows with the `count` groups of columns from `column`. A group lies unit by unit,
four float32 a unit. The sums of the rows are added to the float64 at `sums`; where the pair counts for its columns also (Mirror),
theirs are added to the float32 at `scratch`, `columnBytes` a group. Weighted: also the sums of weight · kernel, to the part, and those
without weights to the rest.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function sumRowGroup<Mirror, Weighted, Upper>(
	row: usize,
	column: usize,
	count: usize,
	units: usize,
	limit: v128,
	factor: v128,
	constants: usize,
	sums: usize,
	scratch: usize,
	rowWeights: usize,
	columnWeights: usize,
): void {
	let upper0 = f32x4.splat(0);
	let upper1 = f32x4.splat(0);
	let upper2 = f32x4.splat(0);
	let upper3 = f32x4.splat(0);
	let lower0 = f32x4.splat(0);
	let lower1 = f32x4.splat(0);
	let lower2 = f32x4.splat(0);
	let lower3 = f32x4.splat(0);
	let weightedUpper0 = f32x4.splat(0);
	let weightedUpper1 = f32x4.splat(0);
	let weightedUpper2 = f32x4.splat(0);
	let weightedUpper3 = f32x4.splat(0);
	let weightedLower0 = f32x4.splat(0);
	let weightedLower1 = f32x4.splat(0);
	let weightedLower2 = f32x4.splat(0);
	let weightedLower3 = f32x4.splat(0);
	let isAnyNear = false;
	const rounding = v128.load(constants);
	const c5 = v128.load(constants, 16);
	const c4 = v128.load(constants, 32);
	const c3 = v128.load(constants, 48);
	const c2 = v128.load(constants, 64);
	const c1 = v128.load(constants, 80);
	const c0 = v128.load(constants, 96);
	const end = column + count * units * 16;
	while (column < end) {
		let distance0 = f32x4.splat(0);
		let distance1 = f32x4.splat(0);
		let distance2 = f32x4.splat(0);
		let distance3 = f32x4.splat(0);
		const next = column + units * 16;
		let unit = row;
		let isNear = true;
		while (isNear && column < next) {
			const stop = min(column + stride * 16, next);
			let part0 = f32x4.splat(0);
			let part1 = f32x4.splat(0);
			let part2 = f32x4.splat(0);
			let part3 = f32x4.splat(0);
			while (column < stop) {
				const values = v128.load(column);
				const difference0 = f32x4.sub(v128.load32_splat(unit), values);
				const difference1 = f32x4.sub(v128.load32_splat(unit, 4), values);
				const difference2 = f32x4.sub(v128.load32_splat(unit, 8), values);
				const difference3 = f32x4.sub(v128.load32_splat(unit, 12), values);
				part0 = f32x4.add(part0, f32x4.mul(difference0, difference0));
				part1 = f32x4.add(part1, f32x4.mul(difference1, difference1));
				part2 = f32x4.add(part2, f32x4.mul(difference2, difference2));
				part3 = f32x4.add(part3, f32x4.mul(difference3, difference3));
				column += 16;
				unit += 16;
			}

			distance0 = f32x4.add(distance0, part0);
			distance1 = f32x4.add(distance1, part1);
			distance2 = f32x4.add(distance2, part2);
			distance3 = f32x4.add(distance3, part3);
			const nearest = f32x4.pmin(f32x4.pmin(distance0, distance1), f32x4.pmin(distance2, distance3));
			isNear = v128.any_true(f32x4.lt(nearest, limit)) as boolean;
		}

		column = next;
		if (isNear) {
			isAnyNear = true;
			const l0 = lowerKernel(distance0, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
			lower0 = f32x4.add(lower0, l0);
			const l1 = lowerKernel(distance1, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
			lower1 = f32x4.add(lower1, l1);
			const l2 = lowerKernel(distance2, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
			lower2 = f32x4.add(lower2, l2);
			const l3 = lowerKernel(distance3, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
			lower3 = f32x4.add(lower3, l3);
			let u0 = l0;
			let u1 = l1;
			let u2 = l2;
			let u3 = l3;
			if (isInteger<Upper>()) {
				u0 = f32x4.mul(l0, l0);
				u0 = f32x4.mul(u0, u0);
				upper0 = f32x4.add(upper0, u0);
				u1 = f32x4.mul(l1, l1);
				u1 = f32x4.mul(u1, u1);
				upper1 = f32x4.add(upper1, u1);
				u2 = f32x4.mul(l2, l2);
				u2 = f32x4.mul(u2, u2);
				upper2 = f32x4.add(upper2, u2);
				u3 = f32x4.mul(l3, l3);
				u3 = f32x4.mul(u3, u3);
				upper3 = f32x4.add(upper3, u3);
			}

			if (isInteger<Weighted>()) {
				const weights = v128.load(columnWeights);
				if (isInteger<Upper>()) {
					weightedUpper0 = f32x4.add(weightedUpper0, f32x4.mul(u0, weights));
					weightedUpper1 = f32x4.add(weightedUpper1, f32x4.mul(u1, weights));
					weightedUpper2 = f32x4.add(weightedUpper2, f32x4.mul(u2, weights));
					weightedUpper3 = f32x4.add(weightedUpper3, f32x4.mul(u3, weights));
				}

				weightedLower0 = f32x4.add(weightedLower0, f32x4.mul(l0, weights));
				weightedLower1 = f32x4.add(weightedLower1, f32x4.mul(l1, weights));
				weightedLower2 = f32x4.add(weightedLower2, f32x4.mul(l2, weights));
				weightedLower3 = f32x4.add(weightedLower3, f32x4.mul(l3, weights));
			}

			if (isInteger<Mirror>()) {
				if (isInteger<Upper>()) {
					v128.store(scratch, f32x4.add(v128.load(scratch), sum(u0, u1, u2, u3)));
				}

				v128.store(scratch, f32x4.add(v128.load(scratch, 16), sum(l0, l1, l2, l3)), 16);
				if (isInteger<Weighted>()) {
					const w0 = v128.load32_splat(rowWeights);
					const w1 = v128.load32_splat(rowWeights, 4);
					const w2 = v128.load32_splat(rowWeights, 8);
					const w3 = v128.load32_splat(rowWeights, 12);
					const l = sum(f32x4.mul(l0, w0), f32x4.mul(l1, w1), f32x4.mul(l2, w2), f32x4.mul(l3, w3));
					if (isInteger<Upper>()) {
						const u = sum(f32x4.mul(u0, w0), f32x4.mul(u1, w1), f32x4.mul(u2, w2), f32x4.mul(u3, w3));
						v128.store(scratch, f32x4.add(v128.load(scratch, 32), u), 32);
					}

					v128.store(scratch, f32x4.add(v128.load(scratch, 48), l), 48);
				}
			}
		}

		scratch += columnBytes;
		columnWeights += 16;
	}

	if (isAnyNear) {
		const plain = isInteger<Weighted>() ? sums + restOffset : sums;
		if (isInteger<Upper>()) {
			accumulate(plain, sumLanes(upper0, upper1, upper2, upper3));
		}

		accumulate(plain + 32, sumLanes(lower0, lower1, lower2, lower3));
		if (isInteger<Weighted>()) {
			if (isInteger<Upper>()) {
				accumulate(sums, sumLanes(weightedUpper0, weightedUpper1, weightedUpper2, weightedUpper3));
			}

			accumulate(sums + 32, sumLanes(weightedLower0, weightedLower1, weightedLower2, weightedLower3));
		}
	}
}

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

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sum(a: v128, b: v128, c: v128, d: v128): v128 {
	return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/** The sum of the lanes of each of the four. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
	const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
	const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
	return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Adds four float32 to the four float64 at `sums`. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function accumulate(sums: usize, values: v128): void {
	v128.store(sums, f64x2.add(v128.load(sums), f64x2.promote_low_f32x4(values)));
	const high = v128.shuffle<f32>(values, values, 2, 3, 2, 3);
	v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.promote_low_f32x4(high)), 16);
}
