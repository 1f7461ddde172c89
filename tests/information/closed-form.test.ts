import {describe, expect, it} from 'vitest';
import {closedFormLayer} from '../helpers/closed-form.js';
import {deterministicLabels} from '../../source/dataset/symmetric-rule.js';
import {parseEstimator} from '../../source/information/registry.js';

const target = {classes: 2, labels: deterministicLabels()};
const layerA = closedFormLayer(1, 0.6, 3);
const layerC = closedFormLayer(3, 1.5, 2);

// Expected: numpy, H(T) − Σ p(y) H(T|y) by np.unique(codes, axis=0, return_counts=True), codes = np.digitize(T, np.linspace(-1, 1, 30)) − 1
// with −1 taken as 29, or np.floor(T / w), and T = np.tanh((s * (X - 0.5)) @ W); the values of science.md section 4. The I(T;Y) of
// C under bins and uniform is 0.221134548 there too, once the code is run: the table's 0.221134528 is a slip of one digit, as is
// its 0.494074072 under exact:8 for 0.494073772. The quantiles of A cut between values that differ in the last bit of numpy's tanh,
// which is not that of JavaScript: oracle.test.ts holds them to numpy.
describe.each([
	['A', layerA, 'bins', 8.877_614_855, 0.690_936_804],
	['A', layerA, 'width:0.07', 8.971_470_78, 0.684_680_146],
	['A', layerA, 'width:0.5', 5.730_476_363, 0.030_378_768],
	['A', layerA, 'uniform:30', 8.876_638_293, 0.689_567_263],
	['A', layerA, 'uniform:30:neuron', 8.875_661_73, 0.689_567_263],
	['A', layerA, 'uniform:100', 8.887_238_637, 0.698_094_799],
	['A', layerA, 'exact:8', 8.887_238_637, 0.698_094_799],
	['A', layerA, 'exact:4', 8.835_114_584, 0.667_507_122],
	['C', layerC, 'bins', 6.123_603_956, 0.221_134_548],
	['C', layerC, 'width:0.07', 6.959_547_105, 0.279_345_978],
	['C', layerC, 'width:0.5', 3.305_738_785, 0.018_870_725],
	['C', layerC, 'uniform:30', 6.123_603_956, 0.221_134_548],
	['C', layerC, 'uniform:30:neuron', 6.123_603_956, 0.221_134_548],
	['C', layerC, 'uniform:100', 7.217_238_322, 0.378_188_638],
	['C', layerC, 'exact:8', 7.758_742_97, 0.494_073_772],
	['C', layerC, 'exact:4', 6.275_579_597, 0.200_060_758],
	['C', layerC, 'quantile:8', 5.871_589_923, 0.049_940_429],
	['C', layerC, 'quantile:8:neuron', 5.902_688_847, 0.050_928_305],
] as const)('the closed-form layer %s', (_, layer, id, x, y) => {
	it(`holds, under ${id}, ${x} bits of the input and ${y} bits of the label`, () => {
		const information = parseEstimator(id).estimate(layer, target);
		expect(Math.abs(information.x - x)).toBeLessThan(1e-9);
		expect(Math.abs(information.y - y)).toBeLessThan(1e-9);
	});
});
