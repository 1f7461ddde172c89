import {type Glyphs} from './glyphs.js';
import {Grid} from './grid.js';
import {layerColor} from './palette.js';
import {layerLabel} from './plane.js';

/** What is to be said of one layer, in a word: an epoch, or why there is none. */
export type PhaseWord = {
	readonly layer: number;
	readonly word: string;
	readonly isReversed: boolean;
	/** Where the word is a median: the least and the greatest, said where there is room. */
	readonly range?: readonly [number, number] | undefined;
};

export type PhaseTableOptions = {
	/** None where no gradients are known. */
	readonly switches: readonly PhaseWord[];
	readonly onsets: readonly PhaseWord[];
	readonly estimator: string;
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
};

/** The two events in words, one apart from the other: the gradients' switch, and the onset of compression under the estimator shown. */
export function phaseTable({switches, onsets, estimator, width, height, glyphs}: PhaseTableOptions): Grid {
	const isReversed = switches.some(each => each.isReversed);
	const rows = (withRanges: boolean) => linesOf(switches, width, withRanges).length + linesOf(onsets, width, withRanges).length + 2 + Number(isReversed);
	const withRanges = rows(true) <= height;
	const grid = new Grid(width, height);
	let row = switches.length > 0 ? paintWords(grid, 0, `drift ${glyphs.arrow} diffusion, epoch`, linesOf(switches, width, withRanges)) : 0;
	if (row < height && isReversed) {
		grid.write(0, row, '* drift again later', {dim: true});
		row++;
	}

	paintWords(grid, row, `compression (${estimator})`, linesOf(onsets, width, withRanges));
	return grid;
}

type Item = {readonly layer: number; readonly text: string};

/** As many words a line as there is room for. */
function linesOf(words: readonly PhaseWord[], width: number, withRanges: boolean): Item[][] {
	const lines: Item[][] = [[]];
	let column = 0;
	for (const {layer, word, isReversed, range} of words) {
		const text = `${layerLabel(layer)}:${word}${isReversed ? '*' : ''}${withRanges && range ? ` (${range.join('-')})` : ''}`;
		if (column > 0 && column + text.length > width) {
			lines.push([]);
			column = 0;
		}

		lines.at(-1)!.push({layer, text});
		column += text.length + 1;
	}

	return lines;
}

function paintWords(grid: Grid, start: number, title: string, lines: readonly Item[][]): number {
	grid.write(0, start, title, {bold: true});
	for (const [index, line] of lines.entries()) {
		let column = 0;
		for (const {layer, text} of line) {
			grid.write(column, start + 1 + index, text);
			grid.write(column, start + 1 + index, layerLabel(layer), {color: layerColor(layer), bold: true});
			column += text.length + 1;
		}
	}

	return start + 1 + lines.length;
}
