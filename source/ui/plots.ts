/** From a history and a view to the charts of a layout: the only place that knows both. Pure. */
import {formatNumber} from '../chart/format.js';
import {gradientChart, type GradientSeries} from '../chart/gradients.js';
import {type Glyphs} from '../chart/glyphs.js';
import {type Grid} from '../chart/grid.js';
import {type LayerRow, layerTable} from '../chart/layer-table.js';
import {type Line, lineChart} from '../chart/line-chart.js';
import {layerColor} from '../chart/palette.js';
import {phaseTable, type PhaseWord} from '../chart/phases.js';
import {layerLabel, planeChart, type Trail} from '../chart/plane.js';
import {lacksGradients, saturationText} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {countedRepeats} from '../history/repeats.js';
import {seriesOf} from '../history/series.js';
import {
	epochNumbers, estimatorAt, layerSeries, planePoints, switchOf, type SwitchState,
} from '../history/select.js';
import {paragraph} from './cell-text.js';
import {inside, type Layout, type Rectangle} from './layout.js';
import {type Plot} from './screen/compositor.js';
import {
	cursorPoint, shownCursor, shownLayers, type View,
} from './state.js';
import {zoomedDomain} from './zoom.js';

/** The charts of a screen, each at its place. */
export function plotsOf(history: History, view: View, layout: Layout, glyphs: Glyphs): Plot[] {
	if (layout.kind === 'line' || view.isHelpOpen) {
		return [];
	}

	if (!history.start) {
		return waitingPlots(history, inside(layout.main), glyphs);
	}

	const main = {plane: planePlot, gradients: gradientPlot, loss: lossPlot}[view.page](history, view, inside(layout.main), glyphs);
	if (layout.kind === 'full') {
		return [main, ...sidePlots(history, view, inside(layout.side), glyphs)];
	}

	const last = gradientSeries(history, view).at(-1);
	return layout.spark && last
		? [main, {column: layout.spark.column + 1, row: layout.spark.row, grid: gradientChart([last], layout.spark.width - 2, 1, glyphs, view.isLogEpochs)}]
		: [main];
}

