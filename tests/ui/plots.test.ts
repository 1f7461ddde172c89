import {
	describe, expect, it, vi,
} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {type History} from '../../source/history/reduce.js';
import {layoutOf} from '../../source/ui/layout.js';
import {plotsOf} from '../../source/ui/plots.js';
import {
	cursorText, initialView, shownHistory, type View,
} from '../../source/ui/state.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';
import {sizeOf} from '../helpers/terminal.js';

// A hundred thousand cells, one by one.
vi.setConfig({testTimeout: 20_000});

const {braille} = glyphSets;
const draw = (history: History, view: Partial<View> = {}, size = '200×50') => plotsOf(shownHistory({...initialView, ...view}, history), {...initialView, ...view}, layoutOf(sizeOf(size)), braille);
const lines = (grid: Grid): string => grid.toLines().join('\n');

/** The cells that are inverse, as `column,row`. */
const inverseCells = (grid: Grid): string[] => grid.toLines().flatMap((_, row) =>
	Array.from({length: grid.width}, (__, column) => column).filter(column => grid.style(column, row).inverse).map(column => `${column},${row}`));

const boldCells = (grid: Grid): string[] => grid.toLines().flatMap((line, row) => [...line].filter((_, column) => grid.style(column, row).bold));

describe('the charts of a screen', () => {
	const history = exampleHistory();

	it.each([
		['line', '20×5', 0],
		['plane alone', '40×10', 1],
		['plane and a sparkline', '60×16', 2],
		['plane, gradients, phases', '80×24', 3],
		['plane, gradients, phases, layers, loss', '200×50', 5],
	])('are, with room for a %s (%s), %d', (_, size, count) => {
		expect(draw(history, {}, size)).toHaveLength(count);
	});

	it.each(['40×10', '60×16', '76×20', '80×24', '132×43', '200×50', '500×200'])('at %s are inside of their panels, none over another', size => {
		const {columns, rows} = sizeOf(size);
		const taken = new Set<string>();
		for (const {column, row, grid} of draw(history, {}, size)) {
			expect(column + grid.width).toBeLessThan(columns);
			expect(row + grid.height).toBeLessThan(rows);
			for (let y = 0; y < grid.height; y++) {
				for (let x = 0; x < grid.width; x++) {
					const cell = `${column + x},${row + y}`;
					expect(taken.has(cell), cell).toBe(false);
					taken.add(cell);
				}
			}
		}
	});

	it('at 200×50 hold every layer\'s gradients, a table of the layers and the loss', () => {
		const [, gradients, phases, table, loss] = draw(history).map(({grid}) => grid);
		expect([...'123456'].filter(layer => !lines(gradients!).includes(`${layer} mean`))).toEqual([]);
		expect(lines(phases!)).toContain('drift → diffusion, epoch');
		expect(table!.toLines()[0]).toMatch(/^layer +units +activation +I\(X;T\) +I\(T;Y\) +M\/S/v);
		expect(table!.height).toBe(7);
		expect(lines(loss!)).toMatch(/epoch 0/v);
	});

	it('are none while the help is open, or before there is anything to show', () => {
		expect(draw(history, {isHelpOpen: true})).toEqual([]);
		expect(draw(historyOf())).toEqual([]);
	});

	it('leave out hidden layers, and the others keep their numbers', () => {
		const [plane, gradients] = draw(history, {hidden: new Set([2, 6])}).map(({grid}) => grid);
		expect([...'123456'].map(layer => lines(gradients!).includes(`${layer} mean`))).toEqual([true, false, true, true, true, false]);
		expect([...'123456'].map(layer => boldCells(plane!).includes(layer))).toEqual([true, false, true, true, true, false]);
	});

	it('show the switch as a mark in the sparklines and as a ring in the plane', () => {
		const [plane, gradients] = draw(history).map(({grid}) => grid);
		expect(lines(plane!).match(/o/gv)).toHaveLength(2);
		expect(gradients!.toLines().map(line => line.includes('┊'))).toEqual([true, true, true, true, ...Array.from({length: 8}, () => false)]);
	});

	it('show no switch in the past before it', () => {
		const [plane, gradients] = draw(history, {scrubbed: 10}).map(({grid}) => grid);
		expect(lines(plane!)).not.toContain('o');
		expect(lines(gradients!)).not.toContain('┊');
	});

	it('show the cursor as a cross in the plane and at the same epoch in every sparkline', () => {
		const [plane, gradients] = draw(history, {cursor: {layer: 3, index: 30}}).map(({grid}) => grid);
		expect(inverseCells(plane!)).toHaveLength(1);
		expect(lines(plane!)).toContain('X');
		const marked = inverseCells(gradients!);
		expect(marked).toHaveLength(12);
		expect(new Set(marked.map(cell => cell.split(',')[0])).size).toBe(1);
	});

	it('show a part of the plane where that is looked at', () => {
		const [whole, part] = [{}, {zoom: {x: 0.75, y: 0.5, extent: 0.25}}].map(view => draw(history, view)[0]!.grid.toLines());
		expect(whole!.at(-1)!.trim().split(/ +/v)[0]).toBe('0');
		expect(part!.at(-1)!.trim().split(/ +/v)[0]).toMatch(/^9/v);
	});

	it('show the cross where the cursor\'s text says, where an estimator lacks an epoch', () => {
		const partial = exampleEpoch(1);
		const withoutBins = {...partial, layers: partial.layers.map(layer => ({...layer, information: {'width:0.07': layer.information['width:0.07']!}}))};
		const lacking = historyOf(exampleStart(), exampleEpoch(0), withoutBins, exampleEpoch(50), exampleEpoch(4000));
		const view = {...initialView, cursor: {layer: 6, index: 2}};
		expect(cursorText(view, lacking)).toMatch(/epoch 50:/v);
		const whole = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(50), exampleEpoch(4000));
		expect(inverseCells(draw(lacking, view)[0]!.grid)).toEqual(inverseCells(draw(whole, {cursor: {layer: 6, index: 1}})[0]!.grid));
	});
});
