import {safeText} from '../safe-text.js';
import {type History} from '../history/reduce.js';

export const csvColumns = [
	'repeat',
	'epoch',
	'seconds',
	'loss',
	'train_accuracy',
	'test_accuracy',
	'layer',
	'estimator',
	'information_x_bits',
	'information_y_bits',
	'information_x_lower_bits',
	'information_y_lower_bits',
	'information_x_standard_error_bits',
	'information_y_standard_error_bits',
	'gradient_mean',
	'gradient_std',
	'gradient_ratio',
	'weight_norm',
] as const;

/** The series as tidy CSV: one row for each repeat, measured epoch, layer and estimator; empty where a number does not exist. */
export function seriesCsv({epochs, repeats}: History): string {
	const rows = repeats.length > 0 ? repeats.flatMap(({history}, index) => rowsOf(history.epochs, index + 1)) : rowsOf(epochs, undefined);
	return `${[csvColumns.join(','), ...rows].join('\n')}\n`;
}

/** `repeat` is empty where there is only one. */
function rowsOf(epochs: History['epochs'], repeat: number | undefined): string[] {
	return epochs.flatMap(({epoch, seconds, loss, accuracy, layers}) =>
		layers.flatMap(({layer, information, gradient, weightNorm}) =>
			Object.entries(information).map(([estimator, {x, y, lower, error}]) => [
				repeat, epoch, seconds, loss, accuracy.train, accuracy.test, layer, csvText(estimator), x, y, lower?.x, lower?.y, error?.x, error?.y, gradient?.mean, gradient?.std, gradient?.ratio, weightNorm,
			].map(value => value ?? '').join(','))));
}

/** A cell of text: quoted where it must be, and never a formula to a spreadsheet. */
function csvText(text: string): string {
	const safe = safeText(text);
	const harmless = /^[=+\-@]/v.test(safe) ? `'${safe}` : safe;
	return /[",]/v.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
