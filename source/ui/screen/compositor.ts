import {Writable} from 'node:stream';
import {toAscii} from '../../chart/ascii.js';
import {type Glyphs} from '../../chart/glyphs.js';
import {type Grid} from '../../chart/grid.js';
import {parseFrame} from './parse.js';
import {type Size} from './terminal.js';

/** All that is painted beside what Ink draws. */
export type Painting = {
	readonly plots: readonly Plot[];
	readonly glyphs: Glyphs;
	/** Ink draws no empty rows, since each cell of them costs it time: so many belong behind the first `after` rows of its frame. */
	readonly gap: {readonly after: number; readonly rows: number};
};

/** Besides frames, Ink hides and shows the cursor; that is the terminal's business here. */
const cursorSequences: ReadonlySet<string> = new Set(['\u001B[?25l', '\u001B[?25h']);

/** A chart and where its top left corner lies. */
export type Plot = {readonly column: number; readonly row: number; readonly grid: Grid};

/**
Puts the picture together from what Ink draws (header, borders, footer, help) and from the charts, which are painted straight into
the cells. `sink` poses as Ink's terminal: in its debug mode Ink writes each frame whole, and that is all that reaches it.
*/
export class Compositor {
	readonly sink: NodeJS.WriteStream;
	#chrome = '';
	#painting: Painting | undefined;

	constructor(size: () => Size, onChange: () => void) {
		const take = (frame: string) => {
			this.#chrome = frame;
			onChange();
		};

		const stream = new Writable({
			decodeStrings: false,
			write(chunk: string, _encoding, done) {
				if (!cursorSequences.has(chunk)) {
					take(chunk);
				}

				done();
			},
		});
		Object.defineProperties(stream, {
			columns: {get: () => size().columns},
			rows: {get: () => size().rows},
			isTTY: {value: true},
		});
		this.sink = stream as NodeJS.WriteStream;
	}

	paint(painting: Painting): void {
		this.#painting = painting;
	}

	/** The picture as it is now. */
	compose({columns, rows}: Size): Grid {
		const {glyphs, plots = [], gap = {after: 0, rows: 0}} = this.#painting ?? {};
		const chrome = (glyphs?.isPlainText ? withAsciiText(this.#chrome) : this.#chrome).split('\n');
		const frame = parseFrame([...chrome.slice(0, gap.after), ...Array.from({length: gap.rows}, () => ''), ...chrome.slice(gap.after)].join('\n'), columns, rows);
		for (const {column, row, grid} of plots) {
			frame.draw(grid, column, row);
		}

		return frame;
	}
}

/** The text of a frame in ASCII; what is between the sequences that style it. */
const withAsciiText = (frame: string): string => frame.split('\u001B').map(part => toAscii(part)).join('\u001B');
