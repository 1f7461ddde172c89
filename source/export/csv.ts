import {safeText} from '../safe-text.js';
import {type History} from '../history/reduce.js';

export const csvColumns = [
	'epoch',
	'seconds',
	'loss',
	'train_accuracy',
	'test_accuracy',
	'layer',
	'estimator',
	'information_x_bits',
	'information_y_bits',
	'gradient_mean',
	'gradient_std',
	'gradient_ratio',
	'weight_norm',
] as const;

/** The series as tidy CSV: one row for each measured epoch, layer and estimator; empty where a number does not exist. */
export function seriesCsv({epochs}: History): string {
	const rows = epochs.flatMap(({epoch, seconds, loss, accuracy, layers}) =>
		layers.flatMap(({layer, information, gradient, weightNorm}) =>
			Object.entries(information).map(([estimator, {x, y}]) => [
				epoch, seconds, loss, accuracy.train, accuracy.test, layer, csvText(estimator), x, y, gradient?.mean, gradient?.std, gradient?.ratio, weightNorm,
			].map(value => value ?? '').join(','))));
	return `${[csvColumns.join(','), ...rows].join('\n')}\n`;
}

/** A cell of text: quoted where it must be, and never a formula to a spreadsheet. */
function csvText(text: string): string {
	const safe = safeText(text);
	const harmless = /^[=+\-@]/v.test(safe) ? `'${safe}` : safe;
	return /[",]/v.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
