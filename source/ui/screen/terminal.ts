import {type Grid} from '../../chart/grid.js';
import {type ColorLevel} from '../color-level.js';
import {frameDifference} from './difference.js';

const enterSequence = '\u001B[?1049h\u001B[?7l\u001B[?25l';
const eraseSequence = '\u001B[0m\u001B[2J';
const leaveSequence = '\u001B[0m\u001B[?25h\u001B[?7h\u001B[?1049l';

/** DEC private mode 2026: between the two, the terminal draws nothing, so that no half frame is seen. */
const synchronisedMode = 2026;
const askForSynchronised = `\u001B[?${synchronisedMode}$p`;
const beginSynchronised = `\u001B[?${synchronisedMode}h`;
const endSynchronised = `\u001B[?${synchronisedMode}l`;

export type Size = {readonly columns: number; readonly rows: number};

/** A terminal in the program's hands: the alternate screen, without cursor and auto-wrap, written a difference at a time. */
export class Terminal {
	readonly #stream: NodeJS.WriteStream;
	readonly #level: ColorLevel;
	#shown: Grid | undefined;
	#isEntered = false;
	#isSynchronised = false;
	#isErasing = false;

	constructor(stream: NodeJS.WriteStream, level: ColorLevel) {
		this.#stream = stream;
		this.#level = level;
	}

	get size(): Size {
		return {columns: this.#stream.columns || 80, rows: this.#stream.rows || 24};
	}

	/** Takes the terminal over. With `isAsking`, it is asked whether it can draw frames at once; the answer comes as input. */
	enter(isAsking = false): void {
		this.#isEntered = true;
		this.forget();
		this.#stream.write(isAsking ? enterSequence + askForSynchronised : enterSequence);
	}

	/** Takes in what the terminal answered: only one that knows the mode gets synchronised frames. */
	learn({mode, setting}: {readonly mode: number; readonly setting: number}): void {
		this.#isSynchronised ||= mode === synchronisedMode && (setting === 1 || setting === 2);
	}

	/**
	Shows a frame: one write, of what has changed. Nothing is written when nothing has, or while the terminal is not ours.
	Returns how long the terminal took to accept it, in milliseconds: writing to a terminal waits until it does.
	*/
	show(frame: Grid): number {
		const output = this.#isEntered ? frameDifference(this.#shown, frame, this.#level) : '';
		if (output === '') {
			return 0;
		}

		this.#shown = frame;
		const erase = this.#isErasing ? eraseSequence : '';
		this.#isErasing = false;
		const start = performance.now();
		// Never an erasure inside a synchronised block, and never one without its frame behind it.
		this.#stream.write(erase + (this.#isSynchronised ? beginSynchronised + output + endSynchronised : output));
		return performance.now() - start;
	}

	/** Forgets what is shown, so that the next frame erases it and is drawn whole: after a resize, or when something else has written. */
	forget(): void {
		this.#shown = undefined;
		this.#isErasing = true;
	}

	/** Gives the terminal back as it was; does nothing the second time. */
	leave(): void {
		if (this.#isEntered) {
			this.#isEntered = false;
			this.#shown = undefined;
			this.#stream.write((this.#isSynchronised ? endSynchronised : '') + leaveSequence);
		}
	}
}
