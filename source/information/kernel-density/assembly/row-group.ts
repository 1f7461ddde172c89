import {accumulate, columnBytes, restOffset} from './columns';
import {factorOffset, limitOffset, lowerKernel} from './power';

/**
Units whose squares are summed before they are added to the distance, so that rounding does not add up over many units, and it is looked
whether the pair of groups is too far apart already to go on.
*/
const stride: usize = 4;

/**
Sums both kernels over the pairs of one group of four rows with the groups of columns whose numbers, int32, lie from `list` to `listEnd`. A
group lies unit by unit, four float32 a unit. The sums of the rows are added to the float64 at `sums`; where the pair counts for its columns
also (Mirror), theirs are added to the float32 at `scratch`, `columnBytes` a group. Weighted: also the sums of weight · kernel, to the part,
and those without weights to the rest.
*/
export function sumRowGroup<Mirror, Weighted, Upper>(
	row: usize,
	columns: usize,
	list: usize,
	listEnd: usize,
	units: usize,
	constants: usize,
	sums: usize,
	scratches: usize,
	rowWeights: usize,
	columnWeights: usize,
): void {
	let upper = f32x4.splat(0);
	let lower = f32x4.splat(0);
	let weightedUpper = f32x4.splat(0);
	let weightedLower = f32x4.splat(0);
	const rounding = v128.load(constants);
	const c5 = v128.load(constants, 16);
	const c4 = v128.load(constants, 32);
	const c3 = v128.load(constants, 48);
	const c2 = v128.load(constants, 64);
	const c1 = v128.load(constants, 80);
	const c0 = v128.load(constants, 96);
	const limit = v128.load(constants, limitOffset);
	const factor = v128.load(constants, factorOffset);
	const bytes = units * 16;
	for (; list < listEnd; list += 4) {
		const number = <usize>load<i32>(list);
		let column = columns + number * bytes;
		let distance0 = f32x4.splat(0);
		let distance1 = f32x4.splat(0);
		let distance2 = f32x4.splat(0);
		let distance3 = f32x4.splat(0);
		const next = column + bytes;
		let unit = row;
		let isNear = true;
		while (isNear && column < next) {
			let values = v128.load(unit);
			let part0 = square(f32x4.sub(v128.load32_splat(column), values));
			let part1 = square(f32x4.sub(v128.load32_splat(column, 4), values));
			let part2 = square(f32x4.sub(v128.load32_splat(column, 8), values));
			let part3 = square(f32x4.sub(v128.load32_splat(column, 12), values));
			const left = next - column;
			if (left > 16) {
				values = v128.load(unit, 16);
				part0 = f32x4.add(part0, square(f32x4.sub(v128.load32_splat(column, 16), values)));
				part1 = f32x4.add(part1, square(f32x4.sub(v128.load32_splat(column, 20), values)));
				part2 = f32x4.add(part2, square(f32x4.sub(v128.load32_splat(column, 24), values)));
				part3 = f32x4.add(part3, square(f32x4.sub(v128.load32_splat(column, 28), values)));
			}

			if (left > 32) {
				values = v128.load(unit, 32);
				part0 = f32x4.add(part0, square(f32x4.sub(v128.load32_splat(column, 32), values)));
				part1 = f32x4.add(part1, square(f32x4.sub(v128.load32_splat(column, 36), values)));
				part2 = f32x4.add(part2, square(f32x4.sub(v128.load32_splat(column, 40), values)));
				part3 = f32x4.add(part3, square(f32x4.sub(v128.load32_splat(column, 44), values)));
			}

			if (left > 48) {
				values = v128.load(unit, 48);
				part0 = f32x4.add(part0, square(f32x4.sub(v128.load32_splat(column, 48), values)));
				part1 = f32x4.add(part1, square(f32x4.sub(v128.load32_splat(column, 52), values)));
				part2 = f32x4.add(part2, square(f32x4.sub(v128.load32_splat(column, 56), values)));
				part3 = f32x4.add(part3, square(f32x4.sub(v128.load32_splat(column, 60), values)));
			}

			if (unit === row) {
				distance0 = part0;
				distance1 = part1;
				distance2 = part2;
				distance3 = part3;
			} else {
				distance0 = f32x4.add(distance0, part0);
				distance1 = f32x4.add(distance1, part1);
				distance2 = f32x4.add(distance2, part2);
				distance3 = f32x4.add(distance3, part3);
			}

			column += 64;
			unit += 64;
			const nearest = f32x4.pmin(f32x4.pmin(distance0, distance1), f32x4.pmin(distance2, distance3));
			isNear = v128.any_true(f32x4.lt(nearest, limit)) as boolean;
		}

		if (!isNear) {
			continue;
		}

		const l0 = lowerKernel(distance0, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
		const l1 = lowerKernel(distance1, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
		const l2 = lowerKernel(distance2, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
		const l3 = lowerKernel(distance3, limit, factor, rounding, c5, c4, c3, c2, c1, c0);
		const scratch = scratches + number * columnBytes;
		lower = f32x4.add(lower, sum(l0, l1, l2, l3));
		if (isInteger<Mirror>()) {
			v128.store(scratch, f32x4.add(v128.load(scratch, 16), sumLanes(l0, l1, l2, l3)), 16);
		}

		if (isInteger<Weighted>()) {
			const weights = columnWeights + number * 16;
			weightedLower = f32x4.add(weightedLower, weightedSum(l0, l1, l2, l3, weights));
			if (isInteger<Mirror>()) {
				const own = v128.load(rowWeights);
				const sums = sumLanes(f32x4.mul(l0, own), f32x4.mul(l1, own), f32x4.mul(l2, own), f32x4.mul(l3, own));
				v128.store(scratch, f32x4.add(v128.load(scratch, 48), sums), 48);
			}
		}

		if (isInteger<Upper>()) {
			const u0 = square(square(l0));
			const u1 = square(square(l1));
			const u2 = square(square(l2));
			const u3 = square(square(l3));
			upper = f32x4.add(upper, sum(u0, u1, u2, u3));
			if (isInteger<Mirror>()) {
				v128.store(scratch, f32x4.add(v128.load(scratch), sumLanes(u0, u1, u2, u3)));
			}

			if (isInteger<Weighted>()) {
				const weights = columnWeights + number * 16;
				weightedUpper = f32x4.add(weightedUpper, weightedSum(u0, u1, u2, u3, weights));
				if (isInteger<Mirror>()) {
					const own = v128.load(rowWeights);
					const sums = sumLanes(f32x4.mul(u0, own), f32x4.mul(u1, own), f32x4.mul(u2, own), f32x4.mul(u3, own));
					v128.store(scratch, f32x4.add(v128.load(scratch, 32), sums), 32);
				}
			}
		}
	}

	const plain = isInteger<Weighted>() ? sums + restOffset : sums;
	if (isInteger<Upper>()) {
		accumulate(plain, upper);
	}

	accumulate(plain + 32, lower);
	if (isInteger<Weighted>()) {
		if (isInteger<Upper>()) {
			accumulate(sums, weightedUpper);
		}

		accumulate(sums + 32, weightedLower);
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function square(a: v128): v128 {
	return f32x4.mul(a, a);
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sum(a: v128, b: v128, c: v128, d: v128): v128 {
	return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function weightedSum(a: v128, b: v128, c: v128, d: v128, weights: usize): v128 {
	return sum(
		f32x4.mul(a, v128.load32_splat(weights)),
		f32x4.mul(b, v128.load32_splat(weights, 4)),
		f32x4.mul(c, v128.load32_splat(weights, 8)),
		f32x4.mul(d, v128.load32_splat(weights, 12)),
	);
}

/** The sum of the lanes of each of the four. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
	const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
	const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
	return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
