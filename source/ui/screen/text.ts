import {type Grid} from '../../chart/grid.js';
import {type ColorLevel} from '../color-level.js';
import {styleSequence} from './difference.js';

/** The rows of a grid as text, styled as far as `level` goes; without any sequence at level 0. Nothing is blank at the end of a row. */
export function gridText(grid: Grid, level: ColorLevel): string[] {
	return grid.toLines().map((line, row) => {
		const end = line.trimEnd().length === 0 ? 0 : lastFilled(grid, row) + 1;
		let text = '';
		let before = styleSequence({}, level);
		for (let column = 0; column < end; column++) {
			const next = styleSequence(grid.style(column, row), level);
			text += (level > 0 && next !== before ? next : '') + grid.character(column, row);
			before = next;
		}

		return level > 0 && before !== styleSequence({}, level) ? text + styleSequence({}, level) : text;
	});
}

function lastFilled(grid: Grid, row: number): number {
	let column = grid.width - 1;
	while (column > 0 && grid.character(column, row) === ' ') {
		column--;
	}

	return column;
}
