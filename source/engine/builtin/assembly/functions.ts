/**
The exponential and its kin, four float32 at a time. All rest on 2^f − 1 for |f| ≤ ½, so that what is near 0 keeps its relative
precision. NaN passes through all of them: it is multiplied, never only added to as an integer.
*/

/**
1.5 · 2^23 + 127: adding it to a small float32 leaves the nearest whole number n in the lowest bits as n + 127, which shifted by 23 are
the float32 2^n.
*/
const rounding: f32 = 12_582_912 + 127;

const log2e: f32 = 1.442_695_040_888_963_4;

/** Beyond these the exponential leaves the normal float32. */
const largestExponent: f32 = 88.37;
const leastExponent: f32 = -87.33;

/**
2^f − 1 = f · q(f) on |f| ≤ ½, relative error 1.2e-8 before rounding: least squares made minimax (Lawson) on Chebyshev nodes, the first
coefficient held at the float32 nearest to ln 2.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function powerMinusOne(f: v128): v128 {
	let q = f32x4.splat(0.000_153_983_892_063_894_93);
	q = f32x4.add(f32x4.mul(q, f), f32x4.splat(0.001_338_780_775_500_818_6));
	q = f32x4.add(f32x4.mul(q, f), f32x4.splat(0.009_618_248_470_041_982));
	q = f32x4.add(f32x4.mul(q, f), f32x4.splat(0.055_503_664_826_809_73));
	q = f32x4.add(f32x4.mul(q, f), f32x4.splat(0.240_226_498_007_270_1));
	q = f32x4.add(f32x4.mul(q, f), f32x4.splat(0.693_147_182_464_599_6));
	return f32x4.mul(q, f);
}

/**
Tanh(x) = ±E / (E + 2) with E = e^2|x| − 1, up to |x| = 9.35, beyond which both float32 are 1. With 2|x| · log2(e) = n + f, E is
(2^n − 1) + 2^n · (2^f − 1). Relative error at most 2.5e-7 and 2e-8 on average, never beyond ±1, and −0 stays.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function tanh(x: v128): v128 {
	const sign = f32x4.splat(-0.0);
	const exponent = f32x4.pmin(f32x4.mul(v128.andnot(x, sign), f32x4.splat(2 * log2e)), f32x4.splat(27));
	const shifted = f32x4.add(exponent, f32x4.splat(rounding));
	const f = f32x4.sub(exponent, f32x4.sub(shifted, f32x4.splat(rounding)));
	const scale = i32x4.shl(shifted, 23);
	const e = f32x4.add(f32x4.sub(scale, f32x4.splat(1)), f32x4.mul(scale, powerMinusOne(f)));
	return v128.or(f32x4.div(e, f32x4.add(e, f32x4.splat(2))), v128.and(x, sign));
}

/**
E^x: 0 below −87.33, where float32 would become denormal, and no more than 2.4e38 above 88.37. x is taken apart into n · ln 2 and a rest,
ln 2 in two parts (Cody & Waite), so that the relative error stays below 2e-7 for any x.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function exp(x: v128): v128 {
	const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(largestExponent)), f32x4.splat(leastExponent));
	const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(log2e)), f32x4.splat(rounding));
	const n = f32x4.sub(shifted, f32x4.splat(rounding));
	const rest = f32x4.sub(f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693_359_375))), f32x4.mul(n, f32x4.splat(-2.121_944_4e-4)));
	const scale = i32x4.shl(shifted, 23);
	const power = f32x4.add(scale, f32x4.mul(scale, powerMinusOne(f32x4.mul(rest, f32x4.splat(log2e)))));
	return v128.andnot(power, f32x4.lt(x, f32x4.splat(leastExponent)));
}

/** Ln((1 + s) / (1 − s)) = 2 artanh(s) for |s| ≤ ⅓: an odd polynomial, relative error 5e-9 before rounding, fitted as above. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function logOfRatio(s: v128): v128 {
	const w = f32x4.mul(s, s);
	let r = f32x4.splat(0.140_093_861_271_671_3);
	r = f32x4.add(f32x4.mul(r, w), f32x4.splat(0.140_002_684_026_872_35));
	r = f32x4.add(f32x4.mul(r, w), f32x4.splat(0.200_107_986_730_415_05));
	r = f32x4.add(f32x4.mul(r, w), f32x4.splat(0.333_332_076_073_359_9));
	const twice = f32x4.add(s, s);
	return f32x4.add(twice, f32x4.mul(twice, f32x4.mul(w, r)));
}

/** Ln(1 + u) for 0 ≤ u ≤ 1. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function logOnePlus(u: v128): v128 {
	return logOfRatio(f32x4.div(u, f32x4.add(u, f32x4.splat(2))));
}

/** Ln(p) for normal p > 0: p = m · 2^n with m within √½ … √2. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function log(p: v128): v128 {
	const exponent = i32x4.shr_s(i32x4.sub(p, i32x4.splat(0x3f3504f3)), 23);
	const m = i32x4.sub(p, i32x4.shl(exponent, 23));
	const one = f32x4.splat(1);
	const logarithm = logOfRatio(f32x4.div(f32x4.sub(m, one), f32x4.add(m, one)));
	const n = f32x4.convert_i32x4_s(exponent);
	// p − p is 0, or NaN where p is not finite.
	return f32x4.add(f32x4.add(logarithm, f32x4.mul(n, f32x4.splat(0.693_147_180_559_945_3))), f32x4.sub(p, p));
}
