import stringWidth from 'string-width';
import {toAscii} from '../chart/ascii.js';
import {type Glyphs} from '../chart/glyphs.js';
import {Grid, type Style} from '../chart/grid.js';
import {safeText} from '../safe-text.js';

/** Text of which every character is one cell wide, as a grid takes it: the name of a directory may hold anything. */
export function cellText(text: string, {isPlainText}: Glyphs): string {
	const cells = [...safeText(text, 300)].map(character => character.length === 1 && stringWidth(character) === 1 ? character : '?').join('');
	return isPlainText ? toAscii(cells) : cells;
}

/** Lines of whole words, and of parts of those that are longer than a line. */
export function wrapped(text: string, width: number): string[] {
	const lines: string[] = [];
	for (const word of width < 1 ? [] : text.split(' ').filter(Boolean)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= width) {
			lines[lines.length - 1] = `${last} ${word}`;
			continue;
		}

		for (let start = 0; start < word.length; start += width) {
			lines.push(word.slice(start, start + width));
		}
	}

	return lines;
}

/** A sentence in as many lines as it takes, as a picture of its own. */
export function paragraph(text: string, width: number, height: number, glyphs: Glyphs, style: Style = {}): Grid {
	const lines = wrapped(cellText(text, glyphs), width).slice(0, Math.max(0, height));
	const grid = new Grid(Math.max(0, width), lines.length);
	for (const [row, line] of lines.entries()) {
		grid.write(0, row, line, style);
	}

	return grid;
}
