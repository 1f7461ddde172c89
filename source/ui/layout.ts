import {type Size} from './screen/terminal.js';

export type Rectangle = {readonly column: number; readonly row: number; readonly width: number; readonly height: number};

/** Where things go. Panels are given with their borders; what is missing has no room. */
export type Layout
	= | {readonly kind: 'line'}
		| {readonly kind: 'small'; readonly header: number; readonly main: Rectangle; readonly spark: Rectangle | undefined; readonly hasFooter: boolean}
		| {readonly kind: 'full'; readonly header: number; readonly main: Rectangle; readonly side: Rectangle};

/**
Four steps and no gate: everything from 80×24 on (a little below too); the plane and one sparkline; the plane and a status; one
line of status.
*/
export function layoutOf({columns, rows}: Size): Layout {
	if (columns >= 76 && rows >= 20) {
		const height = rows - 3;
		const side = Math.max(30, Math.min(76, Math.floor(columns * 0.375)));
		return {
			kind: 'full',
			header: 2,
			main: {
				column: 0, row: 2, width: columns - side, height,
			},
			side: {
				column: columns - side, row: 2, width: side, height,
			},
		};
	}

	if (columns >= 60 && rows >= 16) {
		return {
			kind: 'small',
			header: 2,
			main: {
				column: 0, row: 2, width: columns, height: rows - 4,
			},
			spark: {
				column: 0, row: rows - 2, width: columns, height: 1,
			},
			hasFooter: true,
		};
	}

	if (columns >= 30 && rows >= 8) {
		return {
			kind: 'small', header: 1, main: {
				column: 0, row: 1, width: columns, height: rows - 1,
			}, spark: undefined, hasFooter: false,
		};
	}

	return {kind: 'line'};
}

/** The inside of a bordered rectangle. */
export const inside = ({column, row, width, height}: Rectangle): Rectangle => ({
	column: column + 1, row: row + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2),
});
