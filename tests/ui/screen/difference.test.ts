import xterm from '@xterm/headless';
import fc from 'fast-check';
import {
	describe, expect, it,
} from 'vitest';
import {Grid, type Style} from '../../../source/chart/grid.js';
import {layerColor} from '../../../source/chart/palette.js';
import {type ColorLevel} from '../../../source/ui/color-level.js';
import {frameDifference, styleSequence} from '../../../source/ui/screen/difference.js';
import {asSeen, cellsOf, emulatorCells} from '../../helpers/terminal.js';

type Change = {readonly column: number; readonly row: number; readonly text: string; readonly style: Style};

const styleArbitrary: fc.Arbitrary<Style> = fc.record({
	color: fc.option(fc.constantFrom(214, 74, 36, 227, 32, 166, 175, 24), {nil: undefined}), bold: fc.boolean(), dim: fc.boolean(), inverse: fc.boolean(),
}, {requiredKeys: []});

/** A screen on which only some rows change, a little: what Ink's own renderer was wrong about. */
const frames = fc.record({
	width: fc.integer({min: 1, max: 40}),
	height: fc.integer({min: 1, max: 12}),
}).chain(({width, height}) => {
	const changes = fc.array(fc.record({
		column: fc.nat(width), row: fc.nat(height - 1), text: fc.string({unit: fc.constantFrom(...'ab19⡇⣿─│ →'), maxLength: 10}), style: styleArbitrary,
	}), {maxLength: 12});
	return fc.tuple(fc.constant({columns: width, rows: height}), fc.array(changes, {minLength: 1, maxLength: 4}));
});

function withChanges(before: Grid, changes: readonly Change[]): Grid {
	const grid = new Grid(before.width, before.height);
	for (let row = 0; row < before.height; row++) {
		for (let column = 0; column < before.width; column++) {
			grid.set(column, row, before.character(column, row), before.style(column, row));
		}
	}

	for (const {column, row, text, style} of changes) {
		grid.write(column, row, text, style);
	}

	return grid;
}

async function write(emulator: xterm.Terminal, text: string): Promise<void> {
	await new Promise<void>(resolve => {
		emulator.write(text, resolve);
	});
}

function gridOf(lines: readonly string[], style: Style = {}): Grid {
	const grid = new Grid(Math.max(...lines.map(line => line.length)), lines.length);
	for (const [row, line] of lines.entries()) {
		grid.write(0, row, line, style);
	}

	return grid;
}

const escape = '\u001B[';

