/** Loss, and accuracy on training and test set, over the epochs. */
import {failure} from '../../errors.js';
import {type History} from '../../history/reduce.js';
import {countedRepeats} from '../../history/repeats.js';
import {type EpochEvent} from '../../run/events.js';
import {epochAxis, placeOfEpoch} from './epoch-axis.js';
import {
	type FigureOptions, schemaUrl, type Specification, type Subject,
} from './figure.js';
import {type KeyItem, keyLayers} from './key.js';
import {logDomain, logAxis} from './log-axis.js';
import {panelsIn} from './panels.js';
import {rounded} from './round.js';
import {spreadOf} from './spread.js';
import {lastEpochOf} from './subject.js';
import {config, lineColors} from './theme.js';

const quantities = {
	loss: ({loss}: EpochEvent) => loss,
	train: ({accuracy}: EpochEvent) => accuracy.train,
	test: ({accuracy}: EpochEvent) => accuracy.test,
} as const;

type Quantity = keyof typeof quantities;

/** One quantity at one epoch, with the quartiles of the repeats where there are several. */
export type LossRow = {
	readonly quantity: Quantity;
	readonly epoch: number;
	readonly place: number;
	readonly value: number;
	readonly low?: number;
	readonly high?: number;
};

export function lossFigure([{history, name}]: readonly [Subject], {width}: FigureOptions): Specification {
	const rows = lossRows(history);
	const losses = rows.filter(({quantity, value}) => quantity === 'loss' && value > 0);
	if (losses.length === 0) {
		throw failure(`The run ${name} has no loss to draw: choose --figure plane.`);
	}

	const isSpread = history.repeats.length > 0;
	const panel = panelsIn(width, 1, {least: 60, most: 1, axis: 46});
	const x = epochAxis(lastEpochOf(history), null);
	const accuracies = rows.filter(({quantity}) => quantity !== 'loss');
	const lowest = Math.floor(Math.min(...accuracies.map(({value, low}) => low ?? value)) * 10) / 10;
	const lossAxis = logAxis(logDomain(losses.flatMap(({value, low, high}) => [value, low, high]).filter(each => each !== undefined && each > 0) as number[]), 'loss (nats)', 4);
	const accuracyAxis = {scale: {domain: [lowest, 1], nice: false, zero: false}, axis: {title: 'accuracy', tickCount: 4, format: '.1f'}};
	const hasTest = accuracies.some(({quantity}) => quantity === 'test');
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
			lines(['loss'], lossAxis, null, isSpread ? [{sample: 'solid', text: 'median'}, {sample: 'band', text: 'quartiles'}] : []),
			...(accuracies.length === 0
				? []
				: [lines(hasTest ? ['train', 'test'] : ['train'], accuracyAxis, 'epoch', [
					{sample: 'solid', text: 'training set'}, ...(hasTest ? [{sample: 'dashed', text: 'test set'}] as const : []),
				])]),
		],
	};
}

function lineLayers(quantity: Quantity, x: unknown, y: Readonly<Record<string, unknown>>, isSpread: boolean) {
	const transform = [{filter: `datum.quantity === '${quantity}' && datum.value > 0`}];
	const color = {value: lineColors[quantity]};
	const scale = {type: 'quantitative', ...y};
	return [
		...(isSpread
			? [{
				transform, mark: {type: 'area', opacity: 0.2, clip: true}, encoding: {
					x, y: {field: 'low', ...scale}, y2: {field: 'high'}, color,
				},
			}]
			: []),
		{
			transform,
			mark: {
				type: 'line', strokeWidth: 1.2, strokeJoin: 'round', ...(quantity === 'test' && {strokeDash: [3, 2]}),
			},
			encoding: {x, y: {field: 'value', ...scale}, color},
		},
	];
}

export const lossRows = ({epochs, repeats}: History): LossRow[] => (Object.keys(quantities) as Quantity[]).flatMap(quantity => epochs.flatMap(({epoch}, index) => {
	const events = repeats.length > 0 ? countedRepeats(repeats).map(({history}) => history.epochs[index]) : [epochs[index]];
	const spread = spreadOf(events.map(event => event && quantities[quantity](event)));
	return spread
		? [{
			quantity, epoch, place: placeOfEpoch(epoch), value: rounded(spread.middle), ...(repeats.length > 0 && {low: rounded(spread.low), high: rounded(spread.high)}),
		}]
		: [];
}));
