/** Mean and standard deviation of the gradients over the epochs, log-log, as Figure 4 of [ST17]; a panel a layer, with its switch. */
import {epochAxis} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {
	gradientRows, hasGradients, knowsWeights, numbersOf,
} from './gradients-data.js';
import {gradientLayers, gradientsKey} from './gradients-marks.js';
import {gradientsOfRuns} from './gradients-of-runs.js';
import {keyViews} from './key.js';
import {logDomain, logAxis} from './log-axis.js';
import {panelsIn} from './panels.js';
import {
	lastEpochOf, layersOf, refuseWithout, unitOf,
} from './subject.js';
import {config, layerColorScale} from './theme.js';

/** Of one run, or of several on one scale. */
export function gradientsFigure(subjects: readonly Subject[], options: FigureOptions): Specification {
	refuseWithout('gradients', subjects, {has: hasGradients, instead: 'plane or loss'});
	return subjects.length === 1 ? gradientsOfRun(subjects[0]!, options) : gradientsOfRuns(subjects, options);
}

function gradientsOfRun(subject: Subject, {width}: FigureOptions): Specification {
	const {history, name} = subject;
	const isRelative = knowsWeights(history);
	const rows = gradientRows(history, isRelative);
	const layers = layersOf(history);
	const panels = panelsIn(width, layers.length, {least: 105, most: 3, axis: 46});
	const unit = unitOf([subject]);
	const isSpread = history.repeats.length > 0;
	const channels = {
		x: epochAxis(lastEpochOf(history), unit),
		y: {field: 'value', type: 'quantitative', ...logAxis(logDomain(numbersOf(rows)), isRelative ? 'norm / ‖W‖' : 'norm', 4)},
		color: {
			field: 'layer', type: 'nominal', scale: layerColorScale(layers), legend: null,
		},
	};
	return {
		$schema: schemaUrl,
		description: `Gradients of the run ${name}: the norms of their mean and standard deviation over the batches of an epoch${isRelative ? ', divided by the norm of the weights' : ''}.`,
		config,
		datasets: {gradients: rows},
		spacing: 4,
		vconcat: [
			...keyViews(gradientsKey(isSpread, unit), width.pixels - panels.axis),
			{
				data: {name: 'gradients'},
				facet: {
					field: 'panel', type: 'nominal', sort: [...new Set(rows.map(({panel}) => panel))], title: null, header: {labelAnchor: 'start', labelOrient: 'top'},
				},
				columns: panels.columns,
				spacing: {column: panels.gap, row: 8},
				spec: {width: panels.width, height: Math.round(panels.width * 0.6), layer: gradientLayers(channels, isSpread)},
			},
		],
	};
}
