import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {quantisedCells} from '../../source/information/quantised.js';
import {cellsOf} from '../helpers/cells.js';

describe('the levels of a quantised layer', () => {
	it('run from 0 at the least value to 2^bits at the greatest', () => {
		expect(cellsOf(quantisedCells(2), [-1, 1, 0, 0.4], 1, false)).toEqual([0, 4, 2, 3]);
	});

	it('round half to even', () => {
		// 0.5, 1.5, 2.5 and 3.5 levels
		expect(cellsOf(quantisedCells(2), [0, 0.125, 0.375, 0.625, 0.875, 1], 1, false)).toEqual([0, 0, 2, 2, 4, 4]);
	});

	it('are one where all values agree', () => {
		expect(cellsOf(quantisedCells(8), [0.3, 0.3], 1, true)).toEqual([0, 0]);
	});

	it('are one to one with the values of a layer that was quantised to as many bits', () => {
		fc.assert(fc.property(
			fc.integer({min: 1, max: 12}),
			fc.double({min: -1, max: 0, noNaN: true}),
			fc.double({min: 1e-3, max: 100, noNaN: true}),
			(bits, lowest, range) => {
				const low = lowest * range;
				const steps = (2 ** bits) - 1;
				const levels = Array.from({length: steps + 1}, (_, level) => Math.fround(Math.fround(level * Math.fround(range / steps)) + Math.fround(low)));
				fc.pre(new Set(levels).size === levels.length);
				expect(new Set(cellsOf(quantisedCells(bits), levels, 1, true)).size).toBe(levels.length);
			},
		));
	});
});
