import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {type Grid, type Style} from '../../source/chart/grid.js';
import {gradientChart, type GradientSeries} from '../../source/chart/gradients.js';
import {phaseTable, type PhaseWord} from '../../source/chart/phases.js';

const series = (layer: number, options: Partial<GradientSeries> = {}): GradientSeries => ({
	layer,
	epochs: Array.from({length: 10}, (_, index) => index * 10),
	mean: Array.from({length: 10}, (_, index) => 10 ** -index),
	std: Array.from({length: 10}, () => 1e-3),
	ratio: 0.214,
	switch: null,
	...options,
});

const {braille, ascii} = glyphSets;

describe('the gradients\' chart', () => {
	it('shows a pair of sparklines a layer on one axis, the ratio, and which is larger', () => {
		const [mean, std] = gradientChart([series(4)], 24, 2, braille).toLines();
		expect(mean).toBe('4 mean █▇▆▆▅▄▃▃▂▁   0.21');
		expect(std).toMatch(/^ {2}std {2}▆{10} +M<S$/v);
	});

	it('marks the switch in the column where it happened, in both rows', () => {
		const grid = gradientChart([series(1, {switch: 45})], 40, 2, braille);
		expect(grid.toLines().map(line => line.indexOf('┊'))).toEqual([7 + 5, 7 + 5]);
	});

	it('marks no switch that has not been found', () => {
		expect(gradientChart([series(1)], 40, 2, braille).toLines().join('')).not.toContain('┊');
	});

	it.each([
		[null, 'n/a', '   '],
		[1.5, '1.50', 'M>S'],
		[0.5, '0.50', 'M<S'],
	])('says of the ratio %d what it means', (ratio, number, verdict) => {
		const [mean, std] = gradientChart([series(1, {ratio})], 40, 2, braille).toLines();
		expect(mean!.endsWith(number)).toBe(true);
		expect(std!.endsWith(verdict)).toBe(true);
	});

	it('has one row a layer where there is no room for two, and says how many layers it leaves out', () => {
		const layers = Array.from({length: 8}, (_, index) => series(index + 1));
		expect(gradientChart(layers, 40, 8, braille).toLines().map(line => line[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
		const lines = gradientChart(layers, 40, 5, braille).toLines();
		expect(lines.map(line => line[0])).toEqual(['1', '2', '3', '4', 'a']);
		expect(lines[4]).toMatch(/^and 4 more/v);
	});

	const neverThrows = (width: number, height: number) => {
		for (const glyphs of [braille, ascii]) {
			const grid = gradientChart([series(1), series(2, {
				mean: [], std: [], epochs: [], ratio: null,
			})], width, height, glyphs);
			expect(grid.width).toBe(width);
			expect(grid.height).toBeLessThanOrEqual(height);
		}
	};

	it.each([[0, 0], [1, 1], [5, 3], [11, 1], [12, 2], [13, 2], [20, 1], [40, 3]])('never throws at %d × %d', neverThrows);

	const cellsWhere = (grid: Grid, isMeant: (style: Style) => boolean): string[] => grid.toLines().flatMap((_, row) =>
		Array.from({length: grid.width}, (__, column) => column).filter(column => isMeant(grid.style(column, row))).map(column => `${column},${row}`));

	it.each([
		['logarithmic', true, 3, 7 + 3],
		['logarithmic', true, 0, 7],
		['logarithmic', true, 9, 7 + 9],
		['linear', false, 3, 7 + 7],
		['linear', false, 9, 7 + 22],
	])('shows the epoch of the cursor on a %s axis in both rows of every layer', (_, isLogEpochs, cursor, column) => {
		const grid = gradientChart([series(1, {cursor}), series(2, {cursor})], 40, 4, braille, isLogEpochs);
		const marked = cellsWhere(grid, ({inverse}) => inverse === true);
		expect(marked).toEqual([0, 1, 2, 3].map(row => `${column},${row}`));
		const before = gradientChart([series(1), series(2)], 40, 4, braille, isLogEpochs);
		expect(grid.toLines()).toEqual(before.toLines());
		expect(cellsWhere(before, ({inverse}) => inverse === true)).toEqual([]);
	});

	it('shows no cursor that is on none of its epochs', () => {
		expect(cellsWhere(gradientChart([series(1, {cursor: 10})], 40, 2, braille), ({inverse}) => inverse === true)).toEqual([]);
	});

	it('marks the switch at its epoch\'s share of a linear axis', () => {
		const grid = gradientChart([series(1, {switch: 45})], 40, 2, braille, false);
		// 28 columns for epochs 0 to 90, so 4 epochs a column: 50 is the first one measured after the switch.
		expect(grid.toLines().map(line => line.indexOf('┊'))).toEqual([7 + 12, 7 + 12]);
	});

	it('is ASCII only where there is nothing else', () => {
		expect(gradientChart([series(1, {switch: 45})], 40, 2, ascii).toLines().join('')).toMatch(/^[ -~]*$/v);
	});
});

describe('the table of the phases', () => {
	const word = (layer: number, text: string, isReversed = false): PhaseWord => ({layer, word: text, isReversed});
	const words = [word(1, '16', true), word(2, '14'), word(3, 'never'), word(4, '–')];

	it('says when each layer switched, and apart from that when it began to compress', () => {
		const lines = phaseTable({
			switches: words, onsets: [word(1, '–'), word(2, '50')], estimator: 'bins', width: 40, height: 6, glyphs: braille,
		}).toLines().map(line => line.trimEnd());
		expect(lines).toEqual([
			'drift → diffusion, epoch',
			'1:16* 2:14 3:never 4:–',
			'* drift again later',
			'compression (bins)',
			'1:– 2:50',
			'',
		]);
	});

	it('goes on in the next row where a row is full, and never cuts a word', () => {
		const lines = phaseTable({
			switches: Array.from({length: 12}, (_, index) => word(index + 1, '1000')), onsets: [], estimator: 'bins', width: 20, height: 8, glyphs: braille,
		}).toLines().map(line => line.trimEnd());
		expect(lines.slice(1, 5)).toEqual(['1:1000 2:1000 3:1000', '4:1000 5:1000 6:1000', '7:1000 8:1000 9:1000', 'a:1000 b:1000 c:1000']);
	});
});
