import {type Rectangle} from '../layout.js';
import {type Size} from '../screen/terminal.js';

/** Where the runs of a comparison go. A row below the tiles is left for the footer. */
export type Tiling
	= | {readonly kind: 'line'; readonly perPage: 1}
		| {readonly kind: 'tiles'; readonly perPage: number; readonly tiles: readonly Rectangle[]};

/** The smallest tile, with its border, that a plane can be read in beside others: 80×24 has four of them. */
const least = {width: 32, height: 11};

/** As many tiles as can be read, and as large as they can be; one, whatever its size, where there is no room for two; a line of text in the end. */
export function tilingOf({columns, rows}: Size, count: number): Tiling {
	if (columns < 30 || rows < 8) {
		return {kind: 'line', perPage: 1};
	}

	const height = rows - 1;
	const most = {across: Math.max(1, Math.floor(columns / least.width)), down: Math.max(1, Math.floor(height / least.height))};
	const shape = bestShape({columns, rows: height}, most, Math.min(count, most.across * most.down));
	return {
		kind: 'tiles',
		perPage: shape.across * shape.down,
		tiles: Array.from({length: shape.across * shape.down}, (_, index) => tileAt(index, shape, {columns, rows: height})),
	};
}

type Shape = {readonly across: number; readonly down: number};

/** The shape whose tiles are largest where they are scarcest: in width or in height, against the least that there must be. */
function bestShape({columns, rows}: Size, most: Shape, count: number): Shape {
	const shapes = Array.from({length: most.across}, (_, index) => ({across: index + 1, down: Math.ceil(count / (index + 1))})).filter(({down}) => down <= most.down);
	const largeness = ({across, down}: Shape) => Math.min(columns / across / least.width, rows / down / least.height);
	return shapes.toSorted((a, b) => largeness(b) - largeness(a))[0] ?? {across: 1, down: 1};
}

/** Tiles side by side fill all of the room, to the cell. */
function tileAt(index: number, {across, down}: Shape, {columns, rows}: Size): Rectangle {
	const edge = (place: number, parts: number, length: number) => Math.floor(place * length / parts);
	const [column, row] = [index % across, Math.floor(index / across)];
	const left = edge(column, across, columns);
	const top = edge(row, down, rows);
	return {
		column: left, row: top, width: edge(column + 1, across, columns) - left, height: edge(row + 1, down, rows) - top,
	};
}

/** How many pages so many runs take; at least one. */
export const pageCount = ({perPage}: Tiling, count: number): number => Math.max(1, Math.ceil(count / perPage));
