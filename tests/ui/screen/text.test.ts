import xterm from '@xterm/headless';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Grid, type Style} from '../../../source/chart/grid.js';
import {type ColorLevel} from '../../../source/ui/color-level.js';
import {gridText} from '../../../source/ui/screen/text.js';
import {asSeen, cellsOf, emulatorCells} from '../../helpers/terminal.js';

const escape = '\u001B[';
const style: fc.Arbitrary<Style> = fc.record({
	color: fc.option(fc.constantFrom(214, 74, 36, 227, 32, 166, 175), {nil: undefined}), bold: fc.boolean(), dim: fc.boolean(),
}, {requiredKeys: []});

const grids = fc.tuple(
	fc.integer({min: 2, max: 30}),
	fc.integer({min: 1, max: 8}),
	fc.array(fc.tuple(fc.nat(30), fc.nat(8), fc.string({unit: fc.constantFrom(...'ab9⡇─│ →'), maxLength: 12}), style), {maxLength: 10}),
).map(([width, height, texts]) => {
	const grid = new Grid(width, height);
	for (const [column, row, text, each] of texts) {
		grid.write(column, row, text, each);
	}

	return grid;
});

function gridOf(...lines: ReadonlyArray<readonly [string, Style?]>): Grid {
	const grid = new Grid(Math.max(...lines.map(([text]) => text.length)), lines.length);
	for (const [row, [text, each]] of lines.entries()) {
		grid.write(0, row, text, each);
	}

	return grid;
}

describe('a frame as text', () => {
	it.each<readonly [string, Grid, ColorLevel, string[]]>([
		['a line a row', gridOf(['ab'], ['cd']), 2, ['ab', 'cd']],
		['nothing for a blank row', gridOf(['ab'], ['  '], ['cd']), 2, ['ab', '', 'cd']],
		['no blanks at the end', gridOf([' a  ', {bold: true}], ['b   ']), 0, [' a', 'b']],
		['no sequences without colours, bold and inverse included', gridOf(['ab', {color: 74, bold: true, inverse: true}]), 0, ['ab']],
		['one sequence a style, and the terminal unstyled at the end', gridOf(['ab', {color: 74}]), 2, [`${escape}0;38;5;74mab${escape}0m`]],
		['the 16 colours where there are no more', gridOf(['ab', {color: 74}]), 1, [`${escape}0;36mab${escape}0m`]],
		['no sequence where nothing is styled', gridOf(['ab'], ['cd']), 3, ['ab', 'cd']],
		['nothing for a frame of no size', new Grid(0, 0), 2, []],
		['an empty line for a row of no width', new Grid(0, 1), 2, ['']],
	])('is %s', (_, grid, level, expected) => {
		expect(gridText(grid, level)).toEqual(expected);
	});

	it('styles each row by itself', () => {
		const grid = gridOf(['ab', {bold: true}], ['cd', {bold: true}]);
		expect(gridText(grid, 2)).toEqual([`${escape}0;1mab${escape}0m`, `${escape}0;1mcd${escape}0m`]);
	});

	it('keeps a wide character in its two cells', () => {
		const grid = new Grid(4, 1);
		grid.set(0, 0, '字');
		grid.set(1, 0, '');
		grid.set(2, 0, 'x');
		expect(gridText(grid, 0)).toEqual(['字x']);
	});

	const lastSequence = (line: string) => line.slice(line.lastIndexOf(escape)).split('m')[0]!;

	it('has as many lines as the frame has rows, none with blanks at its end, none styled beyond its end', () => {
		fc.assert(fc.property(grids, fc.constantFrom<ColorLevel>(0, 1, 2, 3), (grid, level) => {
			const lines = gridText(grid, level);
			expect(lines).toHaveLength(grid.height);
			// eslint-disable-next-line no-control-regex -- the sequences are what this is about
			const bare = lines.map(line => line.replaceAll(/\u001B\[[\d;]*m/gv, ''));
			expect(bare).toEqual(grid.toLines().map(line => line.trimEnd()));
			expect(lines.filter(line => line.includes(escape) && (level === 0 || lastSequence(line) !== `${escape}0`))).toEqual([]);
		}));
	});

	it('is, printed to a terminal, the frame again, cell by cell', async () => {
		await fc.assert(fc.asyncProperty(grids, async grid => {
			const emulator = new xterm.Terminal({cols: grid.width, rows: grid.height + 1, allowProposedApi: true});
			await new Promise<void>(resolve => {
				emulator.write(gridText(grid, 2).map(line => `${line}\r\n`).join(''), resolve);
			});
			expect(asSeen(emulatorCells(emulator, {columns: grid.width, rows: grid.height}))).toEqual(asSeen(cellsOf(grid)));
			emulator.dispose();
		}), {numRuns: 60});
	});
});
