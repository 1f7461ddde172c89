import {placeLabels} from './place-labels.js';
import {type PlaneDomain, type PlaneSize} from './plane-axes.js';
import {type PlaneRow} from './plane-data.js';
import {rounded} from './round.js';

/** Beside the plot there is room for a label, in pixels. */
const margin = 16;

/** The layers' numbers beside the ends of their trails in one plane, placed in pixels and told in bits. */
export function labelRows(rows: readonly PlaneRow[], {x, y}: PlaneDomain, {width, height}: PlaneSize): PlaneRow[] {
	const inPixels = (row: PlaneRow) => ({x: (row.x - x[0]) / (x[1] - x[0]) * width, y: (y[1] - row.y) / (y[1] - y[0]) * height});
	const ends = rows.filter(({kind}) => kind === 'end').map(row => ({...inPixels(row), text: String(row.layer)}));
	const obstacles = rows.filter(({kind}) => kind === 'trail' || kind === 'switch').map(row => inPixels(row));
	return placeLabels(ends, {width: width + margin, height, obstacles}).map(label => ({
		panel: rows[0]!.panel,
		kind: 'label',
		text: label.text,
		x: rounded(x[0] + (label.x / width * (x[1] - x[0]))),
		y: rounded(y[1] - (label.y / height * (y[1] - y[0]))),
	}));
}
