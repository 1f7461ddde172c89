import stringWidth from 'string-width';
import {Grid, type Style} from '../../chart/grid.js';

const escape = '\u001B';

/** Letters, punctuation, arrows, lines, blocks and braille, which most of a screen is: asking for their width takes long. */
const isNarrow = (character: string): boolean => character < '\u0300' || /^[\u2010-\u2027\u2190-\u21FF\u2500-\u259F\u2800-\u28FF]$/v.test(character);

/**
Reads a frame as Ink renders it (text with SGR sequences, lines apart by newlines) into cells. Ink only ever gets text that has
been made safe, so SGR is all there is.
*/
export function parseFrame(frame: string, width: number, height: number): Grid {
	const grid = new Grid(width, height);
	for (const [row, line] of frame.split('\n').slice(0, height).entries()) {
		let style: Style = {};
		let column = 0;
		for (const [token, parameters] of line.matchAll(tokens)) {
			if (parameters !== undefined) {
				style = applySgr(style, parameters);
				continue;
			}

			const cells = isNarrow(token) ? 1 : stringWidth(token);
			grid.set(column, row, cells === 0 ? '' : token, style);
			// The second half of a wide character is an empty cell: nothing is sent for it.
			for (let extra = 1; extra < cells; extra++) {
				grid.set(column + extra, row, '', style);
			}

			column += cells;
		}
	}

	return grid;
}

/** An SGR sequence, or one character. */
const tokens = new RegExp(String.raw`${escape}\[([\d;]*)m|.`, 'gsv');

function applySgr(style: Style, parameters: string): Style {
	const codes = parameters.split(';').map(Number);
	switch (codes[0]) {
		case 1: {
			return {...style, bold: true};
		}

		case 2: {
			return {...style, dim: true};
		}

		case 7: {
			return {...style, inverse: true};
		}

		case 22: {
			return {...style, bold: false, dim: false};
		}

		case 27: {
			return {...style, inverse: false};
		}

		case 38: {
			return {...style, color: codes[2]};
		}

		case 39: {
			return {...style, color: undefined};
		}

		default: {
			return {};
		}
	}
}
