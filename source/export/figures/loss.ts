/** Loss, and accuracy on training and test set, over the epochs. */
import {epochAxis} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {type KeyItem, keyLayers} from './key.js';
import {hasLoss, lossRows, type Quantity} from './loss-data.js';
import {accuracyAxis, lineLayers, lossAxis} from './loss-marks.js';
import {lossOfRuns} from './loss-of-runs.js';
import {panelsIn} from './panels.js';
import {lastEpochOf, refuseWithout, unitOf} from './subject.js';
import {config} from './theme.js';

/** Of one run, or of several on one scale. */
export function lossFigure(subjects: readonly Subject[], options: FigureOptions): Specification {
	refuseWithout('loss', subjects, {has: hasLoss, instead: 'plane'});
	return subjects.length === 1 ? lossOfRun(subjects[0]!, options) : lossOfRuns(subjects, options);
}

function lossOfRun(subject: Subject, {width}: FigureOptions): Specification {
	const {history, name} = subject;
	const rows = lossRows(history);
	const isSpread = history.repeats.length > 0;
	const panel = panelsIn(width, 1, {least: 60, most: 1, axis: 46});
	const x = epochAxis(lastEpochOf(history), null);
	const [hasAccuracy, hasTest] = [rows.some(({quantity}) => quantity !== 'loss'), rows.some(({quantity}) => quantity === 'test')];
	const lines = (names: readonly Quantity[], y: Readonly<Record<string, unknown>>, title: string | null, key: readonly KeyItem[]) => ({
		width: panel.width,
		height: Math.round(panel.width * 0.36),
		data: {name: 'series'},
		layer: [...names.flatMap(quantity => lineLayers(quantity, {...x, axis: {...x.axis, title}}, y, isSpread)), ...keyLayers(key, panel.width)],
	});
	return {
		$schema: schemaUrl,
		description: `Loss on the training set, and accuracy on training and test set, of the run ${name}.`,
		config,
		datasets: {series: rows},
		spacing: 6,
		vconcat: [
			lines(['loss'], lossAxis(rows), hasAccuracy ? null : unitOf([subject]), isSpread ? [{sample: 'solid', text: 'median'}, {sample: 'band', text: 'quartiles'}] : []),
			...(hasAccuracy
				? [lines(hasTest ? ['train', 'test'] : ['train'], accuracyAxis(rows), unitOf([subject]), [
					{sample: 'solid', text: 'training set'}, ...(hasTest ? [{sample: 'dashed', text: 'test set'}] as const : []),
				])]
				: []),
		],
	};
}
