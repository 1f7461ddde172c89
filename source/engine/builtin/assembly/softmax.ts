import {exp, log} from './functions';
import {vectorBytes} from './panels';

/** Softmax over the units of each sample, in place, with the largest logit taken off first. `values` panels × units × 8. */
export function softmax(values: usize, units: usize, panels: usize): void {
	const bytes = units * vectorBytes;
	for (const last = values + panels * bytes; values < last; values += bytes) {
		for (let half: usize = 0; half < 32; half += 16) {
			const first = values + half;
			const end = first + bytes;
			let largest = v128.load(first);
			for (let at = first; at < end; at += vectorBytes) {
				largest = f32x4.pmax(largest, v128.load(at));
			}

			let sum = f32x4.splat(0);
			for (let at = first; at < end; at += vectorBytes) {
				const power = exp(f32x4.sub(v128.load(at), largest));
				v128.store(at, power);
				sum = f32x4.add(sum, power);
			}

			for (let at = first; at < end; at += vectorBytes) {
				v128.store(at, f32x4.div(v128.load(at), sum));
			}
		}
	}
}

/**
Delta ← ∂(mean cross-entropy)/∂logits = (softmax − target) / samples of the batch, and 0 for samples that only fill a panel, which counts
them out of all gradients.
*/
export function outputDelta(delta: usize, output: usize, targets: usize, units: usize, rows: usize, batchRows: f32): void {
	const divisor = f32x4.splat(batchRows);
	const bytes = units * vectorBytes;
	for (let first: usize = 0; first < rows; first += 8) {
		const near = laneMask(rows - first);
		const far = laneMask(rows - min(rows, first + 4));
		for (const end = delta + bytes; delta < end; delta += vectorBytes) {
			const near0 = f32x4.div(f32x4.sub(v128.load(output), v128.load(targets)), divisor);
			const far0 = f32x4.div(f32x4.sub(v128.load(output, 16), v128.load(targets, 16)), divisor);
			v128.store(delta, v128.and(near0, near));
			v128.store(delta, v128.and(far0, far), 16);
			output += vectorBytes;
			targets += vectorBytes;
		}
	}
}

/** All bits of the first `count` lanes. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function laneMask(count: usize): v128 {
	return i32x4.gt_s(i32x4.splat(<i32>min<usize>(count, 4)), i32x4(0, 1, 2, 3));
}

/**
−Σ target · ln(output) over all samples, in nats; a probability that float32 rounds to 0 counts as the smallest that it can hold. Samples
that only fill a panel have targets of 0.
*/
export function crossEntropy(output: usize, targets: usize, units: usize, panels: usize): f64 {
	const least = f32x4.splat(1e-38);
	const zero = f32x4.splat(0);
	const end = output + panels * units * vectorBytes;
	let sum = f64x2.splat(0);
	for (; output < end; output += 16, targets += 16) {
		const target = v128.load(targets);
		const logarithm = log(f32x4.pmax(v128.load(output), least));
		const part = v128.andnot(f32x4.mul(target, logarithm), f32x4.eq(target, zero));
		sum = f64x2.sub(sum, f64x2.promote_low_f32x4(part));
		sum = f64x2.sub(sum, f64x2.promote_low_f32x4(v128.shuffle<f32>(part, part, 2, 3, 2, 3)));
	}

	return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
