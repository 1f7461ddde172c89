/** Loss and accuracy of several runs on one scale: a column a run, its loss above its accuracies. */
import {epochAxis} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {type KeyItem, keyViews} from './key.js';
import {lossRows, type Quantity} from './loss-data.js';
import {accuracyAxis, lineLayers, lossAxis} from './loss-marks.js';
import {panelsIn, linesOf} from './panels.js';
import {lastEpochOf, subjectTitle, unitOf} from './subject.js';
import {config} from './theme.js';
import {titleHeader} from './title-lines.js';

export function lossOfRuns(subjects: readonly Subject[], {width}: FigureOptions): Specification {
	const titles = subjects.map(subject => subjectTitle(subject));
	const rows = subjects.flatMap(({history}, index) => lossRows(history).map(row => ({number: index + 1, run: titles[index]!, ...row})));
	const has = (name: Quantity) => rows.some(({quantity}) => quantity === name);
	const accuracies = (['train', 'test'] as const).filter(name => has(name));
	const isSpread = subjects.some(({history}) => history.repeats.length > 0);
	const panels = panelsIn(width, subjects.length, {least: 76, most: 6, axis: 46});
	const x = epochAxis(Math.max(...subjects.map(({history}) => lastEpochOf(history))), unitOf(subjects));
	const line = (range: readonly [number, number], names: readonly Quantity[], y: Readonly<Record<string, unknown>>, {isFirst, isLast}: {readonly isFirst: boolean; readonly isLast: boolean}) => ({
		data: {name: 'series'},
		transform: [{filter: {field: 'number', range}}],
		facet: {
			column: {
				field: 'number', type: 'ordinal', title: null, header: isFirst ? titleHeader(titles, panels.width + panels.gap - 4) : null,
			},
		},
		spacing: {column: panels.gap},
		spec: {
			width: panels.width,
			height: Math.max(56, Math.min(110, Math.round(panels.width * 0.7))),
			layer: names.flatMap(quantity => lineLayers(quantity, isLast ? x : {...x, axis: {...x.axis, title: null, labels: false}}, y, isSpread)),
		},
	});
	const key: ReadonlyArray<KeyItem | false> = [
		accuracies.length > 0 && {sample: 'solid', text: 'training set'},
		has('test') && {sample: 'dashed', text: 'test set'},
		isSpread && {sample: 'band', text: 'quartiles'},
	];
	return {
		$schema: schemaUrl,
		description: `Loss on the training set, and accuracy on training and test set, on one scale: ${titles.join('; ')}.`,
		config,
		datasets: {series: rows},
		spacing: 8,
		vconcat: [
			...keyViews(key.filter(item => item !== false), width.pixels - panels.axis),
			...linesOf(titles.length, panels.columns).flatMap(range => [
				line(range, ['loss'], lossAxis(rows), {isFirst: true, isLast: accuracies.length === 0}),
				...(accuracies.length > 0 ? [line(range, accuracies, accuracyAxis(rows), {isFirst: false, isLast: true})] : []),
			]),
		],
	};
}