describe('the difference between two frames', () => {
	it('turns the one on the screen into the other, cell by cell', async () => {
		await fc.assert(fc.asyncProperty(frames, async ([size, steps]) => {
			// As the terminal is while ibtop has it: the alternate screen, without auto-wrap. Emulators have two columns at least.
			const emulator = new xterm.Terminal({cols: Math.max(2, size.columns), rows: size.rows, allowProposedApi: true});
			await write(emulator, `${escape}?1049h${escape}?7l`);
			let shown: Grid | undefined;
			for (const changes of steps) {
				const next = withChanges(shown ?? new Grid(size.columns, size.rows), changes);
				await write(emulator, frameDifference(shown, next, 2));
				shown = next;
				expect(asSeen(emulatorCells(emulator, size))).toEqual(asSeen(cellsOf(shown)));
			}

			emulator.dispose();
		}), {numRuns: 120});
	});

	it('is empty where nothing has changed, a style that says the same in other words included', () => {
		fc.assert(fc.property(frames, ([{columns, rows}, steps]) => {
			const frame = withChanges(new Grid(columns, rows), steps[0]!);
			expect(frameDifference(frame, withChanges(frame, []), 2)).toBe('');
		}));
		expect(frameDifference(gridOf(['ab'], {}), gridOf(['ab'], {bold: false, color: undefined}), 2)).toBe('');
	});

	it('is a whole frame where nothing is known to be shown, and erases nothing', () => {
		const output = frameDifference(undefined, gridOf(['ab', '  ']), 2);
		expect(output).toBe(`${escape}1;1H${escape}0mab${escape}2;1H  `);
		expect(output).not.toContain(`${escape}2J`);
	});

	it('moves the cursor to what has changed, and writes that only', () => {
		const before = gridOf(['aaaaaaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbbbbbb']);
		const after = gridOf(['aaaaaaaaaaaaaaaaaaaa', 'bbXbbbbbbbbbbbbbbYbb']);
		expect(frameDifference(before, after, 2)).toBe(`${escape}2;3H${escape}0mX${escape}14CY`);
	});

	it('goes on over a few cells that have not changed, which costs less than to jump', () => {
		expect(frameDifference(gridOf(['abcdefgh']), gridOf(['XbcdXfgh']), 2)).toBe(`${escape}1;1H${escape}0mXbcdX`);
	});

	it('jumps from four unchanged cells on', () => {
		expect(frameDifference(gridOf(['abcdefgh']), gridOf(['XbcdeYgh']), 2)).toBe(`${escape}1;1H${escape}0mX${escape}4CY`);
	});

	it.each<readonly [Style, Style]>([
		[{}, {bold: true}],
		[{bold: true}, {}],
		[{}, {dim: true}],
		[{dim: true}, {}],
		[{}, {inverse: true}],
		[{inverse: true}, {}],
		[{}, {color: 214}],
		[{color: 214}, {color: 74}],
		[{color: 74}, {}],
		[{color: 74, bold: true}, {color: 74, dim: true}],
	])('sees that the same text has gone from %j to %j', async (before, after) => {
		const emulator = new xterm.Terminal({cols: 4, rows: 1, allowProposedApi: true});
		await write(emulator, frameDifference(undefined, gridOf(['same'], before), 2));
		await write(emulator, frameDifference(gridOf(['same'], before), gridOf(['same'], after), 2));
		expect(emulatorCells(emulator, {columns: 4, rows: 1})).toEqual(cellsOf(gridOf(['same'], after)));
		emulator.dispose();
	});

	it('goes to each row by its place, and forward within a row', () => {
		const blank = gridOf(['          ', '          ']);
		expect(frameDifference(blank, gridOf(['a        b', 'c        d']), 2)).toBe(`${escape}1;1H${escape}0ma${escape}8Cb${escape}2;1Hc${escape}8Cd`);
	});

	it('goes to the right cell after a wide character', async () => {
		const wide = (first: string, last: string) => {
			const grid = new Grid(12, 1);
			grid.write(0, 0, `${first} bcdefghij${last}`);
			grid.set(1, 0, '');
			return grid;
		};

		const emulator = new xterm.Terminal({cols: 12, rows: 1, allowProposedApi: true});
		await write(emulator, `${escape}?7l${frameDifference(undefined, wide('字', 'x'), 2)}`);
		await write(emulator, frameDifference(wide('字', 'x'), wide('語', 'x'), 2));
		const after = wide('語', 'x');
		after.set(8, 0, 'Y');
		await write(emulator, frameDifference(wide('字', 'x'), after, 2));
		expect(emulator.buffer.active.getLine(0)!.translateToString(true)).toBe('語bcdefgYijx');
		emulator.dispose();
	});

	it('leaves the terminal unstyled', () => {
		expect(frameDifference(gridOf(['ab']), gridOf(['Xb'], {bold: true, color: 74}), 2).endsWith(`${escape}0m`)).toBe(true);
	});

	it('never costs more than to draw the whole frame', () => {
		fc.assert(fc.property(frames, ([{columns, rows}, steps]) => {
			const before = withChanges(new Grid(columns, rows), steps[0]!);
			const after = withChanges(before, steps.at(-1)!);
			expect(frameDifference(before, after, 2).length).toBeLessThanOrEqual(frameDifference(undefined, after, 2).length + (4 * styleSequence({
				bold: true, dim: true, inverse: true, color: 214,
			}, 2).length));
		}));
	});
});

describe('a style', () => {
	it.each<readonly [Style, ColorLevel, string]>([
		[{}, 2, '0'],
		[{bold: true}, 2, '0;1'],
		[{dim: true, inverse: true}, 2, '0;2;7'],
		[{color: 214}, 3, '0;38;5;214'],
		[{color: 214}, 2, '0;38;5;214'],
		[{color: 214}, 1, '0;33'],
		[{color: 74}, 1, '0;36'],
		[{color: 36}, 1, '0;32'],
		[{color: 166}, 1, '0;31'],
		[{color: 214, bold: true}, 0, '0;1'],
		[{inverse: true, color: 1}, 0, '0;7'],
	])('%j with %d colours is %s', (style, level, codes) => {
		expect(styleSequence(style, level)).toBe(`${escape}${codes}m`);
	});

	it('of a layer is no dark blue where there are 16 colours: it cannot be read on black', () => {
		const codes = Array.from({length: 7}, (_, index) => styleSequence({color: layerColor(index + 1)}, 1));
		expect(codes.filter(code => code === `${escape}0;34m`)).toEqual([]);
	});

	it('of any colour is one of the 16 that is neither black nor white', () => {
		for (let color = 16; color < 256; color++) {
			expect(styleSequence({color}, 1).slice(escape.length)).toMatch(/^0;(?:3[1-6]|94)m$/v);
		}
	});
});
