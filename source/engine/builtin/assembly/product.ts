import {vectorBytes} from './panels';

/**
z ← xW + b for every panel. `input` is panels × fanIn × 8, `output` panels × units × 8, `weights` fan-in × units row-major. Four units are
taken at a time, their weights gathered into `packed` (fan-in + 1 rows of four) first: in wide layers they lie far apart.
*/
export function affine(output: usize, input: usize, weights: usize, biases: usize, fanIn: usize, units: usize, panels: usize, packed: usize): void {
	const stride = units * 4;
	for (let unit: usize = 0; unit < units; unit += 4) {
		const count = min<usize>(4, units - unit);
		const end = weights + fanIn * stride;
		copyFew(packed, biases + unit * 4, count);
		let to = packed + 16;
		for (let from = weights + unit * 4; from < end; from += stride) {
			copyFew(to, from, count);
			to += 16;
		}

		multiply(output + unit * vectorBytes, input, packed, fanIn, units, panels, count);
	}
}

/** ∂loss/∂x ← δWᵀ for every panel: the same product, with the weights read along their rows. */
export function inputGradients(output: usize, delta: usize, weights: usize, fanIn: usize, units: usize, panels: usize, packed: usize): void {
	const stride = units * 4;
	for (let source: usize = 0; source < fanIn; source += 4) {
		const count = min<usize>(4, fanIn - source);
		v128.store(packed, f32x4.splat(0));
		const from = weights + source * stride;
		for (let unit: usize = 0; unit < stride; unit += 4) {
			const to = packed + 16 + unit * 4;
			for (let each: usize = 0; each < count; each++) {
				store<f32>(to + each * 4, load<f32>(from + unit + each * stride));
			}
		}

		multiply(output + source * vectorBytes, delta, packed, units, fanIn, panels, count);
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function copyFew(to: usize, from: usize, count: usize): void {
	if (count === 4) {
		v128.store(to, v128.load(from));
	} else {
		for (let each: usize = 0; each < count; each++) {
			store<f32>(to + each * 4, load<f32>(from + each * 4));
		}
	}
}

function multiply(output: usize, input: usize, packed: usize, depth: usize, width: usize, panels: usize, count: usize): void {
	if (count === 4) {
		multiplyTile(output, input, packed, depth, width, panels, 4);
	} else if (count === 3) {
		multiplyTile(output, input, packed, depth, width, panels, 3);
	} else if (count === 2) {
		multiplyTile(output, input, packed, depth, width, panels, 2);
	} else {
		multiplyTile(output, input, packed, depth, width, panels, 1);
	}
}

/**
`count` units (known at compile time) of each panel: their sums over `depth` inputs stay in registers, eight samples each. `packed` is the
start of the sums, then the weights, four to a row.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function multiplyTile(output: usize, input: usize, packed: usize, depth: usize, width: usize, panels: usize, count: i32): void {
	const last = packed + 16 + depth * 16;
	for (let panel: usize = 0; panel < panels; panel++) {
		let a0 = v128.load32_splat(packed);
		let b0 = v128.load32_splat(packed, 4);
		let c0 = v128.load32_splat(packed, 8);
		let d0 = v128.load32_splat(packed, 12);
		let a1 = a0;
		let b1 = b0;
		let c1 = c0;
		let d1 = d0;
		for (let weights = packed + 16; weights < last; weights += 16) {
			const x0 = v128.load(input);
			const x1 = v128.load(input, 16);
			const a = v128.load32_splat(weights);
			a0 = f32x4.add(a0, f32x4.mul(x0, a));
			a1 = f32x4.add(a1, f32x4.mul(x1, a));
			if (count > 1) {
				const b = v128.load32_splat(weights, 4);
				b0 = f32x4.add(b0, f32x4.mul(x0, b));
				b1 = f32x4.add(b1, f32x4.mul(x1, b));
			}

			if (count > 2) {
				const c = v128.load32_splat(weights, 8);
				c0 = f32x4.add(c0, f32x4.mul(x0, c));
				c1 = f32x4.add(c1, f32x4.mul(x1, c));
			}

			if (count > 3) {
				const d = v128.load32_splat(weights, 12);
				d0 = f32x4.add(d0, f32x4.mul(x0, d));
				d1 = f32x4.add(d1, f32x4.mul(x1, d));
			}

			input += vectorBytes;
		}

		v128.store(output, a0);
		v128.store(output, a1, 16);
		if (count > 1) {
			v128.store(output, b0, 32);
			v128.store(output, b1, 48);
		}

		if (count > 2) {
			v128.store(output, c0, 64);
			v128.store(output, c1, 80);
		}

		if (count > 3) {
			v128.store(output, d0, 96);
			v128.store(output, d1, 112);
		}

		output += width * vectorBytes;
	}
}
