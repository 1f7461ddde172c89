import {
	describe, expect, it,
} from 'vitest';
import stringWidth from 'string-width';
import {toAscii} from '../../source/chart/ascii.js';
import {
	chooseGlyphs, glyphNames, type Glyphs, glyphSets,
} from '../../source/chart/glyphs.js';

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
		['ascii', {}],
		['ascii', {LANG: 'C', TERM: 'xterm-256color'}],
		['ascii', {LANG: 'POSIX', TERM: 'xterm-256color'}],
		['ascii', {LC_ALL: 'POSIX', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8'}],
		['ascii', {LC_CTYPE: 'C', LANG: 'en_US.UTF-8'}],
		['braille', {LANG: 'en_US.utf8'}],
		['braille', {LANG: 'en_US.UTF8'}],
		['braille', {LANG: 'en_US.UTF-8@euro'}],
		['braille', {LANG: 'en_US.UTF-8', TERM: 'tmux-256color'}],
		['braille', {LANG: 'en_US.UTF-8', TERM: 'xterm'}],
		['braille', {LANG: 'en_US.UTF-8', TERM: 'linux-truecolor-not'}],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'vt52'}],
		['ascii', {LANG: 'ja_JP.eucJP', TERM: 'xterm-256color'}],
		['ascii', {LANG: 'ja_JP.UTF-8', TERM: 'linux'}],
		['braille', {LANG: 'ja_JP.UTF-8', TERM: 'xterm-256color'}],
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

describe('on a terminal for Chinese, Japanese or Korean', () => {
	const wideWidth = (text: string) => stringWidth(text, {ambiguousIsNarrow: false});
	const places = [{LANG: 'ja_JP.UTF-8'}, {LANG: 'zh_CN.UTF-8'}, {LANG: 'zh_TW.utf8'}, {LANG: 'ko_KR.UTF-8'}, {LC_ALL: 'ko_KR.UTF-8', LANG: 'en_US.UTF-8'}, {LC_CTYPE: 'ja_JP.UTF-8', LANG: 'C'}];

	it.each(places)('dots are braille and the rest is ASCII, all of it narrow: %j', environment => {
		const glyphs = chooseGlyphs(environment);
		expect(glyphs).toMatchObject({name: 'braille', isPlainText: true, dots: [2, 4]});
		expect(glyphs.dot(255)).toBe('⣿');
		expect(characters(glyphs).filter(character => wideWidth(character) !== 1)).toEqual([]);
		const {bars, mark, border, progress, arrow, dash, separator} = glyphs;
		expect([...bars, mark, ...Object.values(border), ...progress, arrow, dash, separator].join('')).toMatch(/^[ -~]+$/v);
	});

	it('the usual glyphs would be wide: that is why', () => {
		expect(characters(glyphSets.braille).filter(character => wideWidth(character) === 2).length).toBeGreaterThan(8);
	});

	it('is one whose own language is neither, where messages alone are in it', () => {
		expect(chooseGlyphs({LC_ALL: 'en_US.UTF-8', LANG: 'ja_JP.UTF-8'}).isPlainText).toBe(false);
		expect(chooseGlyphs({LANG: 'C.UTF-8'}).isPlainText).toBe(false);
	});
});

describe('glyphs asked for by name', () => {
	it.each([
		['braille', {LANG: 'C', TERM: 'dumb'}, glyphSets.braille],
		['braille', {LANG: 'en_US.UTF-8', TERM: 'linux'}, glyphSets.braille],
		['block', {LANG: 'C'}, glyphSets.block],
		['block', {LANG: 'en_US.UTF-8'}, glyphSets.block],
		['ascii', {LANG: 'en_US.UTF-8', TERM: 'xterm-256color'}, glyphSets.ascii],
		['ascii', {LANG: 'ja_JP.UTF-8'}, glyphSets.ascii],
	] as const)('are %s whatever the environment says (%j)', (name, environment, expected) => {
		expect(chooseGlyphs(environment, name)).toBe(expected);
	});

	it('are, for braille on a terminal with wide characters, braille dots with narrow text', () => {
		expect(chooseGlyphs({LANG: 'ja_JP.UTF-8'}, 'braille')).toBe(chooseGlyphs({LANG: 'ja_JP.UTF-8'}));
	});

	it('are the automatic ones for "auto"', () => {
		for (const environment of [{LANG: 'C'}, {LANG: 'en_US.UTF-8'}, {LANG: 'ko_KR.UTF-8'}]) {
			expect(chooseGlyphs(environment, 'auto')).toBe(chooseGlyphs(environment));
		}
	});

	it('stay the same object from call to call, as Ink needs its borders to', () => {
		for (const name of glyphNames) {
			expect(chooseGlyphs({LANG: 'ja_JP.UTF-8'}, name).border).toBe(chooseGlyphs({LANG: 'ja_JP.UTF-8'}, name).border);
		}
	});
});

it('blocks are the quarters of a cell as Unicode names them', () => {
	// Upper left, upper right, lower left, lower right; U+2596 … U+259F and the halves.
	const named = Object.entries({
		'▘': '1000', '▝': '0100', '▖': '0010', '▗': '0001', '▀': '1100', '▄': '0011', '▌': '1010', '▐': '0101',
		'▞': '0110', '▚': '1001', '▛': '1110', '▜': '1101', '▙': '1011', '▟': '0111', '█': '1111', ' ': '0000',
	});
	expect(named).toHaveLength(16);
	const {dot, dots} = glyphSets.block;
	expect(dots).toEqual([2, 2]);
	expect(named.map(([, quarters]) => dot([...quarters].reduce((bits, set, index) => bits + (Number(set) << index), 0)))).toEqual(named.map(([character]) => character));
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
