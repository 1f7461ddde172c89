/** The gradients of several runs on one scale: a column a run, a row a layer, so that a layer is compared along its row. */
import {type History} from '../../history/reduce.js';
import {textWidth} from '../text-width.js';
import {epochAxis} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {
	gradientRows, knowsWeights, layerTitle, numbersOf,
} from './gradients-data.js';
import {gradientLayers, gradientsKey} from './gradients-marks.js';
import {keyViews} from './key.js';
import {logDomain, logAxis} from './log-axis.js';
import {panelsIn, type Panels, linesOf} from './panels.js';
import {
	lastEpochOf, layersOf, subjectTitle, unitOf,
} from './subject.js';
import {
	config, fontSizes, ink, layerColorScale,
} from './theme.js';
import {titleHeader} from './title-lines.js';

/** What a panel is called: its layer, and when that switched. */
type TitleRow = {
	readonly layer: number;
	readonly norm: 'title';
	readonly name: string;
	readonly switched: string;
};

const lineHeight = 11;

export function gradientsOfRuns(subjects: readonly Subject[], {width}: FigureOptions): Specification {
	const isRelative = subjects.every(({history}) => knowsWeights(history));
	const names = subjects.map(subject => subjectTitle(subject));
	const rows = subjects.flatMap(({history}, index) => gradientRows(history, isRelative).map(row => ({number: index + 1, run: names[index]!, ...row})));
	const titles = subjects.flatMap(({history}, index) => titleRows(history).map(row => ({number: index + 1, run: names[index]!, ...row})));
	const panels = panelsIn(width, subjects.length, {least: 76, most: 6, axis: 46});
	const layers = [...new Set(titles.map(({layer}) => layer))].toSorted((a, b) => a - b);
	const isSpread = subjects.some(({history}) => history.repeats.length > 0);
	const unit = unitOf(subjects);
	const channels = {
		x: epochAxis(Math.max(...subjects.map(({history}) => lastEpochOf(history))), unit),
		y: {field: 'value', type: 'quantitative', ...logAxis(logDomain(numbersOf(rows)), isRelative ? 'norm / ‖W‖' : 'norm', 4)},
		color: {
			field: 'layer', type: 'nominal', scale: layerColorScale(layers), legend: null,
		},
	};
	const spec = {
		width: panels.width,
		height: Math.max(56, Math.min(80, Math.round(panels.width * 0.6))),
		layer: [...gradientLayers(channels, isSpread), ...titleLayers(titles, panels)],
	};
	return {
		$schema: schemaUrl,
		description: `Norms of the gradients' mean and standard deviation over the batches of an epoch${isRelative ? ', divided by the norm of the weights' : ''}, on one scale: ${names.join('; ')}.`,
		config,
		datasets: {gradients: [...rows, ...titles]},
		spacing: 8,
		vconcat: [
			...keyViews(gradientsKey(isSpread, unit), width.pixels - panels.axis),
			...linesOf(subjects.length, panels.columns).map(range => ({
				data: {name: 'gradients'},
				transform: [{filter: {field: 'number', range}}],
				facet: {
					row: {field: 'layer', type: 'ordinal', header: null},
					column: {
						field: 'number', type: 'ordinal', title: null, header: titleHeader(names, panels.width + panels.gap - 4),
					},
				},
				spacing: {column: panels.gap, row: 6},
				spec,
			})),
		],
	};
}

const titleRows = (history: History): TitleRow[] => layersOf(history).map(layer => {
	const [name, switched] = layerTitle(history, layer);
	return {
		layer, norm: 'title', name, switched,
	};
});

/** The titles above the panels, in one line where all fit in it, in two where not. */
function titleLayers(titles: readonly TitleRow[], {width, gap}: Panels) {
	const isOneLine = titles.every(({name, switched}) => textWidth(`${name} · ${switched}`, fontSizes.label) <= width + gap - 4);
	const lines = isOneLine ? ['datum.name + \' · \' + datum.switched'] : ['datum.name', 'datum.switched'];
	return lines.map((line, index) => ({
		transform: [{filter: 'datum.norm === \'title\''}, {calculate: line, as: 'line'}],
		mark: {
			type: 'text', align: 'left', baseline: 'bottom', fontSize: fontSizes.label, color: ink.text,
		},
		encoding: {x: {value: 0}, y: {value: -1 - ((lines.length - 1 - index) * lineHeight)}, text: {field: 'line', type: 'nominal'}},
	}));
}
