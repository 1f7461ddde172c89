import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../../source/chart/glyphs.js';
import {Grid} from '../../../source/chart/grid.js';
import {Compositor, type Painting} from '../../../source/ui/screen/compositor.js';
import {parseFrame} from '../../../source/ui/screen/parse.js';

const escape = '\u001B[';

describe('a frame of Ink', () => {
	it('becomes cells with their styles', () => {
		const grid = parseFrame(`a${escape}1mb${escape}22m${escape}38;5;36mc${escape}39m${escape}2md${escape}22m${escape}7me${escape}27mf`, 6, 1);
		expect(grid.toLines()).toEqual(['abcdef']);
		expect([0, 1, 2, 3, 4, 5].map(column => grid.style(column, 0))).toMatchObject([{}, {bold: true}, {color: 36}, {dim: true}, {inverse: true}, {}]);
		expect(grid.style(5, 0)).not.toMatchObject({bold: true});
	});

	it('loses every style with a reset', () => {
		const grid = parseFrame(`${escape}1m${escape}38;5;36ma${escape}0mb`, 2, 1);
		expect([0, 1].map(column => grid.style(column, 0))).toEqual([{bold: true, color: 36}, {}]);
	});

	it('is cut at the edges of the screen', () => {
		expect(parseFrame('abc\ndef\nghi', 2, 2).toLines()).toEqual(['ab', 'de']);
		expect(parseFrame('a', 3, 2).toLines()).toEqual(['a  ', '   ']);
		expect(parseFrame('', 0, 0).toLines()).toEqual([]);
	});

	it('begins each line without a style', () => {
		expect(parseFrame(`${escape}1ma\nb`, 1, 2).style(0, 1)).toEqual({});
	});

	it('gives a wide character two cells, the second of them empty', () => {
		const grid = parseFrame('字x', 4, 1);
		expect([0, 1, 2].map(column => grid.character(column, 0))).toEqual(['字', '', 'x']);
	});

	it.each([...'aä→–…│─┌▁█⡇⣿┊━╌·×≥‖'])('gives %s one cell', character => {
		expect(stringWidth(character)).toBe(1);
		expect(parseFrame(`${character}x`, 3, 1).toLines()).toEqual([`${character}x `]);
	});

	it.each(['⌚', '☕', '⚡', '⛔'])('gives %s two cells', character => {
		expect(stringWidth(character)).toBe(2);
		expect([0, 1, 2].map(column => parseFrame(`${character}x`, 4, 1).character(column, 0))).toEqual([character, '', 'x']);
	});
});

/** A painting of nothing. */
const nothing: Painting = {plots: [], glyphs: glyphSets.braille, gap: {after: 0, rows: 0}};

describe('the compositor', () => {
	const size = {columns: 6, rows: 3};
	const plot = (text: string) => {
		const grid = new Grid(text.length, 1);
		for (const [column, character] of [...text].entries()) {
			if (character !== ' ') {
				grid.set(column, 0, character, {color: 74});
			}
		}

		return grid;
	};

	it('paints the charts over what Ink drew, and leaves it where they are blank', () => {
		let changes = 0;
		const compositor = new Compositor(() => size, () => {
			changes++;
		});
		compositor.sink.write('------\n|    |\n------');
		compositor.paint({...nothing, plots: [{column: 1, row: 1, grid: plot('a b')}, {column: 4, row: 0, grid: plot(' x')}]});
		const frame = compositor.compose(size);
		expect(frame.toLines()).toEqual(['-----x', '|a b |', '------']);
		expect(frame.style(1, 1)).toEqual({color: 74});
		expect(changes).toBe(1);
	});

	it('puts empty rows where Ink has left them out', () => {
		const compositor = new Compositor(() => size, () => undefined);
		compositor.sink.write('head\nfoot');
		compositor.paint({...nothing, gap: {after: 1, rows: 1}});
		expect(compositor.compose(size).toLines()).toEqual(['head  ', '      ', 'foot  ']);
		compositor.paint(nothing);
		expect(compositor.compose(size).toLines()).toEqual(['head  ', 'foot  ', '      ']);
	});

	it('shows what Ink drew in ASCII where the terminal has no more, its styles kept', () => {
		const compositor = new Compositor(() => size, () => undefined);
		compositor.sink.write(`${escape}1ma·b${escape}22m →…`);
		compositor.paint({...nothing, glyphs: glyphSets.ascii});
		const frame = compositor.compose(size);
		expect(frame.toLines()[0]).toBe('a|b >.');
		expect([0, 2, 4].map(column => Boolean(frame.style(column, 0).bold))).toEqual([true, true, false]);
		compositor.paint(nothing);
		expect(compositor.compose(size).toLines()[0]).toBe('a·b →…');
	});

	it('paints a blank cell that is inverse: a cursor where there is no value', () => {
		const compositor = new Compositor(() => size, () => undefined);
		const grid = new Grid(1, 1);
		grid.set(0, 0, ' ', {inverse: true});
		compositor.paint({...nothing, plots: [{column: 2, row: 1, grid}]});
		expect(compositor.compose(size).style(2, 1)).toEqual({inverse: true});
	});

	it('takes no cursor sequence for a frame', () => {
		const compositor = new Compositor(() => size, () => undefined);
		compositor.sink.write('frame');
		compositor.sink.write('\u001B[?25l');
		expect(compositor.compose(size).toLines()[0]).toBe('frame ');
	});

	it('poses as a terminal of the size that it is told', () => {
		const {sink} = new Compositor(() => size, () => undefined);
		expect({isTTY: sink.isTTY, columns: sink.columns, rows: sink.rows}).toEqual({isTTY: true, ...size});
	});

	it('paints nothing outside of the screen', () => {
		const compositor = new Compositor(() => size, () => undefined);
		compositor.paint({...nothing, plots: [{column: 4, row: 2, grid: plot('abcdef')}, {column: 0, row: 9, grid: plot('x')}]});
		expect(compositor.compose(size).toLines()).toEqual(['      ', '      ', '    ab']);
		expect(compositor.compose({columns: 1, rows: 1}).toLines()).toEqual([' ']);
	});
});
