import {
	exp, logOnePlus, tanh,
} from './functions';

/** The numbers that ../compiled.ts gives the activations. */
export const TANH: i32 = 0;
export const RELU: i32 = 1;
export const SIGMOID: i32 = 2;
export const LINEAR: i32 = 3;
export const SOFTPLUS: i32 = 4;
export const SOFTSIGN: i32 = 5;

/** Values ← φ(values), `bytes` of float32, a multiple of 32. */
export function activate(activation: i32, values: usize, bytes: usize): void {
	const end = values + bytes;
	const zero = f32x4.splat(0);
	const one = f32x4.splat(1);
	if (activation === TANH) {
		for (; values < end; values += 32) {
			v128.store(values, tanh(v128.load(values)));
			v128.store(values, tanh(v128.load(values, 16)), 16);
		}
	} else if (activation === RELU) {
		for (; values < end; values += 16) {
			v128.store(values, f32x4.pmax(v128.load(values), zero));
		}
	} else if (activation === SIGMOID) {
		for (; values < end; values += 16) {
			v128.store(values, f32x4.div(one, f32x4.add(one, exp(f32x4.neg(v128.load(values))))));
		}
	} else if (activation === SOFTPLUS) {
		for (; values < end; values += 16) {
			const z = v128.load(values);
			v128.store(values, f32x4.add(f32x4.pmax(z, zero), logOnePlus(exp(f32x4.neg(f32x4.abs(z))))));
		}
	} else if (activation === SOFTSIGN) {
		for (; values < end; values += 16) {
			const z = v128.load(values);
			v128.store(values, f32x4.div(z, f32x4.add(one, f32x4.abs(z))));
		}
	}
}

/** Delta ← delta · φ′, from the activations a = φ(z) alone. */
export function deactivate(activation: i32, delta: usize, values: usize, bytes: usize): void {
	const end = delta + bytes;
	const zero = f32x4.splat(0);
	const one = f32x4.splat(1);
	if (activation === TANH) {
		for (; delta < end; delta += 16, values += 16) {
			const a = v128.load(values);
			v128.store(delta, f32x4.mul(v128.load(delta), f32x4.sub(one, f32x4.mul(a, a))));
		}
	} else if (activation === RELU) {
		for (; delta < end; delta += 16, values += 16) {
			v128.store(delta, v128.andnot(v128.load(delta), f32x4.eq(v128.load(values), zero)));
		}
	} else if (activation === SIGMOID) {
		for (; delta < end; delta += 16, values += 16) {
			const a = v128.load(values);
			v128.store(delta, f32x4.mul(v128.load(delta), f32x4.mul(a, f32x4.sub(one, a))));
		}
	} else if (activation === SOFTPLUS) {
		// σ(z) = 1 − e^−a = 2t / (1 + t) with t = tanh(a / 2)
		for (; delta < end; delta += 16, values += 16) {
			const t = tanh(f32x4.mul(v128.load(values), f32x4.splat(0.5)));
			v128.store(delta, f32x4.mul(v128.load(delta), f32x4.div(f32x4.add(t, t), f32x4.add(one, t))));
		}
	} else if (activation === SOFTSIGN) {
		// 1 / (1 + |z|)² = (1 − |a|)²
		for (; delta < end; delta += 16, values += 16) {
			const slope = f32x4.sub(one, f32x4.abs(v128.load(values)));
			v128.store(delta, f32x4.mul(v128.load(delta), f32x4.mul(slope, slope)));
		}
	}
}
