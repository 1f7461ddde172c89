/**
Welford's update, as ../../gradient-means.ts says it: takes the `gradients`, `bytes` of float32, a multiple of 16, into their `means`, float64.
Those of the first batch are the means. Returns by how much the sum of the squared differences from the mean has grown.
*/
export function addToMeans(means: usize, gradients: usize, bytes: usize, count: f64): f64 {
	const end = gradients + bytes;
	if (count === 1) {
		for (; gradients < end; gradients += 16, means += 32) {
			v128.store(means, lowHalf(gradients));
			v128.store(means, highHalf(gradients), 16);
		}

		return 0;
	}

	let low = f64x2.splat(0);
	let high = f64x2.splat(0);
	for (; gradients < end; gradients += 16, means += 32) {
		low = f64x2.add(low, addPair(means, lowHalf(gradients), count));
		high = f64x2.add(high, addPair(means + 16, highHalf(gradients), count));
	}

	const sum = f64x2.add(low, high);
	return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Two coordinates' part of that sum. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function addPair(means: usize, values: v128, count: f64): v128 {
	const before = v128.load(means);
	const difference = f64x2.sub(values, before);
	const mean = f64x2.add(before, f64x2.div(difference, f64x2.splat(count)));
	v128.store(means, mean);
	return f64x2.mul(difference, f64x2.sub(values, mean));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function lowHalf(at: usize): v128 {
	return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function highHalf(at: usize): v128 {
	return f64x2.promote_low_f32x4(v128.load64_zero(at, 8));
}
