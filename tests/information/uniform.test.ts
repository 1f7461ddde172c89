import {describe, expect, it} from 'vitest';
import {uniformCells} from '../../source/information/uniform.js';
import {cellsOf} from '../helpers/cells.js';

describe('equal cells over the range', () => {
	it('begin at the least value and end with the greatest, which shares the last cell', () => {
		expect(cellsOf(uniformCells(4, 'layer'), [-1, -0.51, -0.5, 0, 0.49, 0.5, 0.99, 1], 1, false)).toEqual([1, 1, 2, 3, 3, 4, 4, 4]);
	});

	it('span all units of the layer together', () => {
		expect(cellsOf(uniformCells(2, 'layer'), [0, 10, 1, 40, 2, 20], 2, false)).toEqual([1, 1, 1, 2, 1, 2]);
	});

	it('span each neuron for itself where asked to', () => {
		expect(cellsOf(uniformCells(2, 'neuron'), [0, 10, 1, 40, 2, 20], 2, false)).toEqual([1, 1, 2, 2, 2, 1]);
	});

	it.each([['layer'], ['neuron']] as const)('are one cell where all values of the %s agree', scope => {
		expect(new Set(cellsOf(uniformCells(30, scope), [0.3, 0.3, 0.3, 0.3], 2, true)).size).toBe(1);
	});

	it('are one cell where the range is too small for steps', () => {
		expect(new Set(cellsOf(uniformCells(30, 'layer'), [0, Number.MIN_VALUE], 1, false)).size).toBeLessThanOrEqual(2);
	});

	it('follow numpy where the range is rounded to float32 and the edges are not', () => {
		// numpy: lo, hi = np.float32([0.1, 0.7]); np.digitize(v, np.arange(float(lo), float(hi), float(hi - lo) / 30)),
		// where the 31st edge lies below hi
		const cells = cellsOf(uniformCells(30, 'layer'), [0.1, 0.7, 0.3, 0.5, 0.22, 0.119_999], 1, true);
		expect(cells).toEqual([1, 31, 11, 21, 7, 1]);
	});
});
