import {packDeltas, packInputs} from './packing';
import {vectorBytes} from './panels';

/** Units whose deltas are gathered at a time: few enough to stay in the second cache while all inputs pass by. */
const groupUnits: usize = 128;

/** Inputs that are taken at a time. */
const groupInputs: usize = 4;

/** Units from which on it pays to gather those inputs too: in wide layers they lie far apart. */
const wideUnits: usize = 16;

/** Bytes of room for both, for `rows` samples and layers of at most so many units. */
export function packedDeltaBytes(widest: usize, rows: usize): usize {
	return (groupInputs + min(groupUnits, widest + 1)) * rows * 4;
}

/**
dW += xᵀδ and db += Σδ over the samples of all panels. `input` is panels × fanIn × 8, `delta` panels × units × 8; `weightGradients` fan-in
× units, row-major. Units are taken in pairs, whose deltas are gathered into `packed` (pairs × panels × 16) first.
*/
export function parameterGradients(
	weightGradients: usize,
	biasGradients: usize,
	input: usize,
	delta: usize,
	fanIn: usize,
	units: usize,
	panels: usize,
	packed: usize,
): void {
	const isWide = units >= wideUnits;
	const pairBytes = panels * 2 * vectorBytes;
	const packedDeltas = packed + panels * groupInputs * vectorBytes;
	for (let first: usize = 0; first < units; first += groupUnits) {
		const end = min(units, first + groupUnits);
		let pair = packedDeltas;
		for (let unit = first; unit < end; unit += 2) {
			const isPair = unit + 1 < units;
			packDeltas(pair, delta + unit * vectorBytes, units, panels, isPair);
			addFew(biasGradients + unit * 4, sumOfPacked(pair, panels), isPair);
			pair += pairBytes;
		}

		for (let source: usize = 0; source < fanIn; source += groupInputs) {
			const inputs = min(groupInputs, fanIn - source);
			const from = input + source * vectorBytes;
			const to = weightGradients + (source * units + first) * 4;
			if (isWide) {
				packInputs(packed, from, fanIn, inputs, panels);
				correlate(to, packed, inputs, packedDeltas, inputs, units, end - first, panels);
			} else {
				correlate(to, from, fanIn, packedDeltas, inputs, units, end - first, panels);
			}
		}
	}
}

/** Up to four inputs, of panels of `fanIn`, with all units of a group. */
function correlate(to: usize, input: usize, fanIn: usize, packed: usize, inputs: usize, units: usize, count: usize, panels: usize): void {
	for (let unit: usize = 0; unit < count; unit += 2) {
		const isPair = unit + 1 < count;
		if (inputs > 3) {
			correlateTile(to, input, packed, fanIn, units, panels, isPair, 4);
		} else if (inputs === 3) {
			correlateTile(to, input, packed, fanIn, units, panels, isPair, 3);
		} else if (inputs === 2) {
			correlateTile(to, input, packed, fanIn, units, panels, isPair, 2);
		} else {
			correlateTile(to, input, packed, fanIn, units, panels, isPair, 1);
		}

		to += 8;
		packed += panels * 2 * vectorBytes;
	}
}

/** In the first two lanes, the sum of each unit. */
function sumOfPacked(packed: usize, panels: usize): v128 {
	let a = f32x4.splat(0);
	let b = f32x4.splat(0);
	for (const end = packed + panels * 64; packed < end; packed += 64) {
		a = f32x4.add(a, f32x4.add(v128.load(packed), v128.load(packed, 16)));
		b = f32x4.add(b, f32x4.add(v128.load(packed, 32), v128.load(packed, 48)));
	}

	return sumPair(a, b);
}

/** [Σa, Σb, Σa, Σb]. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function sumPair(a: v128, b: v128): v128 {
	const halves = halfSums(a, b);
	return f32x4.add(halves, v128.shuffle<f32>(halves, halves, 2, 3, 2, 3));
}

/** [a0 + a2, b0 + b2, a1 + a3, b1 + b3]. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function halfSums(a: v128, b: v128): v128 {
	return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/** Adds the first lane, or the first two, to what is there. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function addFew(at: usize, sums: v128, isPair: bool): void {
	if (isPair) {
		v128.store64_lane(at, f32x4.add(v128.load64_zero(at), sums), 0);
	} else {
		store<f32>(at, load<f32>(at) + f32x4.extract_lane(sums, 0));
	}
}

/** The sums of two inputs, with two units each, added to what is there: those of the second `stride` bytes behind. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function addRows(at: usize, stride: usize, a0: v128, a1: v128, b0: v128, b1: v128, isPair: bool): void {
	const a = halfSums(a0, a1);
	const b = halfSums(b0, b1);
	const sums = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
	addFew(at, sums, isPair);
	addFew(at + stride, v128.shuffle<f32>(sums, sums, 2, 3, 2, 3), isPair);
}

/**
`count` inputs (known at compile time) times two units, summed over all samples in registers: first over the nearer four of each panel, then over
the others.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function correlateTile(to: usize, input: usize, packed: usize, fanIn: usize, units: usize, panels: usize, isPair: bool, count: i32): void {
	let a0 = f32x4.splat(0);
	let a1 = f32x4.splat(0);
	let b0 = f32x4.splat(0);
	let b1 = f32x4.splat(0);
	let c0 = f32x4.splat(0);
	let c1 = f32x4.splat(0);
	let d0 = f32x4.splat(0);
	let d1 = f32x4.splat(0);
	const step = fanIn * vectorBytes;
	const end = packed + panels * 64;
	for (let half: usize = 0; half < 32; half += 16) {
		let x = input + half;
		for (let delta = packed + half; delta < end; delta += 64) {
			const delta0 = v128.load(delta);
			const delta1 = v128.load(delta, 32);
			const a = v128.load(x);
			a0 = f32x4.add(a0, f32x4.mul(a, delta0));
			a1 = f32x4.add(a1, f32x4.mul(a, delta1));
			if (count > 1) {
				const b = v128.load(x, 32);
				b0 = f32x4.add(b0, f32x4.mul(b, delta0));
				b1 = f32x4.add(b1, f32x4.mul(b, delta1));
			}

			if (count > 2) {
				const c = v128.load(x, 64);
				c0 = f32x4.add(c0, f32x4.mul(c, delta0));
				c1 = f32x4.add(c1, f32x4.mul(c, delta1));
			}

			if (count > 3) {
				const d = v128.load(x, 96);
				d0 = f32x4.add(d0, f32x4.mul(d, delta0));
				d1 = f32x4.add(d1, f32x4.mul(d, delta1));
			}

			x += step;
		}
	}

	const stride = units * 4;
	if (count > 1) {
		addRows(to, stride, a0, a1, b0, b1, isPair);
	} else {
		addFew(to, sumPair(a0, a1), isPair);
	}

	if (count > 3) {
		addRows(to + 2 * stride, stride, c0, c1, d0, d1, isPair);
	} else if (count > 2) {
		addFew(to + 2 * stride, sumPair(c0, c1), isPair);
	}
}
