/** How a cell looks. `color` is an entry of the 256-colour table; no cell relies on it alone. */
export type Style = {
	readonly color?: number | undefined;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly inverse?: boolean;
};

export const plain: Style = {};

/** A rectangle of terminal cells: what every chart is drawn into, and what a frame writer reads. Each character is one cell wide. */
export class Grid {
	readonly width: number;
	readonly height: number;
	readonly #characters: string[];
	readonly #styles: Style[];

	constructor(width: number, height: number) {
		this.width = Math.max(0, Math.floor(width));
		this.height = Math.max(0, Math.floor(height));
		this.#characters = Array.from({length: this.width * this.height}, () => ' ');
		this.#styles = Array.from({length: this.width * this.height}, () => plain);
	}

	/** Puts a character; outside the grid nothing happens. */
	set(column: number, row: number, character: string, style: Style = plain): void {
		if (column >= 0 && column < this.width && row >= 0 && row < this.height) {
			this.#characters[(row * this.width) + column] = character;
			this.#styles[(row * this.width) + column] = style;
		}
	}

	/** Writes text to the right, cut at the edge. */
	write(column: number, row: number, text: string, style: Style = plain): void {
		for (const [offset, character] of [...text].entries()) {
			this.set(column + offset, row, character, style);
		}
	}

	character(column: number, row: number): string {
		return this.#characters[(row * this.width) + column] ?? ' ';
	}

	style(column: number, row: number): Style {
		return this.#styles[(row * this.width) + column] ?? plain;
	}

	/** The characters of each row, spaces at the end included. */
	toLines(): string[] {
		return Array.from({length: this.height}, (_, row) => this.#characters.slice(row * this.width, (row + 1) * this.width).join(''));
	}
}
