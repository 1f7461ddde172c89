/** What a panel of gradients consists of, whatever the panels are. */
import {type KeyItem} from './key.js';
import {ink} from './theme.js';

type Channel = Readonly<Record<string, unknown>>;

/** Only rows of one norm. */
export const ofNorm = (norm: string) => ({transform: [{filter: `datum.norm === '${norm}'`}]});

/** A dotted line at the switch, bands of quartiles, and the lines of M and S. */
export const gradientLayers = ({x, y, color}: Readonly<Record<'x' | 'y' | 'color', Channel>>, isSpread: boolean) => [
	{
		...ofNorm('switch'),
		mark: {
			type: 'rule', stroke: ink.mark, strokeWidth: 0.8, strokeDash: [1, 1.5],
		},
		encoding: {x},
	},
	...(isSpread
		? ['mean', 'standard deviation'].map(norm => ({
			transform: [{filter: `datum.norm === '${norm}' && isValid(datum.low)`}],
			mark: {type: 'area', opacity: 0.2},
			encoding: {
				x, y: {...y, field: 'low'}, y2: {field: 'high'}, color,
			},
		}))
		: []),
	{
		...ofNorm('standard deviation'),
		mark: {
			type: 'line', strokeWidth: 0.9, strokeDash: [2.5, 1.5], opacity: 0.8,
		},
		encoding: {x, y, color},
	},
	{...ofNorm('mean'), mark: {type: 'line', strokeWidth: 1.2, strokeJoin: 'round'}, encoding: {x, y, color}},
];

/** What stands in the line above the panels; `time` is what is counted, epochs or steps. */
export const gradientsKey = (isSpread: boolean, time: string): readonly KeyItem[] => [
	{sample: 'solid', text: 'mean'},
	{sample: 'dashed', text: 'standard deviation'},
	...(isSpread ? [{sample: 'band', text: 'quartiles'}] as const : []),
	{sample: 'mark', text: `drift → diffusion, at ${time}`},
];
