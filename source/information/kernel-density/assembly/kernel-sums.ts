import {No, Yes} from './columns';
import {
	foldTiles, placeColumns, placeRows, sumTile, sumWithin,
} from './pairs';

export {boxesBytes, measureBoxes, measureFrame} from './boxes';
export {copyGroups} from './groups';
export {levelsBytes, measureLevels} from './levels';
export {
	addRows, readRows, spreadRows, transferCells,
} from './line';
export {multiplySums} from './means';
export {configure, scratchBytes} from './pairs';
export {startTiles, tileClass} from './tiles';
export {measureExtents, turnRows} from './turn';

/**
Adds the kernels of all pairs of rows to the sums of both rows. A pair whose tiles are of one class goes to the part, any other to the
rest; with weights (not 0), weight · kernel goes to the part and the kernel to the rest.

`rows`: groups of four, units × 4 float32 each. `levels`: the same (`measureLevels`), or 0. `weights`: 4 float32 a group. `tiles`: int32 triples,
class by class. `boxes`: those of the groups of each tile, and of the tiles (`measureBoxes`). `sums`: 16 float64 a group.
*/
export function sumAllPairs(rows: usize, levels: usize, weights: usize, tiles: usize, boxes: usize, count: i32, sums: usize): void {
	placeRows(rows, levels, weights, tiles, boxes, sums);
	placeColumns(rows, levels, weights, tiles, boxes, count);
	for (let tile: usize = 0; tile < <usize>count; tile++) {
		if (weights === 0) {
			sumWithin<No>(tile);
			sumTile<Yes, No>(tile, tile + 1);
			foldTiles<No>(tile);
		} else {
			sumWithin<Yes>(tile);
			sumTile<Yes, Yes>(tile, tile + 1);
			foldTiles<Yes>(tile);
		}
	}
}

/** As `sumAllPairs`, but of every query with every row, to the sums of the queries alone. */
export function sumQueries(
	queries: usize,
	queryLevels: usize,
	queryTiles: usize,
	queryBoxes: usize,
	queryCount: i32,
	rows: usize,
	levels: usize,
	weights: usize,
	tiles: usize,
	boxes: usize,
	count: i32,
	sums: usize,
): void {
	placeRows(queries, queryLevels, 0, queryTiles, queryBoxes, sums);
	placeColumns(rows, levels, weights, tiles, boxes, count);
	for (let tile: usize = 0; tile < <usize>queryCount; tile++) {
		if (weights === 0) {
			sumTile<No, No>(tile, 0);
		} else {
			sumTile<No, Yes>(tile, 0);
		}
	}
}
