import {textWidth} from '../text-width.js';
import {fontSizes, ink} from './theme.js';

/** How something is drawn, and what it is. */
export type KeyItem = {readonly sample: 'dashed' | 'solid' | 'ring' | 'dot' | 'cross' | 'band' | 'mark'; readonly text: string};

const sampleWidth = 14;
const gap = 10;

/** The layers of a line above a plot that says what its lines and points are; items that do not fit in `width` go on in a line above. */
export function keyLayers(items: readonly KeyItem[], width: number): ReadonlyArray<Readonly<Record<string, unknown>>> {
	const lines: Array<Array<{item: KeyItem; left: number}>> = [[]];
	let left = 0;
	for (const item of items) {
		const size = sampleWidth + 3 + textWidth(item.text, fontSizes.label);
		if (left > 0 && left + size > width) {
			lines.push([]);
			left = 0;
		}

		lines.at(-1)!.push({item, left});
		left += size + gap;
	}

	return lines.flatMap((line, index) => line.flatMap(({item, left: start}) => itemLayers(item, start, -8 - ((lines.length - 1 - index) * 12))));
}

/** The same as a view of its own, for figures of several panels; none of nothing, since a view without layers breaks Vega-Lite. */
export const keyViews = (items: readonly KeyItem[], width: number) => items.length === 0 ? [] : [{width, height: 1, layer: keyLayers(items, width)}];

function itemLayers({sample, text}: KeyItem, left: number, y: number) {
	const at = {x: {value: left}, x2: {value: left + sampleWidth}, y: {value: y}};
	const middle = {x: {value: left + (sampleWidth / 2)}, y: {value: y}};
	const samples = {
		solid: [{mark: {type: 'rule', stroke: ink.text, strokeWidth: 1.2}, encoding: at}],
		dashed: [{
			mark: {
				type: 'rule', stroke: ink.text, strokeWidth: 1, strokeDash: [3, 2],
			}, encoding: at,
		}],
		ring: [{
			mark: {
				type: 'point', shape: 'circle', size: 26, filled: false, stroke: ink.text, strokeWidth: 1.1, opacity: 1,
			},
			encoding: middle,
		}],
		dot: [{
			mark: {
				type: 'point', shape: 'circle', size: 7, filled: true, fill: ink.text, opacity: 0.5,
			},
			encoding: middle,
		}],
		cross: [
			{mark: {type: 'rule', stroke: ink.text, strokeWidth: 0.8}, encoding: {...at, x: {value: left + 2}, x2: {value: left + sampleWidth - 2}}},
			{mark: {type: 'rule', stroke: ink.text, strokeWidth: 0.8}, encoding: {x: middle.x, y: {value: y - 4}, y2: {value: y + 4}}},
		],
		mark: [{
			mark: {
				type: 'rule', stroke: ink.text, strokeWidth: 0.8, strokeDash: [1, 1.5],
			},
			encoding: {x: middle.x, y: {value: y - 5}, y2: {value: y + 5}},
		}],
		band: [{mark: {type: 'rect', fill: ink.text, fillOpacity: 0.2}, encoding: {...at, y: {value: y - 3.5}, y2: {value: y + 3.5}}}],
	} as const;
	const data = {values: [{}]};
	return [
		...samples[sample].map(layer => ({data, ...layer})),
		{
			data,
			mark: {
				type: 'text', align: 'left', baseline: 'middle', fontSize: fontSizes.label, color: ink.text, text,
			},
			encoding: {x: {value: left + sampleWidth + 3}, y: {value: y}},
		},
	];
}
