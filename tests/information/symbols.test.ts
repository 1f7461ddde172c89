import {describe, expect, it} from 'vitest';
import {stochasticRule} from '../../source/dataset/symmetric-rule.js';
import {mergeSymbols} from '../../source/information/symbols.js';

const pairs = (ones: Iterable<number>) => Float64Array.from([...ones].flatMap(one => [1 - one, one]));
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('merging inputs of equal p(y|x)', () => {
	it('gives each symbol the share of its rows and their p(y|x)', () => {
		const {count, weights, conditional} = mergeSymbols(pairs([0.25, 0.75, 0.25, 0.25, 0.5]), 2);
		expect(count).toBe(3);
		expect([...weights]).toEqual([0.6, 0.2, 0.2]);
		expect([...conditional]).toEqual([0.75, 0.25, 0.25, 0.75, 0.5, 0.5]);
	});

	it('does not tell apart what differs by rounding only, and does what differs by 1e-8', () => {
		expect(mergeSymbols(pairs([0.3, 0.3 + 1e-12, 0.3 - 1e-12]), 2).count).toBe(1);
		expect(mergeSymbols(pairs([0.3, 0.3 + 1e-8]), 2).count).toBe(2);
	});

	it('looks at every class', () => {
		const rows = [[0.2, 0.3, 0.5], [0.2, 0.5, 0.3], [0.5, 0.3, 0.2], [0.2, 0.3, 0.5]];
		const {count, weights} = mergeSymbols(Float64Array.from(rows.flat()), 3);
		expect(count).toBe(3);
		expect([...weights]).toEqual([0.5, 0.25, 0.25]);
	});

	it.each([
		[1, 64],
		[5, 64],
		// Of the 64 orbits of the icosahedron the rest have p(y=1) within 1e-9 of 0, or of 1, as another has
		[12, 51],
		[50, 15],
	])('leaves of the 4096 inputs of the 12-bit rule of gamma %d %d symbols, and p(y) as it was', (gamma, expected) => {
		const rule = stochasticRule(gamma);
		const {count, weights, conditional} = mergeSymbols(pairs(rule), 2);
		expect(count).toBe(expected);
		expect(sum(weights)).toBeCloseTo(1, 12);
		expect(sum(weights.map((weight, symbol) => weight * conditional[(2 * symbol) + 1]!))).toBeCloseTo(sum(rule) / 4096, 12);
	});
});
