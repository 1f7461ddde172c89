export const glyphNames = ['braille', 'block', 'ascii'] as const;
export type GlyphName = (typeof glyphNames)[number];

/** What charts are drawn with. */
export type Glyphs = {
	readonly name: GlyphName;
	/** Whether everything but the dots keeps to ASCII: without Unicode, and where box lines and bars are two cells wide. */
	readonly isPlainText: boolean;
	/** Dots a cell, across and down. */
	readonly dots: readonly [across: number, down: number];
	/** The character of a set of dots, a bit a dot, in rows from the top left. */
	readonly dot: (bits: number) => string;
	/** Lowest to highest. */
	readonly bars: readonly string[];
	readonly mark: string;
	/** As Ink takes it; it must stay the same object from frame to frame. */
	readonly border: Readonly<Record<'topLeft' | 'top' | 'topRight' | 'right' | 'bottomRight' | 'bottom' | 'bottomLeft' | 'left', string>>;
	readonly progress: readonly [done: string, left: string];
	readonly arrow: string;
	readonly dash: string;
	readonly separator: string;
};

/** Unicode numbers braille dots down the columns (1 2 3 7, 4 5 6 8); this is the bit of each dot, in rows. */
const brailleBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
const brailleCharacters = Array.from({length: 256}, (_, bits) => {
	let code = 0x28_00;
	for (const [index, bit] of brailleBits.entries()) {
		code += bits & (1 << index) ? bit : 0;
	}

	return String.fromCodePoint(code);
});

const braille: Glyphs = {
	name: 'braille',
	isPlainText: false,
	dots: [2, 4],
	dot: bits => brailleCharacters[bits]!,
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	mark: '┊',
	border: {
		topLeft: '┌', top: '─', topRight: '┐', right: '│', bottomRight: '┘', bottom: '─', bottomLeft: '└', left: '│',
	},
	progress: ['━', '╌'],
	arrow: '→',
	dash: '–',
	separator: '·',
};

const ascii: Glyphs = {
	name: 'ascii',
	isPlainText: true,
	dots: [1, 2],
	dot: bits => ['.', '\'', '.', ':'][bits]!,
	bars: ['_', '.', '-', '=', '+', '*', '%', '#'],
	mark: '!',
	border: {
		topLeft: '+', top: '-', topRight: '+', right: '|', bottomRight: '+', bottom: '-', bottomLeft: '+', left: '|',
	},
	progress: ['#', '-'],
	arrow: '->',
	dash: '-',
	separator: '|',
};

/** Quarters of a cell, for fonts without braille. */
const block: Glyphs = {
	...braille,
	name: 'block',
	dots: [2, 2],
	dot: bits => [...' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'][bits]!,
};

export const glyphSets: Readonly<Record<GlyphName, Glyphs>> = {braille, block, ascii};

/** On terminals set up for Chinese, Japanese or Korean, lines, bars and arrows may be two cells wide; braille is always one. */
const brailleAmongWide: Glyphs = {
	...ascii, name: 'braille', dots: braille.dots, dot: braille.dot,
};

/** Unicode where the locale says UTF-8 and the terminal is not one of the consoles that lack the characters. */
export function chooseGlyphs(environment: NodeJS.ProcessEnv, name: GlyphName | 'auto' = 'auto'): Glyphs {
	const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(Boolean) ?? '';
	const isWide = /^(?:ja|ko|zh)(?:[_.@]|$)/v.test(locale);
	if (name !== 'auto') {
		return name === 'braille' && isWide ? brailleAmongWide : glyphSets[name];
	}

	if (!/utf-?8/iv.test(locale) || /^(?:linux|dumb|vt\d.*)$/v.test(environment['TERM'] ?? '')) {
		return ascii;
	}

	return isWide ? brailleAmongWide : braille;
}
