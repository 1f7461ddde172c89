import {PassThrough} from 'node:stream';

const escape = '\u001B';
const report = new RegExp(String.raw`${escape}\[\?(\d+);(\d+)\$y`, 'gv');
const unfinished = new RegExp(String.raw`${escape}(?:\[(?:\?[\d;]*\$?)?)?$`, 'v');

/** Milliseconds that what may be the beginning of an answer waits for the rest: a lone Esc may be a key, `ESC [ ?` is none. */
const patience = {key: 25, answer: 1000};

/** A terminal's answer to a question about one of its modes (DECRPM); settings 1 and 2 mean that it knows the mode. */
export type ModeReport = {readonly mode: number; readonly setting: number};

export type TerminalInput = {
	/** Poses as the terminal's input, without the terminal's own answers: those are no keys. */
	readonly stream: NodeJS.ReadStream;
	readonly close: () => void;
};

/** Stands between the terminal and whatever reads keys. */
export function filterInput(source: NodeJS.ReadStream, onReport: (answer: ModeReport) => void): TerminalInput {
	const filtered = new PassThrough();
	let waiting = '';
	let timer: NodeJS.Timeout | undefined;
	const take = (chunk: Buffer | string) => {
		clearTimeout(timer);
		const text = waiting + chunk.toString();
		const keys = text.replaceAll(report, (_, mode: string, setting: string) => {
			onReport({mode: Number(mode), setting: Number(setting)});
			return '';
		});
		waiting = unfinished.exec(keys)?.[0] ?? '';
		pass(keys.slice(0, keys.length - waiting.length));
		if (waiting !== '') {
			timer = setTimeout(() => {
				pass(waiting);
				waiting = '';
			}, waiting.length < 3 ? patience.key : patience.answer);
		}
	};

	const pass = (keys: string) => {
		if (keys !== '') {
			filtered.write(keys);
		}
	};

	source.on('data', take);
	const stream = Object.assign(filtered, {
		isTTY: source.isTTY,
		setRawMode(isRaw: boolean) {
			source.setRawMode?.(isRaw);
			return stream;
		},
		ref() {
			source.ref();
			return stream;
		},
		unref() {
			source.unref();
			return stream;
		},
	}) as unknown as NodeJS.ReadStream;
	return {
		stream,
		close() {
			clearTimeout(timer);
			pass(waiting);
			source.off('data', take);
			source.pause();
		},
	};
}
