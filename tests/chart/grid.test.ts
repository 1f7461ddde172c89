import {describe, expect, it} from 'vitest';
import {Canvas} from '../../source/chart/canvas.js';
import {glyphSets} from '../../source/chart/glyphs.js';
import {Grid} from '../../source/chart/grid.js';

describe('a grid', () => {
	it('begins blank and unstyled', () => {
		expect(new Grid(3, 2).toLines()).toEqual(['   ', '   ']);
		expect(new Grid(3, 2).style(1, 1)).toEqual({});
	});

	it('writes to the right, a character a cell, and cuts at its edge', () => {
		const grid = new Grid(5, 2);
		grid.write(2, 1, '→𝛼bcd', {bold: true});
		expect(grid.toLines()).toEqual(['     ', '  →𝛼b']);
		expect([1, 2, 4].map(column => grid.style(column, 1).bold)).toEqual([undefined, true, true]);
	});

	it.each([[-1, 0], [0, -1], [3, 0], [0, 2], [99, 99]])('takes nothing at (%d, %d), outside of it', (column, row) => {
		const grid = new Grid(3, 2);
		grid.set(column, row, 'x');
		grid.write(column - 1, row, '');
		expect(grid.toLines()).toEqual(['   ', '   ']);
		expect(grid.character(99, 99)).toBe(' ');
	});

	it.each([[0, 0], [-3, 5], [5, -3], [0.5, 0.9]])('of %d × %d is empty', (width, height) => {
		const grid = new Grid(width, height);
		grid.write(0, 0, 'text');
		expect(grid.toLines().join('')).toBe('');
	});
});

describe('a canvas', () => {
	it.each([
		['braille', 0, 0, '⠁'],
		['braille', 1, 0, '⠈'],
		['braille', 0, 3, '⡀'],
		['braille', 1, 3, '⢀'],
		['braille', 1, 1, '⠐'],
		['ascii', 0, 0, '\''],
		['ascii', 0, 1, '.'],
	] as const)('of %s shows the dot (%d, %d) as %j', (name, x, y, expected) => {
		const canvas = new Canvas(1, 1, glyphSets[name]);
		const grid = new Grid(1, 1);
		canvas.dot(x, y, {color: 74});
		canvas.paint(grid, 0, 0);
		expect(grid.toLines()).toEqual([expected]);
		expect(grid.style(0, 0)).toEqual({color: 74});
	});

	it('joins the dots of a cell, and leaves cells without dots as they are', () => {
		const canvas = new Canvas(2, 1, glyphSets.braille);
		const grid = new Grid(2, 1);
		grid.write(0, 0, 'ab');
		canvas.line(0, 0, 0, 3, {});
		canvas.paint(grid, 0, 0);
		expect(grid.toLines()).toEqual(['⡇b']);
	});

	it('draws a line through every column or row that it crosses', () => {
		const canvas = new Canvas(4, 1, glyphSets.braille);
		const grid = new Grid(4, 1);
		canvas.line(0, 3, 7, 0, {});
		canvas.paint(grid, 0, 0);
		expect(grid.toLines()[0]).toMatch(/^[⠁-⣿]{4}$/v);
	});

	it('takes no dot outside of it, and none that is no number', () => {
		const canvas = new Canvas(2, 2, glyphSets.braille);
		const grid = new Grid(2, 2);
		for (const [x, y] of [[-1, 0], [4, 0], [0, -1], [0, 8], [1e9, 1e9], [Number.NaN, Number.NaN]] as const) {
			canvas.dot(x, y, {});
		}

		canvas.paint(grid, 0, 0);
		expect(grid.toLines()).toEqual(['  ', '  ']);
	});
});
