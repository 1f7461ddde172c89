/** The information plane of a run, by layer as Figure 2 of [ST17], or by epoch as its Figure 3. */
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {keyLayers} from './key.js';
import {planeDomain} from './plane-axes.js';
import {byEpochLayers} from './plane-by-epoch.js';
import {byLayerLayers, planeKey} from './plane-by-layer.js';
import {planeRows} from './plane-data.js';
import {labelRows} from './plane-labels.js';
import {estimatorsOf, layersOf} from './subject.js';
import {config} from './theme.js';

/** Height by width. */
const shape = 0.78;

/** Pixels that axes and colour bar take. */
const margins = {layer: 48, epoch: 88, height: 48};

export function planeFigure([subject]: readonly [Subject], options: FigureOptions): Specification {
	const {history, name} = subject;
	const {by} = options;
	const [estimator] = estimatorsOf(subject, options) as [string];
	const width = options.width.pixels;
	const height = Math.round(width * shape);
	const plot = {width: width - margins[by], height: height - margins.height};
	const rows = planeRows(history, estimator, name);
	const domain = planeDomain([history], rows);
	return {
		$schema: schemaUrl,
		description: `Information plane of the run ${name} under the estimator ${estimator}.`,
		width,
		height,
		autosize: {type: 'fit', contains: 'padding'},
		config,
		datasets: {plane: [...rows, ...labelRows(rows, domain, plot)]},
		data: {name: 'plane'},
		layer: [
			...(by === 'layer' ? byLayerLayers(layersOf(history), domain) : byEpochLayers(rows, domain, plot.height)),
			...keyLayers(planeKey(rows, by), plot.width),
		],
	};
}
