import {formatNumber, formatRatio} from './format.js';
import {Grid} from './grid.js';
import {layerColor} from './palette.js';
import {layerLabel} from './plane.js';

export type LayerRow = {
	readonly layer: number;
	readonly width: number;
	readonly activation: string;
	readonly x: number | null;
	readonly y: number | null;
	readonly ratio: number | null;
	readonly weightNorm: number | null;
	/** The switch and the onset of compression in a word: an epoch, or why there is none. */
	readonly switch: string;
	readonly onset: string;
};

const columns: ReadonlyArray<readonly [title: string, cell: (row: LayerRow) => string]> = [
	['layer', ({layer}) => layerLabel(layer)],
	['units', ({width}) => String(width)],
	['activation', ({activation}) => activation],
	['I(X;T)', ({x}) => x === null ? '-' : x.toFixed(3)],
	['I(T;Y)', ({y}) => y === null ? '-' : y.toFixed(3)],
	['M/S', ({ratio}) => formatRatio(ratio)],
	['|W|', ({weightNorm}) => weightNorm === null ? '-' : formatNumber(weightNorm)],
	['switch', row => row.switch],
	['onset', ({onset}) => onset],
];

/** The layers as they are now, a row each; columns that do not fit are left out from the right. */
export function layerTable(rows: readonly LayerRow[], width: number, height: number): Grid {
	const grid = new Grid(width, Math.min(height, rows.length + 1));
	let column = 0;
	for (const [title, cell] of columns) {
		const cells = rows.map(row => cell(row));
		const size = Math.max(title.length, ...cells.map(({length}) => length));
		if (column + size > width) {
			break;
		}

		grid.write(column + size - title.length, 0, title, {dim: true});
		for (const [index, text] of cells.entries()) {
			const style = title === 'layer' ? {color: layerColor(rows[index]!.layer), bold: true} : {};
			grid.write(column + size - text.length, index + 1, text, style);
		}

		column += size + 2;
	}

	return grid;
}