/** Before a run begins, what was said last is what it waits for. */
function waitingPlots({warnings}: History, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot[] {
	const said = warnings.at(-1);
	return said === undefined ? [] : [{column: column + 1, row, grid: paragraph(said, width - 2, height, glyphs)}];
}

function planePlot(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const estimator = estimatorAt(history, view.estimator);
	const trails = trailsOf(history, shownLayers(view, history), estimator);
	const grid = planeChart({
		width, height, trails, bound: history.start!.bound, cloud: cloudOf(history, shownLayers(view, history), estimator), domain: zoomedDomain(view.zoom, history.start!.bounds), cursor: cursorPoint(view, history), colorBy: view.colorBy, glyphs,
	});
	// Above the axis, to the left: what is saturated lies to the right.
	const saturation = saturationText(history);
	if (saturation !== undefined && height > 6) {
		const text = paragraph(saturation, width - 7, 2, glyphs, {bold: true});
		grid.draw(text, 6, height - 2 - text.height);
	}

	return {column, row, grid};
}

/** The ways of the layers through the plane, under an estimator. */
export const trailsOf = (history: History, layers: readonly number[], estimator: string): Trail[] => layers.map(layer => ({
	layer,
	label: layerLabel(layer),
	points: planePoints(history, layer, estimator),
	lower: planePoints(history, layer, estimator, 'lower'),
	ring: history.phases[layer - 1]?.switch ?? undefined,
}));

/** Where the repeats stand at the epoch that is shown. */
const cloudOf = ({repeats, epochs}: History, layers: readonly number[], estimator: string) =>
	countedRepeats(repeats).flatMap(({history}) => layers.flatMap(layer => {
		const bits = history.epochs[epochs.length - 1]?.layers[layer - 1]?.information[estimator];
		return bits ? [{layer, x: bits.x, y: bits.y}] : [];
	}));

function gradientSeries(history: History, view: View): GradientSeries[] {
	const epochs = epochNumbers(history);
	const relative = (norm: 'mean' | 'std', layer: number) =>
		layerSeries(history, layer, norm, ({gradient, weightNorm}) => gradient && weightNorm !== 0 ? gradient[norm] / (weightNorm ?? 1) : null);
	return shownLayers(view, history).map(layer => ({
		layer,
		epochs,
		mean: relative('mean', layer),
		std: relative('std', layer),
		ratio: history.epochs.at(-1)?.layers[layer - 1]?.gradient?.ratio ?? null,
		switch: history.phases[layer - 1]?.switch ?? null,
		cursor: shownCursor(view, history)?.index,
	}));
}

const howToAddGradients = 'No gradients in the files. Save those of the batches as grad/<layer> (batches x parameters), or their mean and spread as gmean/<layer> and gstd/<layer>: then drift and diffusion are shown here.';

/** One below the other, as many as there is room for: gradients, the two events in words, the layers in numbers, the loss. */
function sidePlots(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot[] {
	const inner = width - 2;
	const estimator = estimatorAt(history, view.estimator);
	const chart = lacksGradients(history)
		? paragraph(history.start!.source?.kind === 'pipe' ? 'No gradients in the events.' : howToAddGradients, inner, height - 1, glyphs)
		: gradientChart(gradientSeries(history, view), inner, Math.max(6, height - 6), glyphs, view.isLogEpochs);
	const switches = history.phases.map((_, index) => switchWord(index + 1, switchOf(history, index + 1), history, glyphs));
	const onsets = history.phases.map(({onset, ranges}, index) => ({
		layer: index + 1, word: String(onset[estimator] ?? glyphs.dash), isReversed: false, range: ranges?.onset[estimator] ?? undefined,
	}));
	const plots: Plot[] = [];
	let free = row;
	const stack = (grid: Grid, gap: number) => {
		plots.push({column: column + 1, row: free, grid});
		free += grid.height + gap;
	};

	stack(chart, height - chart.height > 6 ? 1 : 0);
	stack(phaseTable({
		switches: lacksGradients(history) ? [] : switches, onsets, estimator, width: inner, height: Math.min(history.repeats.length > 0 ? 10 : 6, row + height - free), glyphs,
	}), 1);
	const table = layerTable(layerRows(history, estimator, switches, onsets), inner, onsets.length + 1);
	if (row + height - free >= table.height && table.height > 1) {
		stack(table, 1);
	}

	if (row + height - free >= 8) {
		plots.push(lossPlot(history, view, {
			column, row: free, width, height: row + height - free,
		}, glyphs));
	}

	return plots;
}

function layerRows(history: History, estimator: string, switches: readonly PhaseWord[], onsets: readonly PhaseWord[]): LayerRow[] {
	const last = history.epochs.at(-1);
	return history.start!.layers.map(({layer, width, activation}, index) => {
		const measurement = last?.layers[index];
		const bits = measurement?.information[estimator];
		return {
			layer,
			width,
			activation: activation ?? '',
			x: bits?.x ?? null,
			y: bits?.y ?? null,
			ratio: measurement?.gradient?.ratio ?? null,
			weightNorm: measurement?.weightNorm ?? null,
			switch: switches[index]?.word ?? '',
			onset: onsets[index]?.word ?? '',
		};
	});
}

/** `171`, or why there is none: a dash for not yet, `never` drifted in the whole run, `n/a` without a spread. */
function switchWord(layer: number, state: SwitchState, {end, phases}: History, {dash}: Glyphs): PhaseWord {
	const words = {undefined: 'n/a', 'never-drifted': end ? 'never' : dash, 'not-yet': dash};
	return state.state === 'switched'
		? {
			layer, word: String(state.epoch), isReversed: state.reversals.length > 0, range: phases[layer - 1]?.ranges?.switch ?? undefined,
		}
		: {layer, word: words[state.state], isReversed: false};
}

/** log10 M/S of every layer; the dotted line is M = S, where drift ends. */
function gradientPlot(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const lines: Line[] = shownLayers(view, history).map(layer => ({
		label: layerLabel(layer),
		style: {color: layerColor(layer)},
		values: layerSeries(history, layer, 'log ratio', ({gradient}) => gradient?.ratio ? Math.log10(gradient.ratio) : null),
	}));
	return {
		column, row, grid: lineChart({
			width, height, lines, glyphs, epochs: epochNumbers(history), format: value => formatNumber(10 ** value), reference: 0, isLogEpochs: view.isLogEpochs,
		}),
	};
}

/** The training loss on a logarithmic axis. */
function lossPlot(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const line: Line = {label: 'L', style: {color: layerColor(2)}, values: seriesOf(history, 'log loss', ({loss}) => loss ? Math.log10(loss) : null)};
	return {
		column, row, grid: lineChart({
			width, height, lines: [line], glyphs, epochs: epochNumbers(history), format: value => formatNumber(10 ** value), isLogEpochs: view.isLogEpochs,
		}),
	};
}
