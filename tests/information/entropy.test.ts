import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {patternRows} from '../helpers/patterns.js';
import {entropyOfWeights} from '../../source/dataset/dataset.js';
import {deterministicLabels, stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {informationOfGroups, type Target} from '../../source/information/entropy.js';
import {parseEstimator} from '../../source/information/registry.js';
import {Random} from '../../source/random.js';

const labels = deterministicLabels();
const target: Target = {classes: 2, labels};
const stochastic: Target = {
	classes: 2, labels, conditional: Float64Array.from([...stochasticRule(12)].flatMap(p => [1 - p, p])),
};
const estimators = ['bins', 'width:0.07', 'width:0.5'].map(id => parseEstimator(id));
const layerOf = (rows: ReadonlyArray<readonly number[]>) => ({
	rows: rows.length, units: rows[0]!.length, values: Float32Array.from(rows.flat()),
});
const countOf = (values: readonly number[], classes: number) =>
	Array.from({length: classes}, (_, wanted) => values.filter(value => value === wanted).length);
const bitOf = (row: number, bit: number) => patternRows[row]![bit]!;

describe.each(estimators)('under $id', ({estimate}) => {
	it('a copy of the input holds 12 bits, and all there is to know of the label', () => {
		const {x, y} = estimate(layerOf(patternRows.map(bits => bits.map(bit => bit - 0.5))), target);
		expect(x).toBeCloseTo(12, 12);
		expect(y).toBeCloseTo(entropyOfWeights([1978, 2118]), 12);
	});

	it.each([0, 0.3, -0.7, 1])('a layer that is always %d holds nothing', value => {
		expect(estimate(layerOf(patternRows.map(() => [value, value])), target)).toEqual({x: 0, y: 0});
	});

	it('one unit with four equally frequent values holds two bits, whichever values they are', () => {
		for (const values of [[-0.9, -0.3, 0.2, 0.8], [0.8, -0.3, -0.9, 0.2]]) {
			const layer = layerOf(patternRows.map(([first, second]) => [values[(2 * first!) + second!]!]));
			expect(estimate(layer, target).x).toBeCloseTo(2, 12);
			expect(estimate(layer, target).y).toBeCloseTo(estimate(layerOf(patternRows.map(bits => bits.slice(0, 2))), target).y, 12);
		}
	});

	it('one bit tells nothing about the parity of two, and both tell it all', () => {
		const parity: Target = {classes: 2, labels: Uint8Array.from(patternRows, bits => bits[3]! ^ bits[7]!)};
		const one = estimate(layerOf(patternRows.map(bits => [bits[3]! - 0.5])), parity);
		const both = estimate(layerOf(patternRows.map(bits => [bits[3]! - 0.5, bits[7]! - 0.5])), parity);
		expect([one.x, one.y]).toEqual([expect.closeTo(1, 12), 0]);
		expect([both.x, both.y]).toEqual([expect.closeTo(2, 12), expect.closeTo(1, 12)]);
	});
});

describe('information', () => {
	const cell = fc.float({min: -2, max: 2, noNaN: true});
	const samplesOf = ({units, classes}: {units: number; classes: number}) => fc.record({
		classes: fc.constant(classes),
		rows: fc.array(fc.record({
			cells: fc.array(fc.oneof(cell, fc.constantFrom(0, 1, -1, 0.5)), {minLength: units, maxLength: units}),
			label: fc.integer({min: 0, max: classes - 1}),
			order: fc.nat(),
		}), {minLength: 1, maxLength: 50}),
	});
	const samples = fc.record({units: fc.integer({min: 1, max: 4}), classes: fc.integer({min: 2, max: 4})}).chain(shape => samplesOf(shape));
	const informationOf = (rows: ReadonlyArray<{readonly cells: readonly number[]; readonly label: number}>, classes: number) => {
		const layer = layerOf(rows.map(({cells}) => cells));
		return estimators.map(({estimate}) => estimate(layer, {classes, labels: Uint8Array.from(rows, ({label}) => label)}));
	};

	it('does not change when rows or units change places', () => {
		fc.assert(fc.property(samples, ({rows, classes}) => {
			const before = informationOf(rows, classes);
			const moved = rows.toSorted((a, b) => a.order - b.order).map(row => ({...row, cells: row.cells.toReversed()}));
			for (const [index, {x, y}] of informationOf(moved, classes).entries()) {
				expect(x).toBeCloseTo(before[index]!.x, 12);
				expect(y).toBeCloseTo(before[index]!.y, 12);
			}
		}));
	});

	it('lies between 0 and H(Y) about the label, between 0 and log2 N about the input, and the first is not above the second', () => {
		fc.assert(fc.property(samples, ({rows, classes}) => {
			const labelEntropy = entropyOfWeights(countOf(rows.map(({label}) => label), classes));
			for (const {x, y} of informationOf(rows, classes)) {
				expect(x).toBeGreaterThanOrEqual(0);
				expect(x).toBeLessThanOrEqual(Math.log2(rows.length) + 1e-12);
				expect(y).toBeGreaterThanOrEqual(0);
				expect(y).toBeLessThanOrEqual(Math.min(labelEntropy, x) + 1e-12);
			}
		}));
	});

	it('of groups that do not depend on the label is 0 about it', () => {
		const independent: Target = {classes: 2, labels: Uint8Array.from(patternRows, bits => bits[0]!)};
		const ids = Int32Array.from(patternRows, (_, row) => row & 1023);
		expect(informationOfGroups({ids, count: 1024}, independent)).toEqual({x: expect.closeTo(10, 12) as number, y: 0});
	});

	it('does not change when the groups are numbered anew', () => {
		const ids = Int32Array.from(patternRows, bits => (bits[0]! * 2) + bits[5]!);
		const {x, y} = informationOfGroups({ids, count: 4}, target);
		const relabelled = informationOfGroups({ids: ids.map(id => [2, 0, 3, 1][id]!), count: 4}, target);
		expect(relabelled.x).toBeCloseTo(x, 12);
		expect(relabelled.y).toBeCloseTo(y, 12);
	});
});

describe('stochastic labels', () => {
	/** H(Y) − Σ_t p(t) h2(mean of p(y=1|x) over t), word for word from science.md section 4. */
	function naive(ids: Int32Array, p: readonly number[]): number {
		const members = new Map<number, number[]>();
		for (const [row, id] of ids.entries()) {
			members.set(id, [...members.get(id) ?? [], p[row]!]);
		}

		const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
		const h2 = (q: number) => q === 0 || q === 1 ? 0 : -(q * Math.log2(q)) - ((1 - q) * Math.log2(1 - q));
		return h2(mean(p)) - [...members.values()].reduce((sum, values) => sum + (values.length / p.length * h2(mean(values))), 0);
	}

	it.each([1, 2, 30, 1000])('give H(Y) less what remains unknown in each of %d groups', count => {
		const random = Random.stream(1, 'test');
		const ids = Int32Array.from(patternRows, (_, row) => row < count ? row : random.below(count));
		const {x, y} = informationOfGroups({ids, count}, stochastic);
		expect(Math.abs(y - naive(ids, [...stochasticRule(12)]))).toBeLessThan(1e-9);
		expect(x).toBe(informationOfGroups({ids, count}, target).x);
	});

	it('leave a copy of the input with I(X;Y) = 0.89948 bits', () => {
		const ids = Int32Array.from(patternRows, (_, row) => row);
		expect(informationOfGroups({ids, count: 4096}, stochastic)).toEqual({x: 12, y: expect.closeTo(0.899_48, 5) as number});
	});

	it('that are certain count as labels do', () => {
		const certain: Target = {classes: 2, labels: new Uint8Array(4096), conditional: Float64Array.from([...labels].flatMap(label => [1 - label, label]))};
		const ids = Int32Array.from(patternRows, (_, row) => (bitOf(row, 0) * 4) + (bitOf(row, 4) * 2) + bitOf(row, 9));
		expect(informationOfGroups({ids, count: 8}, certain).y).toBeCloseTo(informationOfGroups({ids, count: 8}, target).y, 12);
	});
});
