import asciichart from 'asciichart';
import {formatCount} from './format.js';
import {type Glyphs} from './glyphs.js';
import {Grid, type Style} from './grid.js';
import {columnShare, placesOf, resample} from './sparkline.js';

export type Line = {
	/** What stands at the end of the line, one cell wide. */
	readonly label: string;
	readonly style: Style;
	/** A value a measured epoch; null where there is none. */
	readonly values: ReadonlyArray<number | null>;
};

export type LineChartOptions = {
	readonly width: number;
	readonly height: number;
	readonly epochs: readonly number[];
	readonly lines: readonly Line[];
	readonly glyphs: Glyphs;
	/** What a height stands for, for the labels of the axis. */
	readonly format: (value: number) => string;
	/** A height that is always in the picture, drawn as a dotted line. */
	readonly reference?: number;
	/** Whether each measured epoch has the same room, which is a logarithmic axis, or each epoch. */
	readonly isLogEpochs: boolean;
};

const gutter = 8;

/** Asciichart's symbols for terminals without Unicode, in its order. */
const asciiSymbols: NonNullable<asciichart.PlotConfig['symbols']> = ['+', '|', '-', '-', '-', '\'', '.', '.', '\'', '|'];

/**
Lines over the measured epochs, drawn by asciichart. It throws on NaN and on nothing at all, never resamples, and rounds labels:
so it gets finite values that fit, and the labels are ours.
*/
export function lineChart(options: LineChartOptions): Grid {
	const {width, height, epochs, lines, glyphs, reference} = options;
	const grid = new Grid(width, height);
	const columns = width - gutter - 2;
	const rows = height - 1;
	const places = placesOf(epochs, Math.max(1, columns), options.isLogEpochs);
	const drawable = lines
		.map(line => ({...line, values: resample(line.values, places)}))
		.filter(({values}) => values.some(value => value !== null));
	if (columns < 4 || rows < 3 || drawable.length === 0) {
		return grid;
	}

	const all = [...drawable.flatMap(({values}) => values.filter(value => value !== null)), ...(reference === undefined ? [] : [reference])];
	const [low, greatest] = extremesOf(all);
	const high = greatest > low ? greatest : low + 1;
	paintAxis(grid, low, high, rows, options);
	if (reference !== undefined) {
		const row = Math.round((high - reference) / (high - low) * (rows - 1));
		for (let column = 0; column < columns; column += 2) {
			grid.set(gutter + column, row, glyphs.isPlainText ? '.' : '┄', {dim: true});
		}
	}

	for (const {values, style, label} of drawable) {
		const first = values.findIndex(value => value !== null);
		const cells = plotCells(withoutGaps(values.slice(first)), low, high, rows, glyphs);
		for (const [row, line] of cells.entries()) {
			for (const [column, character] of [...line].entries()) {
				if (character !== ' ') {
					grid.set(gutter + first + column, row, character, style);
				}
			}
		}

		const last = withoutGaps(values.slice(first)).at(-1)!;
		grid.set(gutter + values.length - 1, Math.round((high - last) / (high - low) * (rows - 1)), label, {...style, bold: true});
	}

	const share = columnShare(epochs, Math.max(1, columns), options.isLogEpochs);
	paintEpochs(grid, column => options.isLogEpochs ? epochs[column * share]! : column * share, (places.at(-1) ?? -1) + 1, rows);
	return grid;
}

/**
The drawing alone, without asciichart's labels and axis: `rows` rows of characters, one column less than there are values.
asciichart rounds value and range apart, so it gets heights that are rows already.
*/
function plotCells(values: readonly number[], low: number, high: number, rows: number, glyphs: Glyphs): string[] {
	const heights = values.map(value => (value - low) / (high - low) * (rows - 1));
	const drawn = asciichart.plot(heights.length === 1 ? [heights[0]!, heights[0]!] : heights, {
		height: rows - 1,
		min: 0,
		max: rows - 1,
		offset: 2,
		format: () => ' ',
		...(glyphs.isPlainText && {symbols: asciiSymbols}),
	});
	return drawn.split('\n').map(line => line.slice(2));
}

function withoutGaps(values: ReadonlyArray<number | null>): number[] {
	let last = values[0]!;
	return values.map(value => {
		last = value ?? last;
		return last;
	});
}

function paintAxis(grid: Grid, low: number, high: number, rows: number, {format, glyphs}: LineChartOptions): void {
	for (let row = 0; row < rows; row++) {
		grid.set(gutter - 1, row, glyphs.border.left, {dim: true});
	}

	const count = Math.min(5, rows);
	for (let tick = 0; tick < count; tick++) {
		const row = Math.round(tick * (rows - 1) / (count - 1));
		grid.write(0, row, format(high - ((high - low) * row / (rows - 1))).slice(0, gutter - 2).padStart(gutter - 2), {dim: true});
	}
}

function paintEpochs(grid: Grid, firstEpoch: (column: number) => number, used: number, row: number): void {
	const count = Math.min(5, used);
	let free = 0;
	for (let tick = 0; tick < count; tick++) {
		const column = count === 1 ? 0 : Math.round(tick * (used - 1) / (count - 1));
		const text = `${tick === 0 ? 'epoch ' : ''}${formatCount(firstEpoch(column))}`;
		const start = Math.min(grid.width - text.length, gutter + column - (tick === 0 ? 0 : Math.floor(text.length / 2)));
		if (start >= free) {
			grid.write(start, row, text, {dim: true});
			free = start + text.length + 1;
		}
	}
}

/** Least and greatest, of more numbers than a call takes as arguments. */
function extremesOf(values: readonly number[]): [least: number, greatest: number] {
	let least = Infinity;
	let greatest = -Infinity;
	for (const value of values) {
		least = Math.min(least, value);
		greatest = Math.max(greatest, value);
	}

	return [least, greatest];
}
