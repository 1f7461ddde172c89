import {describe, expect, it} from 'vitest';
import {pageCount, tilingOf} from '../../../source/ui/compare/tiling.js';
import {sizeOf} from '../../helpers/terminal.js';

/** The tiles of a tiling as `across×down`, and how many pages there are. */
function shapeOf(size: string, count: number): string {
	const tiling = tilingOf(sizeOf(size), count);
	const tiles = tiling.kind === 'tiles' ? tiling.tiles : [];
	const across = new Set(tiles.map(({column}) => column)).size;
	const down = new Set(tiles.map(({row}) => row)).size;
	return `${across}×${down}, ${pageCount(tiling, count)}`;
}

describe('the tiling', () => {
	it.each([
		['80×24', 2, '2×1, 1'],
		['80×24', 3, '2×2, 1'],
		['80×24', 4, '2×2, 1'],
		['80×24', 5, '2×2, 2'],
		['80×24', 9, '2×2, 3'],
		['200×50', 2, '2×1, 1'],
		['200×50', 6, '3×2, 1'],
		['200×50', 24, '6×4, 1'],
		['200×50', 25, '6×4, 2'],
		['40×60', 3, '1×3, 1'],
		['63×24', 2, '1×2, 1'],
		['30×8', 5, '1×1, 5'],
		['29×8', 5, '0×0, 5'],
		['30×7', 5, '0×0, 5'],
		['1×1', 2, '0×0, 2'],
	])('at %s for %d runs is %s page(s)', (size, count, expected) => {
		expect(shapeOf(size, count)).toBe(expected);
	});

	it('fills the screen but its last row, without gap or overlap, with tiles that can be read', () => {
		for (const size of ['80×24', '81×25', '97×31', '120×40', '200×50', '333×77', '30×8', '32×12']) {
			for (const count of [2, 3, 5, 6, 7, 12, 50]) {
				const {columns, rows} = sizeOf(size);
				const tiling = tilingOf({columns, rows}, count);
				const tiles = tiling.kind === 'tiles' ? tiling.tiles : [];
				expect(tiles.length, size).toBe(tiling.perPage);
				const cells = new Set(tiles.flatMap(({column, row, width, height}) =>
					Array.from({length: width * height}, (_, cell) => `${column + (cell % width)},${row + Math.floor(cell / width)}`)));
				expect(cells.size, size).toBe(columns * (rows - 1));
				expect(tiles.reduce((sum, {width, height}) => sum + (width * height), 0), size).toBe(columns * (rows - 1));
				expect(tiles.length === 1 || tiles.every(({width, height}) => width >= 32 && height >= 11), size).toBe(true);
			}
		}
	});
});
