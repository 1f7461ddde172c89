import {vectorBytes} from './panels';

/** Units whose deltas are gathered at a time: few enough to stay in the nearest cache while all inputs pass by. */
const groupUnits: usize = 32;

/** Bytes of room for them, for `rows` samples. */
export function packedDeltaBytes(rows: usize): usize {
	return groupUnits * rows * 4;
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
	const pairBytes = panels * 2 * vectorBytes;
	for (let first: usize = 0; first < units; first += groupUnits) {
		const end = min(units, first + groupUnits);
		let pair = packed;
		for (let unit = first; unit < end; unit += 2) {
			const isPair = unit + 1 < units;
			packDeltas(pair, delta + unit * vectorBytes, units, panels, isPair);
			addFew(biasGradients + unit * 4, sumOfPacked(pair, panels), isPair);
			pair += pairBytes;
		}

		for (let source: usize = 0; source < fanIn; source += 4) {
			correlate(weightGradients + (source * units + first) * 4, input + source * vectorBytes, packed, fanIn, units, end - first, panels, fanIn - source);
		}
	}
}

/** Up to four inputs with all units of a group. */
function correlate(to: usize, input: usize, packed: usize, fanIn: usize, units: usize, count: usize, panels: usize, inputs: usize): void {
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

function packDeltas(packed: usize, delta: usize, units: usize, panels: usize, isPair: bool): void {
	const zero = f32x4.splat(0);
	for (let panel: usize = 0; panel < panels; panel++) {
		v128.store(packed, v128.load(delta));
		v128.store(packed, v128.load(delta, 16), 16);
		v128.store(packed, isPair ? v128.load(delta, 32) : zero, 32);
		v128.store(packed, isPair ? v128.load(delta, 48) : zero, 48);
		packed += 64;
		delta += units * vectorBytes;
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
	const halves = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
	return f32x4.add(halves, v128.shuffle<f32>(halves, halves, 2, 3, 2, 3));
}

/** Adds the first lane, or the first two, to what is there. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function addFew(at: usize, sums: v128, isPair: bool): void {
	store<f32>(at, load<f32>(at) + f32x4.extract_lane(sums, 0));
	if (isPair) {
		store<f32>(at, load<f32>(at, 4) + f32x4.extract_lane(sums, 1), 4);
	}
}

/** `count` inputs (known at compile time) times two units, summed over all samples in registers. */
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
	for (const end = packed + panels * 64; packed < end; packed += 64) {
		for (let half: usize = 0; half < 32; half += 16) {
			const delta0 = v128.load(packed + half);
			const delta1 = v128.load(packed + half, 32);
			const a = v128.load(input + half);
			a0 = f32x4.add(a0, f32x4.mul(a, delta0));
			a1 = f32x4.add(a1, f32x4.mul(a, delta1));
			if (count > 1) {
				const b = v128.load(input + half, 32);
				b0 = f32x4.add(b0, f32x4.mul(b, delta0));
				b1 = f32x4.add(b1, f32x4.mul(b, delta1));
			}

			if (count > 2) {
				const c = v128.load(input + half, 64);
				c0 = f32x4.add(c0, f32x4.mul(c, delta0));
				c1 = f32x4.add(c1, f32x4.mul(c, delta1));
			}

			if (count > 3) {
				const d = v128.load(input + half, 96);
				d0 = f32x4.add(d0, f32x4.mul(d, delta0));
				d1 = f32x4.add(d1, f32x4.mul(d, delta1));
			}
		}

		input += step;
	}

	const stride = units * 4;
	addFew(to, sumPair(a0, a1), isPair);
	if (count > 1) {
		addFew(to + stride, sumPair(b0, b1), isPair);
	}

	if (count > 2) {
		addFew(to + 2 * stride, sumPair(c0, c1), isPair);
	}

	if (count > 3) {
		addFew(to + 3 * stride, sumPair(d0, d1), isPair);
	}
}
