import {type Grid} from '../../chart/grid.js';
import {type ColorLevel} from '../color-level.js';
import {frameDifference} from './difference.js';

const enterSequence = '\u001B[?1049h\u001B[?7l\u001B[?25l\u001B[2J';
const leaveSequence = '\u001B[0m\u001B[?25h\u001B[?7h\u001B[?1049l';

export type Size = {readonly columns: number; readonly rows: number};

/** A terminal in the program's hands: the alternate screen, without cursor and auto-wrap, written a difference at a time. */
export class Terminal {
	readonly #stream: NodeJS.WriteStream;
	readonly #level: ColorLevel;
	#shown: Grid | undefined;
	#isEntered = false;

	constructor(stream: NodeJS.WriteStream, level: ColorLevel) {
		this.#stream = stream;
		this.#level = level;
	}

	get size(): Size {
		return {columns: this.#stream.columns || 80, rows: this.#stream.rows || 24};
	}

	enter(): void {
		this.#isEntered = true;
		this.#stream.write(enterSequence);
	}

	/** Shows a frame: one write, of what has changed. Nothing is written when nothing has, or while the terminal is not ours. */
	show(frame: Grid): void {
		if (!this.#isEntered) {
			return;
		}

		const output = frameDifference(this.#shown, frame, this.#level);
		this.#shown = frame;
		if (output !== '') {
			this.#stream.write(output);
		}
	}

	/** Forgets what is shown, so that the next frame is drawn whole: after a resize, or when something else has written. */
	forget(): void {
		this.#shown = undefined;
		if (this.#isEntered) {
			this.#stream.write('\u001B[0m\u001B[2J');
		}
	}

	/** Gives the terminal back as it was; does nothing the second time. */
	leave(): void {
		if (this.#isEntered) {
			this.#isEntered = false;
			this.#shown = undefined;
			this.#stream.write(leaveSequence);
		}
	}
}
