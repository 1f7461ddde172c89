/** Mean and standard deviation of the gradients over the epochs, log-log, as Figure 4 of [ST17]; a panel a layer, with its switch. */
import {failure} from '../../errors.js';
import {epochAxis} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {gradientRows} from './gradients-data.js';
import {keyViews} from './key.js';
import {logDomain, logAxis} from './log-axis.js';
import {panelsIn} from './panels.js';
import {lastEpochOf, layersOf} from './subject.js';
import {config, ink, layerColorScale} from './theme.js';

export function gradientsFigure([subject]: readonly [Subject], {width}: FigureOptions): Specification {
	const {history, name} = subject;
	const rows = gradientRows(history);
	const values = rows.flatMap(({value, low, high}) => [value, low, high]).filter(value => value !== undefined);
	if (values.length === 0) {
		throw failure(`The run ${name} has no gradients to draw: choose --figure plane or loss.`);
	}

	const layers = layersOf(history);
	const panels = panelsIn(width, layers.length, {least: 105, most: 3, axis: 46});
	const x = epochAxis(lastEpochOf(history));
	const isOurs = history.start?.preset !== undefined;
	const y = {field: 'value', type: 'quantitative', ...logAxis(logDomain(values), isOurs ? 'norm / ‖W‖' : 'norm', 4)};
	const color = {
		field: 'layer', type: 'nominal', scale: layerColorScale(layers), legend: null,
	};
	const isSpread = history.repeats.length > 0;
	const ofNorm = (norm: string) => ({transform: [{filter: `datum.norm === '${norm}'`}]});
	return {
		$schema: schemaUrl,
		description: `Gradients of the run ${name}: the norms of their mean and standard deviation over the batches of an epoch${isOurs ? ', divided by the norm of the weights' : ''}.`,
		config,
		datasets: {gradients: rows},
		spacing: 4,
		vconcat: [
			...keyViews([
				{sample: 'solid', text: 'mean'},
				{sample: 'dashed', text: 'standard deviation'},
				...(isSpread ? [{sample: 'band', text: 'quartiles'}] as const : []),
				{sample: 'mark', text: 'drift → diffusion, at epoch'},
			], width.pixels - panels.axis),
			{
				data: {name: 'gradients'},
				facet: {
					field: 'panel', type: 'nominal', sort: [...new Set(rows.map(({panel}) => panel))], title: null, header: {labelAnchor: 'start', labelOrient: 'top'},
				},
				columns: panels.columns,
				spacing: {column: panels.gap, row: 8},
				spec: {
					width: panels.width,
					height: Math.round(panels.width * 0.6),
					layer: [
						{
							...ofNorm('switch'), mark: {
								type: 'rule', stroke: ink.mark, strokeWidth: 0.8, strokeDash: [1, 1.5],
							}, encoding: {x},
						},
						...(isSpread
							? ['mean', 'standard deviation'].map(norm => ({
								...ofNorm(norm), mark: {type: 'area', opacity: 0.2}, encoding: {
									x, y: {...y, field: 'low'}, y2: {field: 'high'}, color,
								},
							}))
							: []),
						{
							...ofNorm('standard deviation'), mark: {
								type: 'line', strokeWidth: 0.9, strokeDash: [2.5, 1.5], opacity: 0.8,
							}, encoding: {x, y, color},
						},
						{...ofNorm('mean'), mark: {type: 'line', strokeWidth: 1.2, strokeJoin: 'round'}, encoding: {x, y, color}},
					],
				},
			},
		],
	};
}
