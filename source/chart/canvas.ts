import {type Glyphs} from './glyphs.js';
import {type Grid, type Style} from './grid.js';

/** Dots finer than cells: several to a cell, as the glyphs allow. Positions are in dots, (0, 0) at the top left. */
export class Canvas {
	readonly width: number;
	readonly height: number;
	readonly #glyphs: Glyphs;
	readonly #columns: number;
	readonly #bits: Uint8Array;
	readonly #styles: Array<Style | undefined>;

	constructor(columns: number, rows: number, glyphs: Glyphs) {
		this.#glyphs = glyphs;
		this.#columns = columns;
		this.width = columns * glyphs.dots[0];
		this.height = rows * glyphs.dots[1];
		this.#bits = new Uint8Array(columns * rows);
		this.#styles = Array.from({length: columns * rows});
	}

	/** Sets a dot; its cell takes the style. */
	dot(x: number, y: number, style: Style): void {
		const column = Math.round(x);
		const row = Math.round(y);
		if (column < 0 || column >= this.width || row < 0 || row >= this.height) {
			return;
		}

		const [across, down] = this.#glyphs.dots;
		const cell = (Math.floor(row / down) * this.#columns) + Math.floor(column / across);
		this.#bits[cell]! |= 1 << (((row % down) * across) + (column % across));
		this.#styles[cell] = style;
	}

	/** The cell of a dot, which may lie outside: what marks a point has to stand where its dot does. */
	cellOf(x: number, y: number): {readonly column: number; readonly row: number} {
		const [across, down] = this.#glyphs.dots;
		return {column: Math.floor(Math.round(x) / across), row: Math.floor(Math.round(y) / down)};
	}

	/** A straight line of dots. */
	line(fromX: number, fromY: number, toX: number, toY: number, style: Style): void {
		const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY))));
		for (let step = 0; step <= steps; step++) {
			this.dot(fromX + ((toX - fromX) * step / steps), fromY + ((toY - fromY) * step / steps), style);
		}
	}

	/** Puts the cells that hold dots into the grid, with their top left corner at (column, row). */
	paint(grid: Grid, column: number, row: number): void {
		for (const [cell, bits] of this.#bits.entries()) {
			if (bits !== 0) {
				grid.set(column + (cell % this.#columns), row + Math.floor(cell / this.#columns), this.#glyphs.dot(bits), this.#styles[cell]);
			}
		}
	}
}
