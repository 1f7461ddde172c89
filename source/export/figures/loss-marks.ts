/** What a panel of losses or accuracies consists of. */
import {extentOf} from './extent.js';
import {type LossRow, type Quantity} from './loss-data.js';
import {logAxis, logDomain} from './log-axis.js';
import {rounded} from './round.js';
import {lineColors} from './theme.js';

type Channel = Readonly<Record<string, unknown>>;

const numbersOf = (rows: readonly LossRow[]): readonly number[] =>
	rows.flatMap(({value, low, high}) => [value, low, high]).filter(each => each !== undefined);

/** The logarithmic axis of all losses in a figure. */
export const lossAxis = (rows: readonly LossRow[]): Channel =>
	logAxis(logDomain(numbersOf(rows.filter(({quantity}) => quantity === 'loss')).filter(each => each > 0)), 'loss (nats)', 4);

/**
The axis of all accuracies in a figure, from the tenth below the lowest to 1, with five labels at the most. What others train may be told
in percent: then it is that of the numbers.
*/
export function accuracyAxis(rows: readonly LossRow[]): Channel {
	const numbers = numbersOf(rows.filter(({quantity}) => quantity !== 'loss'));
	const [lowest, greatest] = extentOf(numbers);
	if (lowest < 0 || greatest > 1) {
		return {scale: {domain: [Math.min(0, lowest), greatest], nice: false}, axis: {title: 'accuracy', tickCount: 4}};
	}

	const tenths = Math.max(1, Math.ceil((1 - lowest) * 10));
	const step = Math.ceil(tenths / 4);
	return {
		scale: {domain: [1 - (tenths / 10), 1].map(end => rounded(end)), nice: false, zero: false},
		axis: {title: 'accuracy', values: Array.from({length: Math.floor(tenths / step) + 1}, (_, index) => rounded(1 - (index * step / 10))), format: '.1f'},
	};
}

/** The line of a quantity, and where there are repeats the band of their quartiles. */
export function lineLayers(quantity: Quantity, x: Channel, y: Channel, isSpread: boolean) {
	const isThere = (field: 'value' | 'low') => ({transform: [{filter: `datum.quantity === '${quantity}' && ${quantity === 'loss' ? `datum.${field} > 0` : `isValid(datum.${field})`}`}]});
	const color = {value: lineColors[quantity]};
	const scale = {type: 'quantitative', ...y};
	return [
		...(isSpread
			? [{
				...isThere('low'), mark: {type: 'area', opacity: 0.2, clip: true}, encoding: {
					x, y: {field: 'low', ...scale}, y2: {field: 'high'}, color,
				},
			}]
			: []),
		{
			...isThere('value'),
			mark: {
				type: 'line', strokeWidth: 1.2, strokeJoin: 'round', ...(quantity === 'test' && {strokeDash: [3, 2]}),
			},
			encoding: {x, y: {field: 'value', ...scale}, color},
		},
	];
}
