/** How a cell looks. `color` is an entry of the 256-colour table; no cell relies on it alone. */
export type Style = {
	readonly color?: number | undefined;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly inverse?: boolean;
};

export const plain: Style = {};

/** Blank cells by their number: copying them is several times faster than making them anew for every chart of every frame. */
const blanks = new Map<number, {readonly characters: readonly string[]; readonly styles: readonly Style[]}>();

function blankCells(count: number): {characters: string[]; styles: Style[]} {
	const blank = blanks.get(count) ?? {characters: Array.from({length: count}, () => ' '), styles: Array.from({length: count}, () => plain)};
	blanks.set(count, blank);
	return {characters: blank.characters.slice(), styles: blank.styles.slice()};
}

/** A rectangle of terminal cells: what every chart is drawn into, and what a frame writer reads. Each character is one cell wide. */
export class Grid {
	readonly width: number;
	readonly height: number;
	readonly #characters: string[];
	readonly #styles: Style[];

	constructor(width: number, height: number) {
		this.width = Math.max(0, Math.floor(width));
		this.height = Math.max(0, Math.floor(height));
		({characters: this.#characters, styles: this.#styles} = blankCells(this.width * this.height));
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

	/** Copies what has been drawn in another grid, so that what lies below shows between. */
	draw(from: Grid, column: number, row: number): void {
		for (let y = 0; y < from.height; y++) {
			for (let x = 0; x < from.width; x++) {
				const character = from.character(x, y);
				const style = from.style(x, y);
				if (character !== ' ' || style !== plain) {
					this.set(column + x, row + y, character, style);
				}
			}
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
