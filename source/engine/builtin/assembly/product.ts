import {vectorBytes} from './panels';

/** Units whose sums stay in registers, for eight samples each. */
const tileUnits: usize = 4;

/** Units whose weights are gathered at a time: whole lines of the cache, but no more than stay in the second one. */
const groupUnits: usize = 64;

/** Bytes of room for the gathered weights of layers with at most so many inputs or units. */
export function packedWeightBytes(widest: usize): usize {
	return min(groupUnits, widest + tileUnits - 1) * (widest + 1) * 4;
}

/**
z ← xW + b for every panel. `input` is panels × fanIn × 8, `output` panels × units × 8, `weights` fan-in × units row-major. The weights of a
tile are gathered into `packed` first (fan-in + 1 rows, the first of which are the biases): in wide layers they lie far apart.
*/
export function affine(output: usize, input: usize, weights: usize, biases: usize, fanIn: usize, units: usize, panels: usize, packed: usize): void {
	const stride = units * 4;
	for (let first: usize = 0; first < units; first += groupUnits) {
		const count = min(groupUnits, units - first);
		packRow(packed, biases + first * 4, count, fanIn);
		let to = packed;
		let from = weights + first * 4;
		for (let source: usize = 0; source < fanIn; source++) {
			to += tileUnits * 4;
			packRow(to, from, count, fanIn);
			from += stride;
		}

		to = packed;
		for (let unit: usize = 0; unit < count; unit += tileUnits) {
			multiply(output + (first + unit) * vectorBytes, input, to, fanIn, units, panels, count - unit);
			to += (fanIn + 1) * tileUnits * 4;
		}
	}
}

/** ∂loss/∂x ← δWᵀ for every panel: the same product, with the weights read along their rows. */
export function inputGradients(output: usize, delta: usize, weights: usize, fanIn: usize, units: usize, panels: usize, packed: usize): void {
	const stride = units * 4;
	for (let first: usize = 0; first < fanIn; first += tileUnits) {
		const count = min(tileUnits, fanIn - first);
		for (let each: usize = 0; each < count; each++) {
			let to = packed + each * 4;
			store<f32>(to, 0);
			const from = weights + (first + each) * stride;
			for (let unit: usize = 0; unit < stride; unit += 4) {
				to += tileUnits * 4;
				store<f32>(to, load<f32>(from + unit));
			}
		}

		multiply(output + first * vectorBytes, delta, packed, units, fanIn, panels, count);
	}
}

/** A row of weights to the tiles of a group, each `depth` + 1 rows of four. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function packRow(to: usize, from: usize, count: usize, depth: usize): void {
	const tileBytes = (depth + 1) * tileUnits * 4;
	for (; count >= tileUnits; count -= tileUnits) {
		v128.store(to, v128.load(from));
		to += tileBytes;
		from += tileUnits * 4;
	}

	for (let each: usize = 0; each < count; each++) {
		store<f32>(to + each * 4, load<f32>(from + each * 4));
	}
}

/** A tile: up to four units. */
function multiply(output: usize, input: usize, packed: usize, depth: usize, width: usize, panels: usize, count: usize): void {
	if (count > 3) {
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
	const last = packed + (depth + 1) * tileUnits * 4;
	for (let panel: usize = 0; panel < panels; panel++) {
		let a0 = v128.load32_splat(packed);
		let b0 = v128.load32_splat(packed, 4);
		let c0 = v128.load32_splat(packed, 8);
		let d0 = v128.load32_splat(packed, 12);
		let a1 = a0;
		let b1 = b0;
		let c1 = c0;
		let d1 = d0;
		for (let weights = packed + tileUnits * 4; weights < last; weights += tileUnits * 4) {
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
