import {safeText} from '../safe-text.js';
import {titleOf} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {type EpochEvent, type LayerMeasurement} from '../run/events.js';

type Cell = number | string | null | undefined;

/** What a row is of: an estimate of one layer at one epoch. */
type Place = {
	readonly repeat: number | undefined;
	readonly event: EpochEvent;
	readonly layer: LayerMeasurement;
	readonly estimator: string;
	readonly information: LayerMeasurement['information'][string];
};

type Column<Row> = {readonly name: string; readonly description: string; readonly cell: (row: Row) => Cell};

/** `of`: the part of a place that its cell is the same for. */
type SeriesColumn = Column<Place> & {readonly of: 'event' | 'layer' | 'information'};

/** The columns of a run's series; the README tells of them. A number that does not exist is an empty cell. */
export const seriesColumns: readonly SeriesColumn[] = [
	{
		of: 'event', name: 'repeat', description: 'which of several repeats, from 1; empty where there is one', cell: ({repeat}) => repeat,
	},
	{
		of: 'event', name: 'epoch', description: 'completed passes over the training set', cell: ({event}) => event.epoch,
	},
	{
		of: 'event', name: 'seconds', description: 'of training by then, without pauses', cell: ({event}) => event.seconds,
	},
	{
		of: 'event', name: 'loss', description: 'on the training set, in nats', cell: ({event}) => event.loss,
	},
	{
		of: 'event', name: 'train_accuracy', description: 'fraction of the training set', cell: ({event}) => event.accuracy.train,
	},
	{
		of: 'event', name: 'test_accuracy', description: 'fraction of the test set', cell: ({event}) => event.accuracy.test,
	},
	{
		of: 'layer', name: 'layer', description: 'from 1; the output layer is the last', cell: ({layer}) => layer.layer,
	},
	{
		of: 'information', name: 'estimator', description: 'id of the estimator, such as bins', cell: ({estimator}) => estimator,
	},
	{
		of: 'information', name: 'information_x_bits', description: 'I(X;T); the upper bound where there are two', cell: ({information}) => information.x,
	},
	{
		of: 'information', name: 'information_y_bits', description: 'I(T;Y); from the upper bounds where there are two', cell: ({information}) => information.y,
	},
	{
		of: 'information', name: 'information_x_lower_bits', description: 'I(X;T), lower bound', cell: ({information}) => information.lower?.x,
	},
	{
		of: 'information', name: 'information_y_lower_bits', description: 'I(T;Y) from the lower bounds', cell: ({information}) => information.lower?.y,
	},
	{
		of: 'information', name: 'information_x_standard_error_bits', description: 'of I(X;T), where a part of the rows was looked at', cell: ({information}) => information.error?.x,
	},
	{
		of: 'information', name: 'information_y_standard_error_bits', description: 'of I(T;Y), likewise', cell: ({information}) => information.error?.y,
	},
	{
		of: 'layer', name: 'gradient_mean', description: 'M: norm of the mean over the batches of the epoch', cell: ({layer}) => layer.gradient?.mean,
	},
	{
		of: 'layer', name: 'gradient_std', description: 'S: norm of the standard deviation over the batches', cell: ({layer}) => layer.gradient?.std,
	},
	{
		of: 'layer', name: 'gradient_ratio', description: 'M/S; empty where S is 0', cell: ({layer}) => layer.gradient?.ratio,
	},
	{
		of: 'layer', name: 'weight_norm', description: 'norm of the weights, without the biases', cell: ({layer}) => layer.weightNorm,
	},
];

/** The columns before those of the series where several runs may be in one file. */
export const runColumns: ReadonlyArray<Column<{readonly name: string; readonly history: History}>> = [
	{name: 'run', description: 'name of the run', cell: ({name}) => name},
	{name: 'preset', description: 'name of the experiment', cell: ({history}) => history.start && titleOf(history.start)},
	{name: 'seed', description: 'of this repeat', cell: ({history}) => history.start?.seed},
];

export const csvColumns: readonly string[] = seriesColumns.map(({name}) => name);
export const exportColumns: readonly string[] = [...runColumns, ...seriesColumns].map(({name}) => name);

/** The series of a run as tidy CSV: one row for each repeat, measured epoch, layer and estimator. */
export const seriesCsv = (history: History): string => csvOf(csvColumns, trainingsOf(history).flatMap(training => rowsOf(training, '')));

/** The same of several runs, with the run and the seed in each row. */
export const runsCsv = (runs: ReadonlyArray<{readonly name: string; readonly history: History}>): string =>
	csvOf(exportColumns, runs.flatMap(({name, history}) => trainingsOf(history).flatMap(training =>
		rowsOf(training, `${runColumns.map(({cell}) => textOf(cell({name, history: training.history}))).join(',')},`))));

const csvOf = (header: readonly string[], rows: readonly string[]): string => `${[header.join(','), ...rows].join('\n')}\n`;

/** The trainings that a run consists of; `repeat` is undefined where there is only one. */
const trainingsOf = (history: History): ReadonlyArray<{readonly history: History; readonly repeat: number | undefined}> => history.repeats.length > 0
	? history.repeats.map((repeat, index) => ({history: repeat.history, repeat: index + 1}))
	: [{history, repeat: undefined}];

function rowsOf({history, repeat}: ReturnType<typeof trainingsOf>[number], head: string): string[] {
	const cells = seriesColumns.map(column => remembering(column));
	return history.epochs.flatMap(event => event.layers.flatMap(layer => Object.entries(layer.information).map(([estimator, information]) => {
		const place = {
			repeat, event, layer, estimator, information,
		};
		return head + cells.map(cell => cell(place)).join(',');
	})));
}

/** The text of a column's cell; what is the same in neighbouring rows is put into words once, since that is what takes the time. */
function remembering({of, cell}: SeriesColumn): (place: Place) => string {
	let last: unknown;
	let text = '';
	return place => {
		if (place[of] !== last) {
			last = place[of];
			text = textOf(cell(place));
		}

		return text;
	};
}

const textOf = (cell: Cell): string => typeof cell === 'string' ? csvText(cell) : String(cell ?? '');

/** A cell of text: quoted where it must be, and never a formula to a spreadsheet. */
function csvText(text: string): string {
	const safe = safeText(text);
	const harmless = /^[=+\-@]/v.test(safe) ? `'${safe}` : safe;
	return /[",]/v.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
