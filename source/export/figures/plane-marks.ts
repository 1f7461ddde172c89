import {ofKind, type planeAxes} from './plane-axes.js';
import {fontSizes, ink} from './theme.js';

/** What planes have in common, whatever their colours mean. */
type Axes = ReturnType<typeof planeAxes>;

export const boundLayer = (axes: Axes) => ({
	...ofKind('bound'),
	mark: {
		type: 'line', stroke: ink.bound, strokeWidth: 1, strokeDash: [3, 2],
	},
	encoding: {...axes, order: {field: 'x', type: 'quantitative'}},
});

/** A dot where each trail ends. */
export const endLayer = (axes: Axes, color: unknown) => ({
	...ofKind('end'),
	mark: {
		type: 'point', shape: 'circle', size: 16, filled: true, opacity: 1,
	},
	encoding: {...axes, color},
});

/** Bold letters on a rim of paper, so that they can be read on what lies below. */
export const labelLayers = (axes: Axes) => [{stroke: ink.paper, strokeWidth: 2.5, strokeJoin: 'round'}, {}].map(halo => ({
	...ofKind('label'),
	mark: {
		type: 'text', fontSize: fontSizes.label, fontWeight: 'bold', baseline: 'middle', align: 'center', color: ink.text, ...halo,
	},
	encoding: {...axes, text: {field: 'text', type: 'nominal'}},
}));
