import {type Glyphs} from './glyphs.js';
import {Grid} from './grid.js';

const faint = {dim: true};

/** A border with a title in its upper edge, and nothing inside. */
export function frameChart(title: string, width: number, height: number, {border}: Glyphs): Grid {
	const grid = new Grid(width, height);
	const right = grid.width - 1;
	const bottom = grid.height - 1;
	grid.write(0, 0, border.topLeft + border.top.repeat(Math.max(0, right - 1)) + border.topRight, faint);
	grid.write(0, bottom, border.bottomLeft + border.bottom.repeat(Math.max(0, right - 1)) + border.bottomRight, faint);
	for (let row = 1; row < bottom; row++) {
		grid.set(0, row, border.left, faint);
		grid.set(right, row, border.right, faint);
	}

	grid.write(2, 0, ` ${title} `.slice(0, Math.max(0, width - 3)), {bold: true});
	return grid;
}
