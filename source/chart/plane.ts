import {Canvas} from './canvas.js';
import {type Glyphs} from './glyphs.js';
import {Grid, type Style} from './grid.js';
import {epochColor, layerColor} from './palette.js';
import {epochFraction, linearScale, ticks} from './scale.js';

/** The way of one layer through the plane, oldest point first. */
export type Trail = {
	/** From 1. */
	readonly layer: number;
	/** What stands at the newest point: a digit, or a letter from layer 10 on. */
	readonly label: string;
	readonly points: ReadonlyArray<{readonly epoch: number; readonly x: number; readonly y: number}>;
};

export type PlaneOptions = {
	readonly width: number;
	readonly height: number;
	readonly trails: readonly Trail[];
	/** Ends of the axes, in bits: H(X) and I(X;Y). */
	readonly bounds: {readonly x: number; readonly y: number};
	readonly colorBy: 'layer' | 'epoch';
	readonly glyphs: Glyphs;
};

/** Columns left of the plot, for the labels of the vertical axis. */
const gutter = 4;

/** The information plane: I(X;T) to the right, I(T;Y) up, a trail a layer, its label where it is now. */
export function planeChart(options: PlaneOptions): Grid {
	const {width, height, trails, bounds, colorBy, glyphs} = options;
	const grid = new Grid(width, height);
	const columns = width - gutter;
	const rows = height - 1;
	if (columns < 4 || rows < 2) {
		return grid;
	}

	const canvas = new Canvas(columns, rows, glyphs);
	const top = Math.max(bounds.y, 1e-9);
	const toX = linearScale([0, bounds.x], [0, canvas.width - 1]);
	const toY = linearScale([0, top], [canvas.height - 1, 0]);
	paintAxes(grid, bounds.x, top, columns, rows);
	const lastEpoch = Math.max(0, ...trails.map(({points}) => points.at(-1)?.epoch ?? 0));
	const styleOf = (layer: number, epoch: number): Style => ({color: colorBy === 'layer' ? layerColor(layer) : epochColor(epochFraction(epoch, lastEpoch))});
	// The first layers lie on top of each other in the corner: the later ones are drawn last, and are seen.
	for (const {layer, points} of trails) {
		for (const [index, point] of points.entries()) {
			const before = points[Math.max(0, index - 1)]!;
			canvas.line(toX(before.x), toY(before.y), toX(point.x), toY(point.y), styleOf(layer, point.epoch));
		}
	}

	canvas.paint(grid, gutter, 0);
	paintLabels(grid, trails, point => ({
		column: gutter + Math.floor(toX(point.x) / glyphs.dots[0]),
		row: Math.floor(toY(point.y) / glyphs.dots[1]),
	}));
	return grid;
}

function paintAxes(grid: Grid, high: number, top: number, columns: number, rows: number): void {
	const toColumn = linearScale([0, high], [0, columns - 1]);
	const toRow = linearScale([0, top], [rows - 1, 0]);
	const dim = {dim: true};
	for (const tick of ticks(top, rows >= 24 ? 5 : 2)) {
		grid.write(0, Math.round(toRow(tick)), tick.toFixed(1), dim);
	}

	if (top % 0.5 > 0.02) {
		grid.write(0, 0, top.toFixed(top < 9.95 ? 1 : 0), dim);
	}

	const title = ' I(X;T) ';
	for (const tick of ticks(high, columns > 60 ? 6 : 4)) {
		const text = formatTick(tick);
		grid.write(gutter + Math.min(columns - text.length, Math.max(0, Math.round(toColumn(tick) - ((text.length - 1) / 2)))), rows, text, dim);
	}

	placeTitle(grid, title, rows);
	// The corner above the line I(T;Y) = I(X;T) is always free: no layer can be there.
	grid.write(gutter, 0, 'I(T;Y)', dim);
}

const formatTick = (tick: number) => Number.isInteger(tick) ? String(tick) : tick.toFixed(1);

/** Puts the title of the horizontal axis between two tick labels, near the middle. */
function placeTitle(grid: Grid, title: string, row: number): void {
	const middle = Math.floor((grid.width + gutter - title.length) / 2);
	const isFree = (start: number) => [...title].every((_, offset) => start + offset < grid.width && grid.character(start + offset, row) === ' ');
	const offset = Array.from({length: grid.width}, (_, distance) => [distance, -distance]).flat()
		.find(distance => middle + distance >= gutter && isFree(middle + distance));
	if (offset !== undefined) {
		grid.write(middle + offset, row, title, {dim: true});
	}
}

/**
Labels at the newest points. Where several share a cell, they stand side by side, to the left if the edge is near, so that each
layer can be found; the plane's corner holds most of them.
*/
function paintLabels(grid: Grid, trails: readonly Trail[], place: (point: {x: number; y: number}) => {column: number; row: number}): void {
	const taken = new Set<string>();
	for (const {layer, label, points} of trails) {
		const newest = points.at(-1);
		if (!newest) {
			continue;
		}

		const {column, row} = place(newest);
		const offset = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5].find(shift =>
			column + shift >= gutter && column + shift < grid.width && !taken.has(`${column + shift},${row}`)) ?? 0;
		taken.add(`${column + offset},${row}`);
		grid.set(column + offset, row, label, {color: layerColor(layer), bold: true});
	}
}

/** `1` … `9`, then letters: layers past the ninth stay one cell wide. */
export const layerLabel = (layer: number): string => layer.toString(36);
