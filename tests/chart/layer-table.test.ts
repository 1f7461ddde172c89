import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type LayerRow, layerTable} from '../../source/chart/layer-table.js';
import {layerColor} from '../../source/chart/palette.js';

const row = (layer: number, options: Partial<LayerRow> = {}): LayerRow => ({
	layer, width: 10, activation: 'tanh', x: 11.5, y: 0.987_65, ratio: 0.214, weightNorm: 3.25, switch: '171', onset: '-', ...options,
});

const rows = [
	row(1),
	row(2, {switch: '1234*', onset: '50'}),
	row(12, {
		width: 1024, activation: 'softsign', x: null, y: null, ratio: null, weightNorm: null, switch: 'n/a', onset: '-',
	}),
];

describe('the table of the layers', () => {
	it('tells each layer in numbers, to the right under a title', () => {
		const grid = layerTable(rows, 80, 20);
		expect(grid.toLines().map(line => line.trimEnd())).toEqual([
			'layer  units  activation  I(X;T)  I(T;Y)   M/S   |W|  switch  onset',
			'    1     10        tanh  11.500   0.988  0.21  3.25     171      -',
			'    2     10        tanh  11.500   0.988  0.21  3.25   1234*     50',
			'    c   1024    softsign       -       -   n/a     -     n/a      -',
		]);
	});

	it('has titles that are dim, and the layer in its colour', () => {
		const grid = layerTable(rows, 80, 20);
		expect(grid.style(0, 0)).toEqual({dim: true});
		expect([1, 2, 3].map(each => grid.style(4, each))).toEqual([1, 2, 12].map(layer => ({color: layerColor(layer), bold: true})));
		expect(grid.style(10, 1)).toEqual({});
	});

	it.each([
		[67, 'layer  units  activation  I(X;T)  I(T;Y)   M/S   |W|  switch  onset'],
		[66, 'layer  units  activation  I(X;T)  I(T;Y)   M/S   |W|  switch'],
		[60, 'layer  units  activation  I(X;T)  I(T;Y)   M/S   |W|  switch'],
		[59, 'layer  units  activation  I(X;T)  I(T;Y)   M/S   |W|'],
		[30, 'layer  units  activation'],
		[12, 'layer  units'],
		[5, 'layer'],
		[4, ''],
		[0, ''],
	])('leaves out in %d columns, from the right, what does not fit', (width, title) => {
		expect(layerTable(rows, width, 20).toLines()[0]!.trimEnd()).toBe(title);
	});

	it.each([[20, 4], [4, 4], [3, 3], [1, 1], [0, 0]])('has in %d rows of room %d rows', (height, expected) => {
		expect(layerTable(rows, 80, height).height).toBe(expected);
	});

	it('has a title alone where there is no layer', () => {
		expect(layerTable([], 20, 5).toLines()).toEqual(['layer  units        ']);
	});

	it('never cuts a cell, and keeps the columns of all rows in line', () => {
		const word = fc.string({unit: fc.constantFrom(...'abcdef0123456789*'), minLength: 1, maxLength: 12});
		const anyRow = fc.record({
			layer: fc.integer({min: 1, max: 35}), width: fc.integer({min: 1, max: 99_999}), activation: word, switch: word, onset: word,
		}).map(fields => row(fields.layer, fields));
		fc.assert(fc.property(fc.array(anyRow, {minLength: 1, maxLength: 9}), fc.integer({min: 5, max: 120}), (given, width) => {
			const [title, ...lines] = layerTable(given, width, 99).toLines().map(line => line.split(/ {2,}/v).map(cell => cell.trim()).filter(Boolean));
			expect(new Set(lines.map(cells => cells.length))).toEqual(new Set([title!.length]));
			for (const [index, cells] of lines.entries()) {
				const {layer, width: units, activation, switch: switched, onset} = given[index]!;
				const expected = [layer.toString(36), String(units), activation, '11.500', '0.988', '0.21', '3.25', switched, onset];
				expect(cells).toEqual(expected.slice(0, cells.length));
			}
		}));
	});
});
