import {type Glyphs} from './glyphs.js';
import {Grid} from './grid.js';
import {layerColor} from './palette.js';
import {layerLabel} from './plane.js';

/** What is to be said of one layer, in a word: an epoch, or why there is none. */
export type PhaseWord = {readonly layer: number; readonly word: string; readonly isReversed: boolean};

export type PhaseTableOptions = {
	readonly switches: readonly PhaseWord[];
	readonly onsets: readonly PhaseWord[];
	readonly estimator: string;
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
};

/** The two events in words, one apart from the other: the gradients' switch, and the onset of compression under the estimator shown. */
export function phaseTable({switches, onsets, estimator, width, height, glyphs}: PhaseTableOptions): Grid {
	const grid = new Grid(width, height);
	let row = paintWords(grid, 0, `drift ${glyphs.arrow} diffusion, epoch`, switches);
	if (row < height && switches.some(({isReversed}) => isReversed)) {
		grid.write(0, row, '* drift again later', {dim: true});
		row++;
	}

	paintWords(grid, row, `compression (${estimator})`, onsets);
	return grid;
}

function paintWords(grid: Grid, start: number, title: string, words: readonly PhaseWord[]): number {
	grid.write(0, start, title, {bold: true});
	let row = start + 1;
	let column = 0;
	for (const {layer, word, isReversed} of words) {
		const text = `${layerLabel(layer)}:${word}${isReversed ? '*' : ''}`;
		if (column > 0 && column + text.length > grid.width) {
			row++;
			column = 0;
		}

		grid.write(column, row, text);
		grid.write(column, row, layerLabel(layer), {color: layerColor(layer), bold: true});
		column += text.length + 1;
	}

	return row + 1;
}
