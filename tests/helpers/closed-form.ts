import {type LayerActivations} from '../../source/information/layer-activations.js';
import {patternRows} from './patterns.js';

/**
T = tanh(s (x − 0.5) W) with W_ij = (((7i + 3j + k) mod 11) − 5)/4, in float64, 4096 × units.

Sums that should vanish come out as ±1e-17, which `width` tells apart from 0. So the product is taken as numpy's BLAS takes it, term
by term with fused multiply-adds: the whole sum, a multiple of 2^-56, is exact before each rounding to float64.
*/
export function closedFormLayer(k: number, scale: number, units: number): LayerActivations {
	const unit = 2 ** 56;
	const half = BigInt(scale / 2 * (unit / 4));
	const values = patternRows.flatMap(bits => Array.from({length: units}, (_, column) => {
		let sum = 0n;
		for (const [bit, value] of bits.entries()) {
			const quarters = (((7 * bit) + (3 * column) + k) % 11) - 5;
			sum = BigInt(Number(sum + (half * BigInt(((2 * value) - 1) * quarters))));
		}

		return Math.tanh(Number(sum) / unit);
	}));
	return {rows: 4096, units, values: Float64Array.from(values)};
}
