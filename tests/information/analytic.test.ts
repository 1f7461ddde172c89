/** What estimators must say of layers whose information is known without any code of ours or of others. */
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {entropyOfWeights} from '../../source/dataset/dataset.js';
import {deterministicLabels} from '../../source/dataset/symmetric-rule.js';
import {informationOfGroups} from '../../source/information/entropy.js';
import {groupRows} from '../../source/information/group.js';
import {parseEstimator} from '../../source/information/registry.js';
import {patternRows} from '../helpers/patterns.js';

const ids = ['bins', 'width:0.07', 'uniform:30', 'uniform:30:neuron', 'quantile:30', 'quantile:30:neuron', 'exact:8'];
const layerOf = (rows: ReadonlyArray<readonly number[]>) => ({rows: rows.length, units: rows[0]!.length, values: Float32Array.from(rows.flat())});
const ones = patternRows.map(bits => bits.reduce((sum, bit) => sum + bit, 0));
const bit0 = {classes: 2, labels: Uint8Array.from(patternRows, bits => bits[0]!)};
const parity = {classes: 2, labels: Uint8Array.from(ones, count => count % 2)};
const atLeastSix = {classes: 2, labels: Uint8Array.from(ones, count => Number(count >= 6))};
const ofRule = {classes: 2, labels: deterministicLabels()};

describe.each(ids)('%s', id => {
	const {estimate} = parseEstimator(id);

	it.each([
		['T = X', patternRows, ofRule, 12, 0.999_157_12],
		['a constant layer', patternRows.map(() => [0.3, 0.3]), ofRule, 0, 0],
		['five of the bits, without the one that is the label', patternRows.map(bits => bits.slice(1, 6)), bit0, 5, 0],
		['five of the bits, with the one that is the label', patternRows.map(bits => bits.slice(0, 5)), bit0, 5, 1],
		['the parity, where it is the label', patternRows.map((_, row) => [ones[row]! % 2]), parity, 1, 1],
		['one bit, where the parity is the label', patternRows.map(bits => [bits[3]!]), parity, 1, 0],
	] as const)('knows %s', (_, rows, target, x, y) => {
		const information = estimate(layerOf(rows), target);
		expect(Math.abs(information.x - x)).toBeLessThan(1e-9);
		expect(Math.abs(information.y - y)).toBeLessThan(1e-8);
	});
});

describe.each(['width:0.07', 'uniform:30', 'uniform:100:neuron', 'exact:8', 'bins'])('%s', id => {
	// The entropy of the binomial distribution B(12, 1/2), and what it says of the label.
	it.each([
		['at least six ones', atLeastSix, 2.838_528_743_649, 0.962_973_474_382],
		['bit 0', bit0, 2.838_528_743_649, 0.063_007_342_511],
	])('of the number of ones, with the label "%s"', (_, target, x, y) => {
		const information = parseEstimator(id).estimate(layerOf(ones.map(count => [(count / 12) - 0.5])), target);
		expect(Math.abs(information.x - x)).toBeLessThan(1e-9);
		expect(Math.abs(information.y - y)).toBeLessThan(1e-9);
	});
});

it('a grid of 4096 values has 4.906880962991 bits in 30 equal cells', () => {
	const values = Float64Array.from({length: 4096}, (_, row) => row);
	expect(Math.abs(parseEstimator('uniform:30').estimate({rows: 4096, units: 1, values}, ofRule).x - 4.906_880_962_991)).toBeLessThan(1e-9);
});

describe('every estimator', () => {
	const sample = fc.record({rows: fc.integer({min: 1, max: 60}), units: fc.integer({min: 1, max: 5}), classes: fc.integer({min: 1, max: 4})}).chain(({rows, units, classes}) => fc.record({
		rows: fc.constant(rows),
		units: fc.constant(units),
		classes: fc.constant(classes),
		values: fc.array(fc.oneof(fc.float({min: -2, max: 2, noNaN: true}), fc.constantFrom(0, 1, -1, 0.5)), {minLength: rows * units, maxLength: rows * units}),
		labels: fc.array(fc.nat(classes - 1), {minLength: rows, maxLength: rows}),
		order: fc.shuffledSubarray(Array.from({length: rows}, (_, row) => row), {minLength: rows}),
		columns: fc.shuffledSubarray(Array.from({length: units}, (_, unit) => unit), {minLength: units}),
	}));

	it.each(ids)('%s: 0 ≤ I(T;Y) ≤ H(Y), I(T;Y) ≤ I(X;T) ≤ log2 N, and the order of rows and units changes nothing', id => {
		const {estimate} = parseEstimator(id);
		fc.assert(fc.property(sample, ({rows, units, classes, values, labels, order, columns}) => {
			const {x, y} = estimate({rows, units, values: Float32Array.from(values)}, {classes, labels: Uint8Array.from(labels)});
			const entropyOfLabels = entropyOfWeights(Array.from({length: classes}, (_, label) => labels.filter(each => each === label).length));
			expect(y).toBeGreaterThanOrEqual(0);
			expect(y).toBeLessThanOrEqual(entropyOfLabels + 1e-9);
			expect(y).toBeLessThanOrEqual(x + 1e-9);
			expect(x).toBeLessThanOrEqual(Math.log2(rows) + 1e-9);
			const moved = estimate(
				{rows, units, values: Float32Array.from(order.flatMap(row => columns.map(unit => values[(row * units) + unit]!)))},
				{classes, labels: Uint8Array.from(order, row => labels[row]!)},
			);
			expect(Math.abs(moved.x - x) + Math.abs(moved.y - y)).toBeLessThan(1e-9);
		}));
	});

	it('says no more when cells are merged', () => {
		fc.assert(fc.property(sample, fc.integer({min: 2, max: 5}), ({rows, units, classes, values, labels}, factor) => {
			const target = {classes, labels: Uint8Array.from(labels)};
			const cells = Int32Array.from(values, value => Math.floor(value * 10));
			const fine = informationOfGroups(groupRows(rows, units, cells), target);
			const coarse = informationOfGroups(groupRows(rows, units, cells.map(cell => Math.floor(cell / factor))), target);
			expect(coarse.x).toBeLessThanOrEqual(fine.x + 1e-9);
			expect(coarse.y).toBeLessThanOrEqual(fine.y + 1e-9);
		}));
	});
});
