import {formatRatio} from './format.js';
import {type Glyphs} from './glyphs.js';
import {Grid} from './grid.js';
import {layerColor} from './palette.js';
import {layerLabel} from './plane.js';
import {
	logDomain, placesOf, sparkline, type SparklineValue,
} from './sparkline.js';

/** The gradients of one layer at the measured epochs, oldest first; norms divided by the weight norm. */
export type GradientSeries = {
	readonly layer: number;
	readonly epochs: readonly number[];
	readonly mean: readonly SparklineValue[];
	readonly std: readonly SparklineValue[];
	/** M/S now. */
	readonly ratio: number | null;
	/** The epoch of the switch, if it has been found. */
	readonly switch: number | null;
	/** The measured epoch that the cursor is on, by its place among them. */
	readonly cursor?: number | undefined;
};

const labelWidth = 7;
const ratioWidth = 5;

/**
A pair of sparklines a layer: ‖mean‖ and ‖std‖ of the gradients over the batches, on one logarithmic axis a layer, so that one sees
which is higher; the ratio of the two now; a mark where the switch happened. One row a layer where there is no room for two.
*/
export function gradientChart(series: readonly GradientSeries[], width: number, height: number, glyphs: Glyphs, isLogEpochs = true): Grid {
	const rowsEach = height >= 2 * series.length ? 2 : 1;
	const shown = series.slice(0, rowsEach === 1 && series.length > height ? Math.max(0, height - 1) : series.length);
	const grid = new Grid(width, Math.min(height, (shown.length * rowsEach) + (shown.length < series.length ? 1 : 0)));
	for (const [index, each] of shown.entries()) {
		paintLayer(grid, each, index * rowsEach, rowsEach, glyphs, isLogEpochs);
	}

	if (shown.length < series.length) {
		grid.write(0, shown.length, `and ${series.length - shown.length} more; 1-9 hide a layer`, {dim: true});
	}

	return grid;
}

function paintLayer(grid: Grid, series: GradientSeries, row: number, rows: number, glyphs: Glyphs, isLogEpochs: boolean): void {
	const width = Math.max(0, grid.width - labelWidth - ratioWidth);
	const places = placesOf(series.epochs, width, isLogEpochs);
	const domain = logDomain([...series.mean, ...series.std]);
	const color = layerColor(series.layer);
	grid.write(0, row, layerLabel(series.layer), {color, bold: true});
	for (const [offset, name] of (['mean', 'std'] as const).slice(0, rows).entries()) {
		grid.write(2, row + offset, name, {dim: true});
		for (const [column, bar] of sparkline(series[name], places, width, domain, glyphs).entries()) {
			grid.set(labelWidth + column, row + offset, bar, {color});
		}
	}

	grid.write(grid.width - 4, row, formatRatio(series.ratio).padStart(4), {bold: series.ratio !== null && series.ratio >= 1});
	if (rows === 2) {
		const verdict = series.ratio === null ? '' : (series.ratio >= 1 ? 'M>S' : 'M<S');
		grid.write(grid.width - 4, row + 1, verdict.padStart(4), {dim: true});
	}

	const switched = series.switch === null ? -1 : series.epochs.findIndex(epoch => epoch >= series.switch!);
	if (switched >= 0) {
		for (let offset = 0; offset < rows; offset++) {
			grid.set(labelWidth + places[switched]!, row + offset, glyphs.mark, {bold: true});
		}
	}

	const looked = series.cursor === undefined ? undefined : places[series.cursor];
	if (looked !== undefined) {
		for (let offset = 0; offset < rows; offset++) {
			grid.set(labelWidth + looked, row + offset, grid.character(labelWidth + looked, row + offset), {inverse: true});
		}
	}
}
