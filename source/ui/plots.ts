/** From a history and a view to the charts of a layout: the only place that knows both. Pure. */
import {formatNumber} from '../chart/format.js';
import {gradientChart, type GradientSeries} from '../chart/gradients.js';
import {type Glyphs} from '../chart/glyphs.js';
import {type Line, lineChart} from '../chart/line-chart.js';
import {layerColor} from '../chart/palette.js';
import {phaseTable, type PhaseWord} from '../chart/phases.js';
import {layerLabel, planeChart} from '../chart/plane.js';
import {type History} from '../history/reduce.js';
import {
	estimatorAt, layerSeries, planePoints, switchOf, type SwitchState,
} from '../history/select.js';
import {inside, type Layout, type Rectangle} from './layout.js';
import {type Plot} from './screen/compositor.js';
import {type View} from './state.js';

/** The charts of a screen, each at its place. */
export function plotsOf(history: History, view: View, layout: Layout, glyphs: Glyphs): Plot[] {
	if (layout.kind === 'line' || !history.start || view.isHelpOpen) {
		return [];
	}

	const main = {plane: planePlot, gradients: gradientPlot, loss: lossPlot}[view.page](history, view, inside(layout.main), glyphs);
	if (layout.kind === 'full') {
		return [main, ...sidePlots(history, view, inside(layout.side), glyphs)];
	}

	const last = gradientSeries(history, view).at(-1);
	return layout.spark && last
		? [main, {column: layout.spark.column + 1, row: layout.spark.row, grid: gradientChart([last], layout.spark.width - 2, 1, glyphs)}]
		: [main];
}

const shownLayers = ({start}: History, {hidden}: View): number[] =>
	(start?.layers ?? []).map(({layer}) => layer).filter(layer => !hidden.has(layer));

function planePlot(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const estimator = estimatorAt(history, view.estimator);
	const trails = shownLayers(history, view).map(layer => ({layer, label: layerLabel(layer), points: planePoints(history, layer, estimator)}));
	return {
		column, row, grid: planeChart({
			width, height, trails, bounds: history.start!.bounds, colorBy: view.colorBy, glyphs,
		}),
	};
}

function gradientSeries(history: History, view: View): GradientSeries[] {
	const epochs = history.epochs.map(({epoch}) => epoch);
	const relative = (norm: 'mean' | 'std', layer: number) =>
		layerSeries(history, layer, ({gradient, weightNorm}) => gradient && weightNorm ? gradient[norm] / weightNorm : null);
	return shownLayers(history, view).map(layer => ({
		layer,
		epochs,
		mean: relative('mean', layer),
		std: relative('std', layer),
		ratio: history.epochs.at(-1)?.layers[layer - 1]?.gradient?.ratio ?? null,
		switch: history.phases[layer - 1]?.switch ?? null,
	}));
}

function sidePlots(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot[] {
	const chart = gradientChart(gradientSeries(history, view), width - 2, Math.max(6, height - 6), glyphs);
	const left = height - chart.height;
	const estimator = estimatorAt(history, view.estimator);
	const table = phaseTable({
		switches: history.phases.map((_, index) => switchWord(index + 1, switchOf(history, index + 1), history, glyphs)),
		onsets: history.phases.map(({onset}, index) => ({layer: index + 1, word: String(onset[estimator] ?? glyphs.dash), isReversed: false})),
		estimator,
		width: width - 2,
		height: Math.min(6, left > 6 ? left - 1 : left),
		glyphs,
	});
	const tableRow = row + chart.height + (left > 6 ? 1 : 0);
	const used = tableRow + 7 - row;
	return [
		{column: column + 1, row, grid: chart},
		{column: column + 1, row: tableRow, grid: table},
		...(height - used >= 10
			? [lossPlot(history, view, {
				column, row: row + used, width, height: height - used,
			}, glyphs)]
			: []),
	];
}

/** `171`, or why there is none: a dash for not yet, `never` drifted in the whole run, `n/a` without a spread. */
function switchWord(layer: number, state: SwitchState, {end}: History, {dash}: Glyphs): PhaseWord {
	const words = {undefined: 'n/a', 'never-drifted': end ? 'never' : dash, 'not-yet': dash};
	return state.state === 'switched'
		? {layer, word: String(state.epoch), isReversed: state.reversals.length > 0}
		: {layer, word: words[state.state], isReversed: false};
}

/** log10 M/S of every layer; the dotted line is M = S, where drift ends. */
function gradientPlot(history: History, view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const lines: Line[] = shownLayers(history, view).map(layer => ({
		label: layerLabel(layer),
		style: {color: layerColor(layer)},
		values: layerSeries(history, layer, ({gradient}) => gradient?.ratio ? Math.log10(gradient.ratio) : null),
	}));
	return {
		column, row, grid: lineChart({
			width, height, lines, glyphs, epochs: history.epochs.map(({epoch}) => epoch), format: value => formatNumber(10 ** value), reference: 0,
		}),
	};
}

/** The training loss on a logarithmic axis. */
function lossPlot(history: History, _view: View, {column, row, width, height}: Rectangle, glyphs: Glyphs): Plot {
	const line: Line = {label: 'L', style: {color: layerColor(2)}, values: history.epochs.map(({loss}) => loss ? Math.log10(loss) : null)};
	return {
		column, row, grid: lineChart({
			width, height, lines: [line], glyphs, epochs: history.epochs.map(({epoch}) => epoch), format: value => formatNumber(10 ** value),
		}),
	};
}
