import {describe, expect, it} from 'vitest';
import {linearBins as discretiseLinear, widthBins as discretiseByWidth} from '../../source/information/binning.js';
import {cellsOf} from '../helpers/cells.js';

const linearBins = (value: number, isFloat32: boolean) => cellsOf(discretiseLinear, [value], 1, isFloat32)[0];
const widthBins = (width: number) => (value: number, isFloat32: boolean) => cellsOf(discretiseByWidth(width), [value], 1, isFloat32)[0];

/** Numpy: np.linspace(-1, 1, 30) */
const edges = Array.from({length: 30}, (_, index) => index === 29 ? 1 : (index * (2 / 29)) - 1);

/** The neighbour of a float32 among the float32 numbers. */
function neighbour(value: number, direction: -1 | 1): number {
	const float = Float32Array.of(value);
	const bits = new Int32Array(float.buffer);
	bits[0]! += float[0]! > 0 ? direction : -direction;
	return float[0]!;
}

describe('bins', () => {
	it.each([
		['the lowest edge', -1, 0],
		['just below the lowest edge', -1 - 1e-12, 29],
		['far below the range', -50, 29],
		['0, in the middle cell', 0, 14],
		['just below 1', 1 - (2 ** -53), 28],
		['1, where saturated tanh sits', 1, 29],
		['far above the range', 50, 29],
		['infinity', Infinity, 29],
		['minus infinity', -Infinity, 29],
	])('puts %s (%d) into cell %d', (_, value, cell) => {
		expect(linearBins(value, false)).toBe(cell);
	});

	it('puts each float64 edge into the cell that it opens, and what is below it into the cell before', () => {
		for (const [cell, edge] of edges.slice(1, -1).entries()) {
			expect([edge, linearBins(edge, false)]).toEqual([edge, cell + 1]);
			expect([edge, linearBins(edge - (2 ** -53), false)]).toEqual([edge, cell]);
		}
	});

	it('compares float32 values with the edges rounded to float32', () => {
		for (const [cell, edge] of edges.slice(1, -1).entries()) {
			const edge32 = Math.fround(edge);
			expect([edge, linearBins(edge32, true)]).toEqual([edge, cell + 1]);
			expect([edge, linearBins(neighbour(edge32, -1), true)]).toEqual([edge, cell]);
			// As float64, the same value lies on the side of the edge to which it was rounded
			expect([edge, linearBins(edge32, false)]).toEqual([edge, edge32 < edge ? cell : cell + 1]);
		}
	});

	it('has its last float32 value below 1 in cell 28, and its first from -1 in cell 0', () => {
		expect(linearBins(neighbour(1, -1), true)).toBe(28);
		expect(linearBins(1, true)).toBe(29);
		expect(linearBins(-1, true)).toBe(0);
		expect(linearBins(neighbour(-1, -1), true)).toBe(29);
	});
});

describe('width', () => {
	it.each([
		[0.5, 0, 0],
		[0.5, 0.49, 0],
		[0.5, 0.5, 1],
		[0.5, -0.01, -1],
		[0.5, -0.5, -1],
		[0.5, -0.51, -2],
		[0.07, 0.069, 0],
		[0.07, 1, 14],
		[0.07, -1, -15],
	])('%d puts %d into cell %d', (width, value, cell) => {
		expect(widthBins(width)(value, false)).toBe(cell);
	});

	// Numpy: np.floor(np.array([v], dtype=np.float32) / 0.07), and np.floor(float(v) / 0.07)
	it.each([
		[0.209_999_993_443_489_07, 3, 2],
		[0.349_999_994_039_535_5, 5, 4],
		[0.629_999_995_231_628_4, 9, 8],
		[0.769_999_980_926_513_7, 11, 10],
		[1.259_999_990_463_256_8, 18, 17],
		[1.75, 25, 24],
		[2.029_999_971_389_770_5, 29, 28],
	])('0.07 puts %d into cell %d as float32, where the quotient is rounded to float32, and into %d as float64', (value, cell32, cell64) => {
		const code = widthBins(0.07);
		expect(Math.fround(value)).toBe(value);
		expect(code(value, true)).toBe(cell32);
		expect(code(value, false)).toBe(cell64);
	});

	it('tells cells apart that no 32-bit number holds, and only those', () => {
		expect(cellsOf(discretiseByWidth(0.5), [1e300, -1e300, 0, 1e12, 1e12 + 0.5, 1e12 + 0.75, 1e300, 0.25], 1, false)).toEqual([0, 1, 2, 3, 4, 4, 0, 2]);
		expect(cellsOf(discretiseByWidth(0.5), [3e9, -3e9, 3e9 + 4096, 3e9], 1, true)).toEqual([0, 1, 2, 0]);
	});
});
