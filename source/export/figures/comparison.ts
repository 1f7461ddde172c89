/** Planes side by side on one scale: of several runs, or of one run under its estimators. */
import {usage} from '../../errors.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {keyViews} from './key.js';
import {panelsIn} from './panels.js';
import {planeDomain} from './plane-axes.js';
import {byEpochLayers} from './plane-by-epoch.js';
import {byLayerLayers, planeKey} from './plane-by-layer.js';
import {planeRows} from './plane-data.js';
import {labelRows} from './plane-labels.js';
import {
	estimatorsOf, layersOf, startOf, subjectTitle,
} from './subject.js';
import {config} from './theme.js';
import {titleHeader} from './title-lines.js';

/** A colour bar beside the panels takes so many pixels. */
const barWidth = 46;

export function comparisonFigure(subjects: readonly Subject[], options: FigureOptions): Specification {
	const {by, width} = options;
	const planes = planesOf(subjects, options);
	const room = {...width, pixels: width.pixels - (by === 'epoch' ? barWidth : 0)};
	const panels = panelsIn(room, planes.length, {least: 110, most: 4, axis: 40});
	const size = {width: panels.width, height: Math.round(panels.width * 0.8)};
	const rowsOf = planes.map(({subject, estimator, panel}) => planeRows(subject.history, estimator, panel));
	const rows = rowsOf.flat();
	const histories = subjects.map(({history}) => history);
	const domain = planeDomain(histories, rows, size);
	const layers = [...new Set(histories.flatMap(history => layersOf(history)))].toSorted((a, b) => a - b);
	return {
		$schema: schemaUrl,
		description: `Information planes on one scale: ${planes.map(({panel}) => panel).join('; ')}.`,
		config,
		datasets: {planes: rowsOf.flatMap((each, index) => [...each, ...labelRows(each, domain, size)].map(row => ({number: index + 1, ...row})))},
		spacing: 4,
		vconcat: [
			...keyViews(planeKey(rows, by), width.pixels - panels.axis),
			{
				data: {name: 'planes'},
				facet: {
					field: 'number', type: 'ordinal', title: null, header: titleHeader(planes.map(({panel}) => panel), panels.width + panels.gap - 4),
				},
				columns: panels.columns,
				spacing: {column: panels.gap, row: 8},
				spec: {...size, layer: by === 'layer' ? byLayerLayers(layers, domain) : byEpochLayers(rows, domain, size.height)},
			},
		],
	};
}

type Plane = {readonly subject: Subject; readonly estimator: string; readonly panel: string};

/** One run is compared with itself, under all its estimators or those asked for; several under one that all of them have. */
function planesOf(subjects: readonly Subject[], options: FigureOptions): readonly Plane[] {
	const [first, ...others] = subjects as [Subject];
	if (others.length > 0) {
		const estimator = options.estimators?.[0] ?? commonEstimator(subjects);
		return subjects.map(subject => ({subject, estimator: estimatorsOf(subject, {estimators: [estimator]})[0]!, panel: subjectTitle(subject)}));
	}

	const estimators = estimatorsOf(first, {estimators: options.estimators ?? startOf(first.history).estimators});
	if (estimators.length < 2) {
		throw usage(`--figure comparison needs several runs, or a run with several estimators: ${first.name} has one.`);
	}

	return estimators.map(estimator => ({subject: first, estimator, panel: estimator}));
}

function commonEstimator(subjects: readonly Subject[]): string {
	const [first, ...others] = subjects.map(({history}) => startOf(history).estimators);
	const common = first!.find(id => others.every(ids => ids.includes(id)));
	if (common === undefined) {
		throw usage(`The runs ${subjects.map(({name}) => name).join(', ')} have no estimator in common, so there is no plane to compare them in.`);
	}

	return common;
}
