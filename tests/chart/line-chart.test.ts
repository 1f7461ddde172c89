import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatNumber} from '../../source/chart/format.js';
import {glyphSets} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {type Line, lineChart, type LineChartOptions} from '../../source/chart/line-chart.js';

const line = (label: string, values: ReadonlyArray<number | null>, color = 74): Line => ({label, style: {color}, values});
const draw = (lines: readonly Line[], options: Partial<LineChartOptions> = {}): Grid => lineChart({
	width: 50, height: 12, lines, glyphs: glyphSets.braille, epochs: lines[0]?.values.map((_, index) => index) ?? [], format: value => formatNumber(value), isLogEpochs: true, ...options,
});

/** The row that holds a line's end label. */
const rowOf = (grid: Grid, label: string) => grid.toLines().findIndex((_, row) => Array.from({length: grid.width}, (__, column) => column)
	.some(column => grid.character(column, row) === label && grid.style(column, row).bold));

const blank = (grid: Grid) => grid.toLines().every(text => text.trim() === '');

describe('a line chart', () => {
	it('goes from the highest value in the first row to the lowest in the last, with labels that say so', () => {
		const grid = draw([line('a', [0, 1, 2, 3, 4]), line('b', [4, 3, 2, 1, 0])]);
		const lines = grid.toLines();
		expect(lines[0]).toMatch(/^ +4 *│/v);
		expect(lines[10]).toMatch(/^ +0 *│/v);
		expect(rowOf(grid, 'a')).toBe(0);
		expect(rowOf(grid, 'b')).toBe(10);
	});

	it('says at the bottom which epochs it shows', () => {
		const grid = draw([line('a', [5, 4, 3, 2, 1])], {epochs: [0, 10, 100, 1000, 8000]});
		expect(grid.toLines()[11]).toMatch(/^ +epoch 0/v);
	});

	const long = Array.from({length: 300}, (_, index) => index);

	it('ends with the last epoch where several share a column', () => {
		const grid = draw([line('a', long)], {epochs: long.map(index => index * 10)});
		expect(grid.toLines()[11]).toMatch(/ 2,9\d0 *$/v);
	});

	it.each([true, false])('begins with the first epoch where several share a column (logarithmic: %s)', isLogEpochs => {
		const grid = draw([line('a', long)], {epochs: long.map(index => index * 10), isLogEpochs});
		expect(grid.toLines()[11]).toMatch(/^ +epoch 0 /v);
	});

	it('numbers a linear axis evenly, where nothing was measured too', () => {
		const grid = draw([line('a', [5, 4, 3])], {epochs: [0, 10, 8000], isLogEpochs: false, width: 90});
		const numbers = grid.toLines()[11]!.match(/[\d,]+/gv)!.map(text => Number(text.replaceAll(',', '')));
		for (const [index, number] of numbers.entries()) {
			expect(Math.abs(number - (8000 * index / (numbers.length - 1)))).toBeLessThan(200);
		}
	});

	it('puts a value of a linear axis at its epoch\'s share of the width', () => {
		const grid = draw([line('a', [0, 0, 0, 9])], {epochs: [0, 10, 500, 1000], isLogEpochs: false, width: 50});
		// 40 columns: epoch 1000 is in the last one, and only there does the line rise.
		expect(grid.toLines()[0]!.slice(8).search(/[^ ]/v)).toBeGreaterThanOrEqual(37);
		const logarithmic = draw([line('a', [0, 0, 0, 9])], {epochs: [0, 10, 500, 1000], width: 50});
		expect(logarithmic.toLines()[0]!.slice(8).search(/[^ ]/v)).toBeLessThan(5);
	});

	it('shows a reference where it is, even where no line goes', () => {
		const grid = draw([line('a', [1, 2, 3])], {reference: 0});
		expect(grid.toLines()[10]).toContain('┄');
		expect(rowOf(grid, 'a')).toBe(0);
	});

	it('draws each line in its style', () => {
		const grid = draw([line('a', [1, 2, 3, 4], 214), line('b', [4, 4, 4, 4], 36)]);
		const colors = new Set(Array.from({length: grid.width * grid.height}, (_, cell) => grid.style(cell % grid.width, Math.floor(cell / grid.width)).color));
		expect(colors).toEqual(new Set([undefined, 214, 36]));
	});

	it('begins a line where its values begin, and bridges gaps', () => {
		const grid = draw([line('a', [null, null, null, 1, null, 3]), line('b', [0, 0, 0, 0, 0, 0])]);
		expect(rowOf(grid, 'a')).toBe(0);
	});

	it('is ASCII only where there is nothing else', () => {
		const grid = draw([line('a', [3, 1, 2, 5, 0.001, 2e9])], {glyphs: glyphSets.ascii, reference: 1});
		expect(grid.toLines().filter(text => !/^[ -~]*$/v.test(text))).toEqual([]);
		expect(blank(grid)).toBe(false);
	});

	it.each([
		['no line', []],
		['a line without values', [line('a', [])]],
		['nothing but nulls', [line('a', [null, null])]],
	])('is blank for %s', (_, lines) => {
		expect(blank(draw(lines))).toBe(true);
	});

	it.each([
		['one value', [line('a', [7])]],
		['one value among nulls', [line('a', [null, 7, null])]],
		['a constant', [line('a', [3, 3, 3, 3])]],
		['a constant of 0', [line('a', [0, 0])]],
		['values hardly apart', [line('a', [1, 1 + Number.EPSILON])]],
		['very large values', [line('a', [-1e300, 1e300])]],
		['very small values', [line('a', [1e-300, 2e-300])]],
		['more values than columns', [line('a', Array.from({length: 5000}, (_, index) => Math.sin(index)))]],
	])('is not blank for %s, and puts the label at the end', (_, lines) => {
		const grid = draw(lines);
		expect(rowOf(grid, 'a')).toBeGreaterThanOrEqual(0);
	});

	it('never throws on numbers and nulls, and has the size that it was given', () => {
		const value = fc.oneof({
			weight: 4, arbitrary: fc.double({
				noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12,
			}),
		}, {weight: 1, arbitrary: fc.constant(null)});
		fc.assert(fc.property(
			fc.array(fc.array(value, {maxLength: 120}), {maxLength: 4}),
			fc.integer({min: -1, max: 120}),
			fc.integer({min: -1, max: 40}),
			fc.option(fc.double({min: -10, max: 10, noNaN: true}), {nil: undefined}),
			fc.constantFrom(...Object.values(glyphSets)),
			fc.boolean(),
			(series, width, height, reference, glyphs, isLogEpochs) => {
				const epochs = Array.from({length: Math.max(0, ...series.map(values => values.length))}, (_, index) => index);
				const grid = draw(series.map((values, index) => line(String(index), values)), {
					width, height, epochs, glyphs, isLogEpochs, ...(reference !== undefined && {reference}),
				});
				const lines = grid.toLines();
				expect(lines).toHaveLength(Math.max(0, height));
				expect(lines.filter(text => [...text].length !== Math.max(0, width))).toEqual([]);
			},
		), {numRuns: 200});
	});
});
