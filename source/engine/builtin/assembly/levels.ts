/**
Quantised values [L22], as ../../quantisation.ts says it: ranges in float64, values float32 that take few levels. Rounding is that of the
TypeScript to the last bit, so that the same value becomes the same level.
*/
import {panelRows, vectorBytes} from './panels';

/** Bytes of levels: low, high and step in float64, then the least and the greatest float32 that is not clipped. */
export const levelBytes: usize = 32;

const rangeDecay = 0.999;

/** The levels of values from `least` to `greatest`: the range holds 0, and is moved so that 0 is a level. */
export function writeLevels(levels: usize, least: f64, greatest: f64, bits: i32): void {
	const low = min<f64>(least, 0);
	const high = max<f64>(greatest, 0);
	const most = <f64>((1 << bits) - 1);
	const step = (high - low) / most;
	// Not above 0: no extent, or no number.
	const isFlat = !(step > 0);
	const zero = min(most, max<f64>(0, Math.round(-low / step)));
	const first = isFlat ? 0 : -zero * step;
	const last = isFlat ? 0 : (most - zero) * step;
	store<f64>(levels, first);
	store<f64>(levels, last, 8);
	store<f64>(levels, isFlat ? 0 : step, 16);
	store<f32>(levels, notBelow(first), 24);
	store<f32>(levels, -notBelow(-last), 28);
}

/** The least float32 that is not below. */
function notBelow(value: f64): f32 {
	const near = <f32>value;
	if (!(<f64>near < value)) {
		return near;
	}

	const bits = reinterpret<i32>(near);
	return near === 0 ? reinterpret<f32>(1) : reinterpret<f32>(near > 0 ? bits + 1 : bits - 1);
}

/** Moves the range at `range`, two float64, a step towards that at `batch`. */
export function moveRange(range: usize, batch: usize): void {
	const kept = f64x2.mul(f64x2.splat(rangeDecay), v128.load(range));
	v128.store(range, f64x2.add(kept, f64x2.mul(f64x2.splat(1 - rangeDecay), v128.load(batch))));
}

/** Writes the least and the greatest of so many float32, filled up with zeros to whole vectors, as two float64. */
export function rangeOfArray(values: usize, bytes: usize, range: usize): void {
	let least = f32x4.splat(Infinity);
	let greatest = f32x4.splat(-Infinity);
	for (const end = values + bytes; values < end; values += 16) {
		const value = v128.load(values);
		least = f32x4.min(least, value);
		greatest = f32x4.max(greatest, value);
	}

	writeRange(range, least, greatest);
}

/** The same of the first `rows` samples of all units, panels × units × 8. */
export function rangeOfPanels(values: usize, units: usize, rows: usize, range: usize): void {
	let least = f32x4.splat(Infinity);
	let greatest = f32x4.splat(-Infinity);
	const whole = values + rows / panelRows * units * vectorBytes;
	for (; values < whole; values += 16) {
		const value = v128.load(values);
		least = f32x4.min(least, value);
		greatest = f32x4.max(greatest, value);
	}

	const rest = <i32>(rows % panelRows);
	if (rest > 0) {
		const near = i32x4.gt_s(i32x4.splat(rest), i32x4(0, 1, 2, 3));
		const far = i32x4.gt_s(i32x4.splat(rest), i32x4(4, 5, 6, 7));
		for (const end = values + units * vectorBytes; values < end; values += vectorBytes) {
			const a = v128.load(values);
			const b = v128.load(values, 16);
			least = f32x4.min(least, v128.bitselect(a, least, near));
			greatest = f32x4.max(greatest, v128.bitselect(a, greatest, near));
			least = f32x4.min(least, v128.bitselect(b, least, far));
			greatest = f32x4.max(greatest, v128.bitselect(b, greatest, far));
		}
	}

	writeRange(range, least, greatest);
}

function writeRange(range: usize, least: v128, greatest: v128): void {
	const low = min(min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)), min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)));
	const high = max(max(f32x4.extract_lane(greatest, 0), f32x4.extract_lane(greatest, 1)), max(f32x4.extract_lane(greatest, 2), f32x4.extract_lane(greatest, 3)));
	store<f64>(range, low);
	store<f64>(range, high, 8);
}

/** `to` ← the level nearest to each value, halves up, `bytes` of float32. Two at a time, for the levels are computed in float64. */
export function quantise(to: usize, from: usize, bytes: usize, levels: usize): void {
	const low = v128.load64_splat(levels);
	const high = v128.load64_splat(levels, 8);
	const step = v128.load64_splat(levels, 16);
	const end = from + bytes;
	if (load<f64>(levels, 16) === 0) {
		// Not a plain 0: NaN stays.
		for (; from < end; from += 16, to += 16) {
			v128.store(to, f32x4.mul(v128.load(from), f32x4.splat(0)));
		}

		return;
	}

	for (; from < end; from += 16, to += 16) {
		const values = v128.load(from);
		const a = nearestLevels(f64x2.promote_low_f32x4(values), low, high, step);
		const b = nearestLevels(f64x2.promote_low_f32x4(v128.shuffle<f32>(values, values, 2, 3, 2, 3)), low, high, step);
		v128.store(to, v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5));
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function nearestLevels(values: v128, low: v128, high: v128, step: v128): v128 {
	const within = f64x2.pmin(f64x2.pmax(values, low), high);
	const number = f64x2.floor(f64x2.add(f64x2.div(f64x2.sub(within, low), step), f64x2.splat(0.5)));
	return f64x2.add(f64x2.mul(number, step), low);
}

/** The gradient is 0 where the value was clipped. */
export function maskClipped(gradient: usize, values: usize, bytes: usize, levels: usize): void {
	const least = v128.load32_splat(levels, 24);
	const greatest = v128.load32_splat(levels, 28);
	for (const end = gradient + bytes; gradient < end; gradient += 16, values += 16) {
		const value = v128.load(values);
		const isClipped = v128.or(f32x4.lt(value, least), f32x4.gt(value, greatest));
		v128.store(gradient, v128.andnot(v128.load(gradient), isClipped));
	}
}
