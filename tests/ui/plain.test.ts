import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {chooseGlyphs, type Glyphs, glyphSets} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {layoutOf} from '../../source/ui/layout.js';
import {plotsOf} from '../../source/ui/plots.js';
import {initialView, pages, type View} from '../../source/ui/state.js';
import {stillFrame} from '../../source/ui/still.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';
import {sizeOf} from '../helpers/terminal.js';

const histories = {
	'that has come some way': exampleHistory(),
	'without a spread': historyOf(exampleStart({batchSize: 3276}), ...[0, 1, 2, 5].map(epoch => exampleEpoch(epoch, {ratio: null}))),
	'that has ended': historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(8000, {ratio: 0.5}), {type: 'end', reason: 'finished', epoch: 8000}),
};

const views: View[] = pages.flatMap(page => [true, false].map(isLogEpochs => ({
	...initialView, page, isLogEpochs, cursor: {layer: 5, index: 1}, zoom: {x: 0.25, y: 0, extent: 0.5},
})));

/** Every chart there is: plane, gradients, loss, phases and layers, with and without room. */
const charts = (glyphs: Glyphs): Grid[] => Object.values(histories).flatMap(history => [initialView, ...views].flatMap(view =>
	['40×10', '60×16', '80×24', '200×50'].flatMap(size => plotsOf(history, view, layoutOf(sizeOf(size)), glyphs).map(({grid}) => grid))));

const charactersOf = (grids: readonly Grid[]): string[] => [...new Set(grids.flatMap(grid => [...grid.toLines().join('')]))];
const frames = (glyphs: Glyphs): Grid[] => Object.values(histories).flatMap(history =>
	['20×5', '40×10', '60×16', '80×24', '200×50'].map(size => stillFrame(history, sizeOf(size), glyphs)));

describe('on a terminal without Unicode', () => {
	it('every chart is ASCII', () => {
		const grids = charts(glyphSets.ascii);
		expect(grids.length).toBeGreaterThan(100);
		expect(charactersOf(grids).filter(character => !/[ -~]/v.test(character))).toEqual([]);
	});

	it('every screen is ASCII', () => {
		expect(charactersOf(frames(glyphSets.ascii)).filter(character => !/[ -~]/v.test(character))).toEqual([]);
	});

	it('every chart shows what it does elsewhere: none is blank', () => {
		expect(charts(glyphSets.ascii).map(grid => grid.toLines().join('').trim() === '')).toEqual(charts(glyphSets.braille).map(grid => grid.toLines().join('').trim() === ''));
	});
});

describe('on a terminal where ambiguous characters are wide', () => {
	const glyphs = chooseGlyphs({LANG: 'ja_JP.UTF-8', TERM: 'xterm-256color'});
	const isNarrow = (character: string) => stringWidth(character, {ambiguousIsNarrow: false}) === 1;

	it('every character of every chart is narrow, and the dots are braille', () => {
		const found = charactersOf(charts(glyphs));
		expect(found.filter(character => !isNarrow(character))).toEqual([]);
		expect(found.filter(character => /[\u2801-\u28FF]/v.test(character)).length).toBeGreaterThan(20);
	});

	it('every character of every screen is narrow, so that no row is longer than the terminal', () => {
		expect(charactersOf(frames(glyphs)).filter(character => !isNarrow(character))).toEqual([]);
	});

	it('the usual choice would have wide ones', () => {
		expect(charactersOf(charts(glyphSets.braille)).filter(character => !isNarrow(character)).length).toBeGreaterThan(5);
	});
});

describe('with blocks', () => {
	it('no chart has braille, and the dots are quarters of a cell', () => {
		const found = charactersOf(charts(glyphSets.block));
		expect(found.filter(character => /[\u2800-\u28FF]/v.test(character))).toEqual([]);
		expect(found.filter(character => '▘▝▀▖▌▞▛▗▚▐▜▄▙▟'.includes(character)).length).toBeGreaterThan(5);
	});

	it('every character of every screen is one cell wide', () => {
		expect(charactersOf(frames(glyphSets.block)).filter(character => stringWidth(character) !== 1)).toEqual([]);
	});
});
