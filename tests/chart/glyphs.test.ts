import {
	describe, expect, it,
} from 'vitest';
import stringWidth from 'string-width';
import {toAscii} from '../../source/chart/ascii.js';
import {chooseGlyphs, type Glyphs, glyphSets} from '../../source/chart/glyphs.js';

const characters = ({bars, mark, border, progress, dot, dots}: Glyphs): string[] => [
	...bars,
	mark,
	...Object.values(border),
	...progress,
	...Array.from({length: 2 ** (dots[0] * dots[1])}, (_, bits) => dot(bits)),
];

describe.each(Object.values(glyphSets))('the $name glyphs', glyphs => {
	it('are one cell wide each', () => {
		expect(characters(glyphs).filter(character => stringWidth(character) !== 1)).toEqual([]);
	});

	it('tell a cell with dots from one without', () => {
		expect(glyphs.dot(1)).not.toBe(glyphs.dot(0).trim());
		expect(new Set(glyphs.bars).size).toBe(8);
	});
});

it('the ASCII glyphs are ASCII, words included', () => {
	const {arrow, dash, separator} = glyphSets.ascii;
	expect([...characters(glyphSets.ascii), arrow, dash, separator].filter(text => !/^[ -~]+$/v.test(text))).toEqual([]);
});

it('braille dots are numbered as Unicode numbers them', () => {
	const {dot} = glyphSets.braille;
	expect([0b1, 0b10, 0b100, 0b1000, 0b1_0000, 0b10_0000, 0b100_0000, 0b1000_0000].map(bits => dot(bits))).toEqual(['⠁', '⠈', '⠂', '⠐', '⠄', '⠠', '⡀', '⢀']);
	expect(dot(255)).toBe('⣿');
});

describe('the choice of glyphs', () => {
	it.each([
		['braille', {LANG: 'en_US.UTF-8', TERM: 'xterm-256color'}],
		['braille', {LANG: 'C.utf8', TERM: 'screen'}],
		['braille', {LC_ALL: 'de_DE.UTF-8', LANG: 'C'}],
		['ascii', {LC_ALL: 'C', LANG: 'en_US.UTF-8'}],
		['braille', {LC_CTYPE: 'C.UTF-8', LANG: 'C'}],
		['braille', {LC_ALL: '', LANG: 'en_US.UTF-8'}],
		['ascii', {LANG: 'en_US.ISO-8859-1', TERM: 'xterm'}],
		['ascii', {TERM: 'xterm-256color'}],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'linux'}],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'dumb'}],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'vt100'}],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'vt220'}],
	] as const)('is %s for %j', (expected, environment) => {
		expect(chooseGlyphs(environment).name).toBe(expected);
	});
});

it.each([
	['drift → diffusion · 3 of 6', 'drift > diffusion | 3 of 6'],
	['–', '-'],
	['tabs\tand\nlines', 'tabs\tand\nlines'],
	['⣿Ω', '??'],
])('%j in ASCII is %j, as long as before', (text, expected) => {
	expect(toAscii(text)).toBe(expected);
	expect(toAscii(text)).toHaveLength(text.length);
});
