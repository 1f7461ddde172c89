import {describe, expect, it} from 'vitest';
import {quantileCells} from '../../source/information/quantile.js';
import {cellsOf} from '../helpers/cells.js';

describe('cells of equal frequency', () => {
	it('give the first groups one more where the values do not divide', () => {
		// numpy: np.array_split(np.arange(8), 3) is [0 1 2] [3 4 5] [6 7]
		expect(cellsOf(quantileCells(3, 'layer'), [7, 6, 5, 4, 3, 2, 1, 0], 1, false)).toEqual([2, 2, 1, 1, 1, 0, 0, 0]);
	});

	it('are split midway between neighbours, and a value on the edge belongs above it', () => {
		expect(cellsOf(quantileCells(2, 'layer'), [0, 1, 3, 4], 1, false)).toEqual([0, 0, 1, 1]);
		// Edges 1, 1: both values of 1 share a cell above them.
		expect(cellsOf(quantileCells(3, 'layer'), [0, 1, 1, 1, 1, 1], 1, false)).toEqual([0, 2, 2, 2, 2, 2]);
	});

	it('are made of each neuron for itself where asked to', () => {
		expect(cellsOf(quantileCells(2, 'neuron'), [0, 100, 1, 90, 2, 80, 3, 70], 2, true)).toEqual([0, 1, 0, 1, 1, 0, 1, 0]);
	});

	it('are as many as there are values at the most', () => {
		expect(cellsOf(quantileCells(100, 'layer'), [3, 1, 2], 1, true)).toEqual([2, 0, 1]);
	});

	it('leave the activations as they were', () => {
		const values = Float32Array.of(3, 1, 2);
		quantileCells(2, 'layer')({rows: 3, units: 1, values}, new Int32Array(3));
		expect([...values]).toEqual([3, 1, 2]);
	});
});
