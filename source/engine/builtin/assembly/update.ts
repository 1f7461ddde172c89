/** Below this a moment counts as 0: where a unit is dead it would decay into denormal numbers and stay there, which cost a hundred times as much. */
const least: f32 = 1e-37;

/**
Adam in place for `bytes` of parameters, a multiple of 16: m ← m + (1 − β1)(g − m), v ← v + (1 − β2)(g² − v), w ← w − size · m / (√(v ·
scale) + ε). Written with the complements of β, which float32 holds more exactly than β.
*/
export function adam(
	values: usize,
	gradients: usize,
	firstMoments: usize,
	secondMoments: usize,
	bytes: usize,
	complement1: f32,
	complement2: f32,
	epsilon: f32,
	size: f32,
	scale: f32,
): void {
	for (let at: usize = 0; at < bytes; at += 16) {
		const g = v128.load(gradients + at);
		let m = v128.load(firstMoments + at);
		let v = v128.load(secondMoments + at);
		m = f32x4.add(m, f32x4.mul(f32x4.splat(complement1), f32x4.sub(g, m)));
		v = f32x4.add(v, f32x4.mul(f32x4.splat(complement2), f32x4.sub(f32x4.mul(g, g), v)));
		m = v128.andnot(m, f32x4.lt(f32x4.abs(m), f32x4.splat(least)));
		v = v128.andnot(v, f32x4.lt(v, f32x4.splat(least)));
		v128.store(firstMoments + at, m);
		v128.store(secondMoments + at, v);
		const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, f32x4.splat(scale))), f32x4.splat(epsilon));
		const change = f32x4.div(f32x4.mul(f32x4.splat(size), m), root);
		v128.store(values + at, f32x4.sub(v128.load(values + at), change));
	}
}

/** Stochastic gradient descent with momentum in place: v ← momentum · v + g, w ← w − rate · v. */
export function momentum(values: usize, gradients: usize, velocities: usize, bytes: usize, momentum: f32, rate: f32): void {
	for (let at: usize = 0; at < bytes; at += 16) {
		let v = f32x4.add(f32x4.mul(f32x4.splat(momentum), v128.load(velocities + at)), v128.load(gradients + at));
		v = v128.andnot(v, f32x4.lt(f32x4.abs(v), f32x4.splat(least)));
		v128.store(velocities + at, v);
		v128.store(values + at, f32x4.sub(v128.load(values + at), f32x4.mul(f32x4.splat(rate), v)));
	}
}
