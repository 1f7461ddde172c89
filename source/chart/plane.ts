import {Canvas} from './canvas.js';
import {type Glyphs} from './glyphs.js';
import {Grid, type Style} from './grid.js';
import {epochColor, layerColor} from './palette.js';
import {paintBound, type PlaneBound} from './plane-bound.js';
import {epochFraction, linearScale, ticks} from './scale.js';

/** Where a layer was at an epoch, in bits. */
export type PlanePoint = {readonly epoch: number; readonly x: number; readonly y: number};

/** The way of one layer through the plane, oldest point first. */
export type Trail = {
	/** From 1. */
	readonly layer: number;
	/** What stands at the newest point: a digit, or a letter from layer 10 on. */
	readonly label: string;
	readonly points: readonly PlanePoint[];
	/** Where the estimator has two bounds and `points` are the upper ones: the lower ones. */
	readonly lower?: readonly PlanePoint[] | undefined;
	/** The epoch that gets a ring: the switch. */
	readonly ring?: number | undefined;
};

export type PlaneOptions = {
	readonly width: number;
	readonly height: number;
	readonly trails: readonly Trail[];
	/** Ends of the axes, in bits: 0 to H(X) and 0 to I(X;Y), or the part of them that is looked at. */
	readonly domain: {readonly x: readonly [number, number]; readonly y: readonly [number, number]};
	/** The information-bottleneck bound of the data, drawn under all else. */
	readonly bound?: PlaneBound | undefined;
	/** Where each of several repeats stands, whose medians the trails are. */
	readonly cloud?: ReadonlyArray<{readonly layer: number; readonly x: number; readonly y: number}>;
	/** A point that is marked with a cross through the plane. */
	readonly cursor?: {readonly x: number; readonly y: number} | undefined;
	readonly colorBy: 'layer' | 'epoch';
	readonly glyphs: Glyphs;
};

/** Columns left of the plot, for the labels of the vertical axis. */
const gutter = 4;

/** The information plane: I(X;T) to the right, I(T;Y) up, a trail a layer, its label where it is now. */
export function planeChart(options: PlaneOptions): Grid {
	const {width, height, trails, domain, colorBy, cursor, glyphs} = options;
	const grid = new Grid(width, height);
	const columns = width - gutter;
	const rows = height - 1;
	if (columns < 4 || rows < 2) {
		return grid;
	}

	if (options.bound) {
		paintBound(grid, options.bound, {
			column: gutter, columns, rows, domain, glyphs,
		});
	}

	const canvas = new Canvas(columns, rows, glyphs);
	const toX = linearScale(domain.x, [0, canvas.width - 1]);
	const toY = linearScale(domain.y, [canvas.height - 1, 0]);
	const place: Place = point => {
		const {column, row} = canvas.cellOf(toX(point.x), toY(point.y));
		return {column: gutter + column, row};
	};

	const isInside = ({column, row}: ReturnType<Place>) => column >= gutter && column < width && row >= 0 && row < rows;
	paintAxes(grid, domain, columns, rows);
	const lastEpoch = Math.max(0, ...trails.map(({points}) => points.at(-1)?.epoch ?? 0));
	for (const {layer, x, y} of options.cloud ?? []) {
		canvas.dot(toX(x), toY(y), {color: layerColor(layer), dim: true});
	}

	// The first layers lie on top of each other in the corner: the later ones are drawn last, and are seen.
	for (const {layer, points, lower = []} of trails) {
		const layerStyle: Style = {color: layerColor(layer)};
		const styleOf = (epoch: number): Style => colorBy === 'layer' ? layerStyle : {color: epochColor(epochFraction(epoch, lastEpoch))};
		for (const {epoch, x, y} of lower) {
			canvas.dot(toX(x), toY(y), {...styleOf(epoch), dim: true});
		}

		const [upperNow, lowerNow] = [points.at(-1), lower.at(-1)];
		if (upperNow && lowerNow) {
			canvas.line(toX(lowerNow.x), toY(lowerNow.y), toX(upperNow.x), toY(upperNow.y), {...styleOf(upperNow.epoch), dim: true});
		}

		let before: readonly [number, number] | undefined;
		for (const {epoch, x, y} of points) {
			const at = [toX(x), toY(y)] as const;
			canvas.line(...(before ?? at), ...at, styleOf(epoch));
			before = at;
		}
	}

	if (cursor) {
		paintCross(grid, place(cursor), rows, glyphs);
	}

	canvas.paint(grid, gutter, 0);
	for (const {layer, points, ring} of trails) {
		const at = ring === undefined ? undefined : points.find(({epoch}) => epoch >= ring);
		if (at && isInside(place(at))) {
			grid.set(place(at).column, place(at).row, 'o', {color: layerColor(layer), bold: true});
		}
	}

	paintLabels(grid, trails, place, isInside);
	if (cursor && isInside(place(cursor))) {
		grid.set(place(cursor).column, place(cursor).row, 'X', {bold: true, inverse: true});
	}

	return grid;
}

type Place = (point: {readonly x: number; readonly y: number}) => {readonly column: number; readonly row: number};

function paintCross(grid: Grid, {column, row}: ReturnType<Place>, rows: number, {border}: Glyphs): void {
	if (row >= 0 && row < rows) {
		for (let x = gutter; x < grid.width; x += 2) {
			grid.set(x, row, border.top, {dim: true});
		}
	}

	if (column >= gutter) {
		for (let y = 0; y < rows; y++) {
			grid.set(column, y, border.left, {dim: true});
		}
	}
}

function paintAxes(grid: Grid, {x, y}: PlaneOptions['domain'], columns: number, rows: number): void {
	const toColumn = linearScale(x, [0, columns - 1]);
	const toRow = linearScale(y, [rows - 1, 0]);
	const dim = {dim: true};
	for (const tick of ticks(y, rows >= 24 ? 5 : 3)) {
		grid.write(0, Math.round(toRow(tick)), formatTick(tick, y, gutter), dim);
	}

	for (const tick of ticks(x, columns > 60 ? 6 : 4)) {
		const text = formatTick(tick, x, 5);
		grid.write(gutter + Math.min(columns - text.length, Math.max(0, Math.round(toColumn(tick) - ((text.length - 1) / 2)))), rows, text, dim);
	}

	placeTitle(grid, ' I(X;T) ', rows);
	// The corner above the line I(T;Y) = I(X;T) is free: no layer can be there.
	grid.write(gutter, 0, 'I(T;Y)', dim);
}

/** As many decimals as neighbouring ticks need to differ, within `room` columns. */
function formatTick(tick: number, [low, high]: readonly [number, number], room: number): string {
	const decimals = high - low > 4 ? 0 : Math.max(1, Math.ceil(-Math.log10((high - low) / 4)));
	const text = tick.toFixed(decimals);
	return text.length > room ? text.replace(/^0/v, '').slice(0, room) : text;
}

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
function paintLabels(grid: Grid, trails: readonly Trail[], place: Place, isInside: (at: ReturnType<Place>) => boolean): void {
	const taken = new Set<string>();
	for (const {layer, label, points} of trails) {
		const newest = points.at(-1);
		if (!newest || !isInside(place(newest))) {
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
