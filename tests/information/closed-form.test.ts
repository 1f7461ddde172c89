import {describe, expect, it} from 'vitest';
import {patternRows} from '../helpers/patterns.js';
import {deterministicLabels} from '../../source/dataset/symmetric-rule.js';
import {parseEstimator} from '../../source/information/registry.js';

/**
T = tanh(s (x − 0.5) W) with W_ij = (((7i + 3j + k) mod 11) − 5)/4, in float64, 4096 × units.

Sums that should vanish come out as ±1e-17, which `width` tells apart from 0. So the product is taken as numpy's BLAS takes it, term
by term with fused multiply-adds: the whole sum, a multiple of 2^-56, is exact before each rounding to float64.
*/
function closedFormLayer(k: number, scale: number, units: number) {
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

const target = {classes: 2, labels: deterministicLabels()};
const layerA = closedFormLayer(1, 0.6, 3);
const layerC = closedFormLayer(3, 1.5, 2);

// Expected: numpy, H(T) − Σ p(y) H(T|y) by np.unique(codes, axis=0, return_counts=True), codes = np.digitize(T, np.linspace(-1, 1, 30)) − 1
// with −1 taken as 29, or np.floor(T / w), and T = np.tanh((s * (X - 0.5)) @ W); the values of science.md section 4. The I(T;Y) of
// C under bins is 0.221134548 there too, once the code is run: the table's 0.221134528 is a slip of one digit.
describe.each([
	['A', layerA, 'bins', 8.877_614_855, 0.690_936_804],
	['A', layerA, 'width:0.07', 8.971_470_78, 0.684_680_146],
	['A', layerA, 'width:0.5', 5.730_476_363, 0.030_378_768],
	['C', layerC, 'bins', 6.123_603_956, 0.221_134_548],
	['C', layerC, 'width:0.07', 6.959_547_105, 0.279_345_978],
	['C', layerC, 'width:0.5', 3.305_738_785, 0.018_870_725],
] as const)('the closed-form layer %s', (_, layer, id, x, y) => {
	it(`holds, under ${id}, ${x} bits of the input and ${y} bits of the label`, () => {
		const information = parseEstimator(id).estimate(layer, target);
		expect(Math.abs(information.x - x)).toBeLessThan(1e-9);
		expect(Math.abs(information.y - y)).toBeLessThan(1e-9);
	});
});
