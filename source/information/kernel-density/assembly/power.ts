/**
The two kernels from one power of two, four pairs at a time. With D = ‖t_i − t_j‖² and variance v,

	lower = exp(−D / 8v) = 2^−x, x = D · log2(e) / 8v,   and   upper = exp(−D / 2v) = lower⁴.

All kernels are scaled, the lower by 2^8 and the upper by 2^32, so that the fourth power of the smallest, 2^−39, is still a normal
float32: denormal numbers cost a hundred times as much.
*/

/** Bytes of the constants, and where among them the two are that depend on the layer. */
export const constantBytes: usize = 9 * 16;
export const limitOffset: usize = 7 * 16;
export const factorOffset: usize = 8 * 16;

/**
Writes what `lowerKernel` takes: first 1.5 · 2^23, which added to a small float32 leaves the nearest whole number in the lowest bits, and 8
more for the scale; then, from the highest on, the coefficients of the polynomial of degree 5 for 2^x within ±½ of least relative error
(9.2e-8) among those that are exactly 1 at 0; then the limit and the factor. They are read from memory once a list of groups, since V8 would
otherwise make them anew for every pair of groups.
*/
export function writeConstants(address: usize, limit: f32, factor: f32): void {
	v128.store(address, f32x4.splat(12_582_912 + 8));
	v128.store(address, f32x4.splat(0.001_326_472_724_710_398), 16);
	v128.store(address, f32x4.splat(0.009_671_512_688_152_077), 32);
	v128.store(address, f32x4.splat(0.055_507_337_435_743_36), 48);
	v128.store(address, f32x4.splat(0.240_222_420_846_350_81), 64);
	v128.store(address, f32x4.splat(0.693_146_977_598_717_1), 80);
	v128.store(address, f32x4.splat(1), 96);
	v128.store(address, f32x4.splat(limit), limitOffset);
	v128.store(address, f32x4.splat(factor), factorOffset);
}

/** 2^(8 − x) for x = min(D, limit) · factor, factor < 0. x is split into a whole number, which goes into the exponent, and a rest within ±½.
The polynomial is taken in pairs of terms: one product more than Horner's rule, but half as many that wait for one another. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function lowerKernel(
	distance: v128,
	limit: v128,
	factor: v128,
	rounding: v128,
	c5: v128,
	c4: v128,
	c3: v128,
	c2: v128,
	c1: v128,
	c0: v128,
): v128 {
	const exponent = f32x4.mul(f32x4.pmin(limit, distance), factor);
	const shifted = f32x4.add(exponent, rounding);
	const rest = f32x4.sub(exponent, f32x4.sub(shifted, rounding));
	const square = f32x4.mul(rest, rest);
	const high = f32x4.add(f32x4.mul(c5, rest), c4);
	const middle = f32x4.add(f32x4.mul(c3, rest), c2);
	const low = f32x4.add(f32x4.mul(c1, rest), c0);
	const power = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, square), middle), square), low);
	return i32x4.add(power, i32x4.shl(shifted, 23));
}
