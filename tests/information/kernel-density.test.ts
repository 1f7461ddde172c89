import fc from 'fast-check';
import {
	describe, expect, it, vi,
} from 'vitest';
import {closedFormLayer} from '../helpers/closed-form.js';
import {referenceKernelDensity} from '../helpers/kernel-density.js';
import {patternRows} from '../helpers/patterns.js';
import {entropyOfWeights} from '../../source/dataset/dataset.js';
import {deterministicLabels, stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {type Target} from '../../source/information/entropy.js';
import {estimateKernelDensity} from '../../source/information/kernel-density/estimate.js';
import {kernelModule} from '../../source/information/kernel-density/module.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {Random} from '../../source/random.js';

// All pairs of 4096 rows in float64.
vi.setConfig({testTimeout: 60_000});

type Bounds = {readonly x: number; readonly y: number; readonly lower: {readonly x: number; readonly y: number}};

const plain = (variance: number) => ({variance, leaveOneOut: false});
const numbersOf = ({x, y, lower}: Bounds) => [x, y, lower.x, lower.y];

function expectClose(actual: Bounds, expected: Bounds, tolerance: number): void {
	for (const [index, value] of numbersOf(actual).entries()) {
		expect(Math.abs(value - numbersOf(expected)[index]!)).toBeLessThan(tolerance);
	}
}

/** What every estimate must hold to: 1e-5 bits of float64, where float64 says less than 0 (a mean of logarithms may), 0. */
function expectAsReference(layer: LayerActivations, target: Target, options: {variance: number; leaveOneOut: boolean}): void {
	const {x, y, lower} = referenceKernelDensity(layer, target, options);
	const least = (value: number) => Math.max(0, value);
	expectClose(estimateKernelDensity(layer, target, options), {x: least(x), y: least(y), lower: {x: least(lower.x), y: least(lower.y)}}, 1e-5);
}

const normalLayer = (rows: number, units: number, scale: number, seed = 1): LayerActivations => {
	const random = Random.stream(seed, `${rows}×${units}`);
	return {rows, units, values: Float32Array.from({length: rows * units}, () => scale * random.normal())};
};

const randomLabels = (rows: number, classes: number): Target => {
	const random = Random.stream(2, `${rows} labels`);
	return {classes, labels: Uint8Array.from({length: rows}, () => random.below(classes))};
};

const randomConditional = (rows: number, classes: number): Target => {
	const random = Random.stream(3, `${rows} conditional`);
	const conditional = new Float64Array(rows * classes);
	for (let row = 0; row < rows; row++) {
		const weights = Array.from({length: classes}, () => random.uniform() ** 4);
		const total = weights.reduce((sum, weight) => sum + weight, 0);
		conditional.set(weights.map(weight => weight / total), row * classes);
	}

	return {classes, labels: new Uint8Array(rows), conditional};
};

const entropyOfLabels = (labels: Uint8Array): number =>
	entropyOfWeights([...new Set(labels)].map(wanted => labels.filter(label => label === wanted).length));

const ruleTarget: Target = {classes: 2, labels: deterministicLabels()};

// Expected: science.md section 4, from the papers' own numpy code in float64.
describe.each([
	['A', closedFormLayer(1, 0.6, 3), 1e-3, [8.859_525_305, 0.678_574_445], [8.588_291_786, 0.570_313_84]],
	['A', closedFormLayer(1, 0.6, 3), 0.1, [4.333_122_675, 0.022_157_356], undefined],
	['C', closedFormLayer(3, 1.5, 2), 1e-3, [6.444_215_693, 0.233_182_118], [5.782_022_552, 0.165_744_434]],
	['C', closedFormLayer(3, 1.5, 2), 0.1, [3.254_618_582, 0.009_444_055], undefined],
] as const)('the closed-form layer %s', (_, layer, variance, upper, lower) => {
	it.each([
		['the reference', referenceKernelDensity, 1e-9],
		['the estimator', estimateKernelDensity, 1e-5],
	] as const)(`holds, under a variance of ${variance} and by %s, as much as numpy says`, (_, estimate, tolerance) => {
		const actual = estimate(layer, ruleTarget, plain(variance));
		expectClose(actual, {x: upper[0], y: upper[1], lower: lower ? {x: lower[0], y: lower[1]} : actual.lower}, tolerance);
	});
});

describe('the vertices of a cube of twelve dimensions', () => {
	const cube = {rows: 4096, units: 12, values: Float32Array.from(patternRows.flat(), bit => (2 * bit) - 1)};
	const firstBit = {classes: 2, labels: Uint8Array.from(patternRows, bits => bits[0]!)};
	// Neighbours are 2 apart, so Σ_j K_ij = (1 + q)^12 with q = exp(−4 / 2v) above and exp(−4 / 8v) below, and (1 + q)^11 of it is of i's class.
	const bitsOf = (q: number, own = (1 + q) ** 11) => ({x: 12 * Math.log2(2 / (1 + q)), y: 1 + Math.log2(own / ((1 + q) ** 12))});
	const exact = (variance: number) => ({...bitsOf(Math.exp(-2 / variance)), lower: bitsOf(Math.exp(-1 / (2 * variance)))});

	it.each([0.5, 20])('are, under a variance of %d, what the formula says in the reference', variance => {
		expectClose(referenceKernelDensity(cube, firstBit, plain(variance)), exact(variance), 1e-9);
	});

	it.each([1e-3, 0.02, 0.1, 0.5, 1, 3, 20, 1e3])('are, under a variance of %d, what the formula says', variance => {
		expectClose(estimateKernelDensity(cube, firstBit, plain(variance)), exact(variance), 1e-5);
	});

	it.each([0.1, 1, 20])('are, under a variance of %d and leaving one out, what the formula says', variance => {
		const [upper, lower] = [Math.exp(-2 / variance), Math.exp(-1 / (2 * variance))].map(q => bitsOf(q, ((1 + q) ** 11) - 0.5));
		expectClose(estimateKernelDensity(cube, firstBit, {variance, leaveOneOut: true}), {...upper!, lower: lower!}, 1e-5);
	});
});

describe.each([false, true])('with leaveOneOut %s, the estimator agrees with float64', leaveOneOut => {
	const counts = leaveOneOut ? [1, 3, 5, 127] : [1, 2, 3, 5, 127, 1000];
	const shapes = counts.flatMap(rows => [1, 2, 3, 5, 7, 17, 64].map(units => [rows, units] as const));

	it.each(shapes)('on %d rows of %d units', (rows, units) => {
		const layer = normalLayer(rows, units, 1 / Math.sqrt(units));
		for (const [index, target] of [randomLabels(rows, 2), randomLabels(rows, 10), randomConditional(rows, 2)].entries()) {
			expectAsReference(layer, target, {variance: [0.02, 0.1, 0.5][index]!, leaveOneOut});
		}
	});

	it('on stochastic labels of four classes', () => {
		expectAsReference(normalLayer(300, 3, 1), randomConditional(300, 4), {variance: 0.1, leaveOneOut});
	});

	it('on the stochastic labels of the rule, some of them all but certain', () => {
		const conditional = Float64Array.from([...stochasticRule(50)].slice(0, 500).flatMap(p => [1 - p, p]));
		expectAsReference(normalLayer(500, 4, 0.5), {classes: 2, labels: new Uint8Array(500), conditional}, {variance: 0.05, leaveOneOut});
	});

	it('on classes that are rare or missing', () => {
		const labels = Uint8Array.from({length: 403}, (_, row) => row === 7 ? 250 : (row < 300 ? 3 : 0));
		expectAsReference(normalLayer(403, 3, 0.3), {classes: 256, labels}, {variance: 0.01, leaveOneOut});
	});

	it('on 1024 units, where some rows are near and most are not', () => {
		const {values} = normalLayer(200, 1024, 0.3);
		const near = values.map((value, index) => index < 102_400 ? value / 10 : value);
		expectAsReference({rows: 200, units: 1024, values: near}, randomLabels(200, 3), {variance: 0.3, leaveOneOut});
	});

	it('on values far from 0, where float32 is coarse', () => {
		const {values} = normalLayer(500, 3, 1);
		expectAsReference({rows: 500, units: 3, values: values.map(value => 4096 + value)}, randomLabels(500, 2), {variance: 0.01, leaveOneOut});
	});

	it('on saturated rows, most of them equal', () => {
		const {values} = normalLayer(900, 3, 1);
		expectAsReference({rows: 900, units: 3, values: values.map(value => Math.tanh(30 * value))}, randomLabels(900, 3), {variance: 0.001, leaveOneOut});
	});

	it.each([1e30, 3.4e38])('on values of %d', scale => {
		const values = normalLayer(300, 4, 1).values.map(value => value < -0.5 ? -scale : (value > 0.5 ? scale : 0));
		expectAsReference({rows: 300, units: 4, values}, randomLabels(300, 2), {variance: 0.1, leaveOneOut});
	});
});

describe('a kernel density estimate', () => {
	it('of certain labels given as probabilities is that of the labels', () => {
		const {classes, labels} = randomLabels(700, 3);
		const conditional = new Float64Array(700 * 3);
		for (const [row, label] of labels.entries()) {
			conditional[(row * 3) + label] = 1;
		}

		const layer = normalLayer(700, 2, 1);
		for (const leaveOneOut of [false, true]) {
			const options = {variance: 0.01, leaveOneOut};
			expectClose(estimateKernelDensity(layer, {classes, labels, conditional}, options), estimateKernelDensity(layer, {classes, labels}, options), 1e-6);
		}
	});

	it.each([0, 1, -0.3, 1e30])('of a layer that is always %d is nothing', value => {
		const layer = {rows: 4096, units: 3, values: new Float32Array(3 * 4096).fill(value)};
		for (const target of [ruleTarget, randomConditional(4096, 2)]) {
			expectClose(estimateKernelDensity(layer, target, plain(1e-3)), {x: 0, y: 0, lower: {x: 0, y: 0}}, 1e-6);
		}
	});

	it('of rows that are all far apart is log2 N, and all there is to know of the label', () => {
		const layer = {rows: 3000, units: 1, values: Float32Array.from({length: 3000}, (_, row) => 7 * row)};
		const target = randomLabels(3000, 3);
		const known = entropyOfLabels(target.labels);
		expectClose(estimateKernelDensity(layer, target, plain(0.1)), {x: Math.log2(3000), y: known, lower: {x: Math.log2(3000), y: known}}, 1e-6);
	});

	it('of one row is nothing', () => {
		expect(estimateKernelDensity(normalLayer(1, 3, 1), randomLabels(1, 2), plain(0.1))).toEqual({x: 0, y: 0, lower: {x: 0, y: 0}});
	});

	it('does not depend on what was estimated before, to the last bit', () => {
		const layer = normalLayer(777, 5, 1);
		const target = randomLabels(777, 3);
		const before = estimateKernelDensity(layer, target, plain(0.1));
		estimateKernelDensity(normalLayer(3001, 40, 1), randomConditional(3001, 2), plain(10));
		expect(estimateKernelDensity(layer, target, plain(0.1))).toEqual(before);
	});

	const samples = fc.record({units: fc.integer({min: 1, max: 6}), classes: fc.integer({min: 2, max: 4}), variance: fc.constantFrom(1e-3, 0.1, 2)})
		.chain(({units, classes, variance}) => fc.record({
			classes: fc.constant(classes),
			variance: fc.constant(variance),
			leaveOneOut: fc.boolean(),
			rows: fc.array(fc.record({
				cells: fc.array(fc.oneof(fc.float({min: -2, max: 2, noNaN: true}), fc.constantFrom(0, 1, -1)), {minLength: units, maxLength: units}),
				label: fc.integer({min: 0, max: classes - 1}),
				order: fc.nat(),
			}), {minLength: 1, maxLength: 60}),
		}));
	const layerOf = (rows: ReadonlyArray<{readonly cells: readonly number[]}>) => ({
		rows: rows.length, units: rows[0]!.cells.length, values: Float32Array.from(rows.flatMap(({cells}) => cells)),
	});

	it('lies between 0 and log2 N, and 0 and H(Y), the lower bound below the upper', () => {
		fc.assert(fc.property(samples, ({classes, rows, ...options}) => {
			const labels = Uint8Array.from(rows, ({label}) => label);
			const {x, y, lower} = estimateKernelDensity(layerOf(rows), {classes, labels}, options);
			const most = entropyOfLabels(labels) + 1e-12;
			expect(lower.x).toBeGreaterThanOrEqual(0);
			expect(x).toBeGreaterThanOrEqual(lower.x);
			expect(x).toBeLessThanOrEqual(Math.log2(rows.length) + 1e-12);
			for (const value of [y, lower.y]) {
				expect(value).toBeGreaterThanOrEqual(0);
				expect(value).toBeLessThanOrEqual(most);
			}
		}));
	});

	it('does not change when rows or units change places', () => {
		fc.assert(fc.property(samples, ({classes, rows, ...options}) => {
			const estimate = (given: typeof rows) => estimateKernelDensity(layerOf(given), {classes, labels: Uint8Array.from(given, ({label}) => label)}, options);
			const moved = rows.toSorted((a, b) => a.order - b.order).map(row => ({...row, cells: row.cells.toReversed()}));
			expectClose(estimate(moved), estimate(rows), 1e-5);
		}));
	});

	it('agrees with float64 on whatever rows', () => {
		fc.assert(fc.property(samples, ({classes, rows, ...options}) => {
			expectAsReference(layerOf(rows), {classes, labels: Uint8Array.from(rows, ({label}) => label)}, options);
		}));
	});
});

/** Ten round clouds of points, `spread` wide, their centres some 4.5 apart. */
function blobs(rows: number, spread: number): {layer: LayerActivations; target: Target; shuffled: Target} {
	const random = Random.stream(5, 'blobs');
	const centres = Float32Array.from({length: 10 * 10}, () => random.normal());
	const order = Int32Array.from({length: rows}, (_, row) => row % 10);
	random.shuffle(order);
	const labels = Uint8Array.from(order);
	const values = Float32Array.from({length: rows * 10}, (_, index) => centres[(labels[Math.floor(index / 10)]! * 10) + (index % 10)]! + (spread * random.normal()));
	random.shuffle(order);
	return {layer: {rows, units: 10, values}, target: {classes: 10, labels}, shuffled: {classes: 10, labels: Uint8Array.from(order)}};
}

describe('leaving one out', () => {
	const {layer, shuffled} = blobs(3000, 0.4);

	it('finds next to nothing about shuffled labels, of which the plain form says much', () => {
		expect(estimateKernelDensity(layer, shuffled, plain(0.1)).y).toBeGreaterThan(1);
		expect(estimateKernelDensity(layer, shuffled, {variance: 0.1, leaveOneOut: true}).y).toBeLessThan(0.05);
	});

	it('finds nearly all of the label in clouds that are well apart', () => {
		const apart = blobs(3000, 0.1);
		expect(estimateKernelDensity(apart.layer, apart.target, {variance: 0.1, leaveOneOut: true}).y).toBeGreaterThan(Math.log2(10) - 0.05);
	});

	it('leaves the information about the input as it is', () => {
		const [left, whole] = [true, false].map(leaveOneOut => estimateKernelDensity(layer, shuffled, {variance: 0.1, leaveOneOut}));
		expect([left!.x, left!.lower.x]).toEqual([whole!.x, whole!.lower.x]);
	});
});

describe('a subset of the rows as queries', () => {
	const {layer, target} = blobs(5600, 0.5);
	const conditional = randomConditional(5600, 2);

	it.each([
		['labels', target, false],
		['labels, leaving one out', target, true],
		['stochastic labels', conditional, false],
	] as const)('comes within four standard errors of all of them, with %s', (_, given, leaveOneOut) => {
		const options = {variance: 0.2, leaveOneOut};
		const {x, y, error} = estimateKernelDensity(layer, given, options);
		const all = estimateKernelDensity(layer, given, {...options, queries: 5600});
		expect(all).not.toHaveProperty('error');
		expect(error!.x).toBeGreaterThan(0);
		expect(Math.abs(x - all.x)).toBeLessThan(4 * error!.x);
		expect(Math.abs(y - all.y)).toBeLessThan(4 * error!.y);
		expect(x).not.toBe(all.x);
	});

	it('agrees with all pairs once all rows but one are in it', () => {
		const options = plain(0.2);
		const nearly = estimateKernelDensity(layer, target, {...options, queries: 5599});
		expectClose(nearly, estimateKernelDensity(layer, target, {...options, queries: 5600}), 2e-3);
		expect(nearly.error!.x).toBeLessThan(1e-3);
	});

	it('is the default above 5000 rows alone, and always the same', () => {
		const small = {...layer, rows: 5000, values: layer.values.subarray(0, 50_000)};
		expect(estimateKernelDensity(small, target, plain(0.2))).not.toHaveProperty('error');
		expect(estimateKernelDensity(layer, target, plain(0.2))).toEqual(estimateKernelDensity(layer, target, plain(0.2)));
	});

	it('takes no more memory for more rows', () => {
		const {memory} = kernelModule();
		estimateKernelDensity(normalLayer(6000, 64, 1), randomLabels(6000, 2), plain(0.2));
		const before = memory.buffer.byteLength;
		estimateKernelDensity(normalLayer(24_000, 64, 1), randomLabels(24_000, 2), plain(0.2));
		expect(memory.buffer.byteLength).toBe(before);
		expect(before).toBeLessThan(2 ** 23);
	});

	it('may be asked for', () => {
		expect(estimateKernelDensity(layer, target, {...plain(0.2), queries: 100}).error!.x)
			.toBeGreaterThan(2 * estimateKernelDensity(layer, target, {...plain(0.2), queries: 1000}).error!.x);
	});
});
