import {Canvas} from './canvas.js';
import {type Glyphs} from './glyphs.js';
import {type Grid} from './grid.js';
import {linearScale} from './scale.js';

/** The most I(T;Y) that any T of that I(X;T) can have: points (I(X;T), I(T;Y)) in bits, joined by straight lines. */
export type PlaneBound = {
	/** `deterministic`: two straight segments, since the label is a function of the input; `annealed`: computed point by point. */
	readonly kind: 'deterministic' | 'annealed';
	readonly points: ReadonlyArray<{readonly x: number; readonly y: number}>;
};

type Plot = {
	readonly column: number;
	readonly columns: number;
	readonly rows: number;
	readonly domain: {readonly x: readonly [number, number]; readonly y: readonly [number, number]};
	readonly glyphs: Glyphs;
};

const legends = {deterministic: 'IB bound, deterministic', annealed: 'IB bound'} as const;

/** Draws the bound, and its name where the bend of the curve leaves room. */
export function paintBound(grid: Grid, {kind, points}: PlaneBound, {column, columns, rows, domain, glyphs}: Plot): void {
	const canvas = new Canvas(columns, rows, glyphs);
	const toX = linearScale(domain.x, [0, canvas.width - 1]);
	const toY = linearScale(domain.y, [canvas.height - 1, 0]);
	for (const [index, point] of points.entries()) {
		const before = points[Math.max(0, index - 1)]!;
		canvas.line(toX(before.x), toY(before.y), toX(point.x), toY(point.y), {dim: true});
	}

	canvas.paint(grid, column, 0);
	const bend = points.find(({y}) => y >= 0.9 * points.at(-1)!.y);
	const legend = legends[kind];
	const start = column + (bend ? Math.ceil(toX(bend.x) / glyphs.dots[0]) + 2 : 0);
	if (domain.x[0] === 0 && domain.y[0] === 0 && rows >= 8 && start + legend.length < column + (columns * 0.8)) {
		grid.write(start, 1, legend, {dim: true});
	}
}
