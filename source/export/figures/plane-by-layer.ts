import {type KeyItem} from './key.js';
import {ofKind, planeAxes, type PlaneDomain} from './plane-axes.js';
import {type PlaneRow} from './plane-data.js';
import {boundLayer, endLayer, labelLayers} from './plane-marks.js';
import {ink, layerColorScale} from './theme.js';

/** A trail a layer, in its colour, with its number where it ends. */
export function byLayerLayers(layers: readonly number[], domain: PlaneDomain) {
	const axes = planeAxes(domain);
	const color = {
		field: 'layer', type: 'nominal', scale: layerColorScale(layers), legend: null,
	};
	const cross = [
		{...axes, x: {...axes.x, field: 'xLow'}, x2: {field: 'xHigh'}},
		{...axes, y: {...axes.y, field: 'yLow'}, y2: {field: 'yHigh'}},
	];
	return [
		boundLayer(axes),
		{
			...ofKind('repeat'),
			mark: {
				type: 'point', shape: 'circle', size: 6, filled: true, opacity: 0.35,
			},
			encoding: {...axes, color},
		},
		{
			...ofKind('trail'),
			mark: {
				type: 'line', strokeWidth: 1.3, strokeJoin: 'round', strokeCap: 'round',
			},
			encoding: {...axes, color, order: {field: 'epoch', type: 'quantitative'}},
		},
		...cross.map(encoding => ({...ofKind('spread'), mark: {type: 'rule', strokeWidth: 0.8, opacity: 0.75}, encoding: {...encoding, color}})),
		{
			...ofKind('switch'),
			mark: {
				type: 'point', shape: 'circle', size: 26, filled: true, fill: ink.paper, strokeWidth: 1.2, opacity: 1,
			},
			encoding: {...axes, stroke: color},
		},
		endLayer(axes, color),
		...labelLayers(axes),
	];
}

/** What stands in the line above a plane. */
export function planeKey(rows: readonly PlaneRow[], by: 'layer' | 'epoch'): readonly KeyItem[] {
	const has = (kind: PlaneRow['kind']) => rows.some(row => row.kind === kind);
	const items: ReadonlyArray<KeyItem | false> = [
		has('bound') && {sample: 'dashed', text: 'IB bound'},
		by === 'layer' && has('switch') && {sample: 'ring', text: 'drift → diffusion'},
		by === 'layer' && has('spread') && {sample: 'cross', text: 'quartiles'},
		by === 'layer' && has('repeat') && {sample: 'dot', text: 'seeds, at the end'},
	];
	return items.filter(item => item !== false);
}
