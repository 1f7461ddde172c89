import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	inside, type Layout, layoutOf, type Rectangle,
} from '../../source/ui/layout.js';
import {type Size} from '../../source/ui/screen/terminal.js';

const rectangles = (layout: Layout): Rectangle[] => {
	switch (layout.kind) {
		case 'line': {
			return [];
		}

		case 'small': {
			return [layout.main, ...(layout.spark ? [layout.spark] : [])];
		}

		case 'full': {
			return [layout.main, layout.side];
		}
	}
};

/** The rows that are taken besides the rectangles: the header, and the footer at the bottom. */
function rowsOfText(layout: Layout, {rows}: Size): number[] {
	if (layout.kind === 'line') {
		return [0];
	}

	const hasFooter = layout.kind === 'full' || layout.hasFooter;
	return [...Array.from({length: layout.header}, (_, row) => row), ...(hasFooter ? [rows - 1] : [])];
}

describe('the layout', () => {
	it.each([
		[80, 24, 'full'],
		[200, 50, 'full'],
		[76, 20, 'full'],
		[75, 24, 'small'],
		[80, 19, 'small'],
		[60, 16, 'small'],
		[59, 16, 'small'],
		[40, 10, 'small'],
		[30, 8, 'small'],
		[29, 8, 'line'],
		[30, 7, 'line'],
		[20, 5, 'line'],
		[1, 1, 'line'],
		[500, 1, 'line'],
		[1, 500, 'line'],
	])('at %d×%d is %s', (columns, rows, kind) => {
		expect(layoutOf({columns, rows}).kind).toBe(kind);
	});

	it('has one sparkline and a footer from 60×16 on, and only the plane below', () => {
		expect(layoutOf({columns: 60, rows: 16})).toMatchObject({
			kind: 'small', header: 2, hasFooter: true, spark: {height: 1},
		});
		expect(layoutOf({columns: 40, rows: 10})).toMatchObject({
			kind: 'small', header: 1, hasFooter: false, spark: undefined,
		});
	});

	it('never puts two things into one cell, nor anything outside of the screen, at any size', () => {
		fc.assert(fc.property(fc.integer({min: 1, max: 500}), fc.integer({min: 1, max: 200}), (columns, rows) => {
			const size = {columns, rows};
			const layout = layoutOf(size);
			const parts = rectangles(layout);
			for (const {column, row, width, height} of parts) {
				expect(Math.min(column, row)).toBeGreaterThanOrEqual(0);
				expect(Math.min(width, height)).toBeGreaterThan(0);
				expect(column + width).toBeLessThanOrEqual(columns);
				expect(row + height).toBeLessThanOrEqual(rows);
			}

			for (const text of rowsOfText(layout, size)) {
				expect(parts.filter(({row, height}) => text >= row && text < row + height)).toEqual([]);
			}

			const [first, second] = parts;
			if (first && second) {
				const apart = first.column + first.width <= second.column || first.row + first.height <= second.row;
				expect(apart).toBe(true);
			}
		}), {numRuns: 1000});
	});

	it('leaves no row and no column of a full screen unused', () => {
		fc.assert(fc.property(fc.integer({min: 76, max: 500}), fc.integer({min: 20, max: 200}), (columns, rows) => {
			const layout = layoutOf({columns, rows});
			const parts = rectangles(layout);
			const area = parts.reduce((sum, {width, height}) => sum + (width * height), 0);
			expect(area + (rowsOfText(layout, {columns, rows}).length * columns)).toBe(columns * rows);
		}));
	});

	it('gives the plane more room than the gradients', () => {
		fc.assert(fc.property(fc.integer({min: 76, max: 500}), fc.integer({min: 20, max: 200}), (columns, rows) => {
			const [main, side] = rectangles(layoutOf({columns, rows}));
			expect(main!.width).toBeGreaterThan(side!.width);
			expect(side!.width).toBeGreaterThanOrEqual(30);
		}));
	});
});

describe('the inside of a border', () => {
	it.each([
		[{
			column: 5, row: 2, width: 10, height: 4,
		}, {
			column: 6, row: 3, width: 8, height: 2,
		}],
		[{
			column: 0, row: 0, width: 1, height: 1,
		}, {
			column: 1, row: 1, width: 0, height: 0,
		}],
	])('of %j is %j', (outside, expected) => {
		expect(inside(outside)).toEqual(expected);
	});
});
