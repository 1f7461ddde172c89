import path from 'node:path';
import process from 'node:process';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {onTestFinished} from 'vitest';
import {type Grid} from '../../source/chart/grid.js';
import {environment, programFile} from './program.js';
import {type RunFiles, runFiles, temporaryFolder} from './workplace.js';

/** A cell as a person sees it. */
export type Cell = {
	readonly character: string;
	/** An entry of the 256-colour table; undefined for the terminal's own foreground. */
	readonly color: number | undefined;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
};

export type Size = {readonly columns: number; readonly rows: number};

/** What stands between the emulator and the program: a pseudo-terminal, or one behind a link that can stall. */
export type Connection = Pick<pty.IPty, 'pid' | 'onData' | 'onExit' | 'write' | 'resize'> & {readonly destroy?: () => void};

export type SessionOptions = Partial<Size> & {
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd: string;
	/** How to come by the connection; a pseudo-terminal of this process if it is not said. */
	readonly connect?: (file: string, args: string[], options: Size & {readonly cwd: string; readonly env: Record<string, string>}) => Connection;
};

const connectDirectly: NonNullable<SessionOptions['connect']> = (file, args, {
	columns, rows, cwd, env,
}) => pty.spawn(file, args, {
	name: env['TERM']!, cols: columns, rows, cwd, env,
});

const oscNumbers = [...Array.from({length: 120}, (_, id) => id), 133, 633, 777, 1337, 9001];
const dcsNames = ['q', 'p', 'r', 's', 't', 'u', '{', '|'].flatMap(final => [{final}, {intermediates: '$', final}, {intermediates: '+', final}]);

/** Columns and rows as people write them: `80×24`. */
export function sizeOf(text: string): Size {
	const [columns = 0, rows = 0] = text.split('×').map(Number);
	return {columns, rows};
}

/** A program in a real pseudo-terminal, with an emulator on the other side that shows what a person would see. */
export class Session {
	/** How the program ended, once everything it wrote is on the screen. */
	readonly exited: Promise<{readonly code: number; readonly signal: number}>;
	readonly #pty: Connection;
	readonly #emulator: xterm.Terminal;
	readonly #watchers = new Set<() => void>();
	readonly #privateSequences: string[] = [];
	#size: Size;
	#output = '';
	#hasExited = false;

	constructor(file: string, args: readonly string[], {
		cwd, env, columns = 80, rows = 24, connect = connectDirectly,
	}: SessionOptions) {
		this.#size = {columns, rows};
		this.#emulator = new xterm.Terminal({
			cols: columns, rows, scrollback: 1000, allowProposedApi: true, convertEol: false,
		});
		for (const id of oscNumbers) {
			this.#emulator.parser.registerOscHandler(id, text => {
				this.#privateSequences.push(`OSC ${id}: ${text}`);
				return true;
			});
		}

		for (const id of dcsNames) {
			this.#emulator.parser.registerDcsHandler(id, text => {
				this.#privateSequences.push(`DCS ${id.intermediates ?? ''}${id.final}: ${text}`);
				return true;
			});
		}

		this.#pty = connect(file, [...args], {
			columns, rows, cwd, env: environment(env),
		});
		this.#pty.onData(text => {
			this.#output += text;
			this.#emulator.write(text, () => {
				this.#tellWatchers();
			});
		});
		this.exited = new Promise(resolve => {
			this.#pty.onExit(({exitCode, signal = 0}) => {
				this.#emulator.write('', () => {
					this.#hasExited = true;
					resolve({code: exitCode, signal});
					this.#tellWatchers();
				});
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** Every byte that the program has sent. */
	get output(): string {
		return this.#output;
	}

	get isAlternateScreen(): boolean {
		return this.#emulator.buffer.active.type === 'alternate';
	}

	/** What the program said last of the cursor; terminals begin with it shown. */
	get isCursorHidden(): boolean {
		return this.#output.lastIndexOf('\u001B[?25l') > this.#output.lastIndexOf('\u001B[?25h');
	}

	/** The strings that were sent as OSC and DCS sequences, each after its name: no terminal of ours should ever get any. */
	get privateSequences(): readonly string[] {
		return this.#privateSequences;
	}

	get isAutoWrapOn(): boolean {
		return this.#emulator.modes.wraparoundMode;
	}

	/** The rows of the screen, without the spaces at their ends. */
	lines(): string[] {
		const {active} = this.#emulator.buffer;
		return Array.from({length: this.#size.rows}, (_, row) => active.getLine(active.baseY + row)!.translateToString(false, 0, this.#size.columns).trimEnd());
	}

	text(): string {
		return this.lines().join('\n');
	}

	/** Everything on the normal screen, what has scrolled out of it included. */
	normalText(): string {
		const {normal} = this.#emulator.buffer;
		return Array.from({length: normal.length}, (_, row) => normal.getLine(row)!.translateToString(false).trimEnd()).join('\n').trimEnd();
	}

	/** As many as the terminal has; the emulator itself is never narrower than two columns. */
	cells(): Cell[][] {
		return emulatorCells(this.#emulator, this.#size);
	}

	/** Types, a burst at a time. */
	press(keys: string): void {
		this.#pty.write(keys);
	}

	resize(size: Size): void {
		const {columns, rows} = size;
		this.#size = size;
		this.#emulator.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: NodeJS.Signals): void {
		process.kill(this.pid, signal);
	}

	/** Takes the terminal away, as a lost connection does. */
	hangUp(): void {
		this.#pty.destroy?.();
	}

	/** Waits until the screen shows something; fails, with the screen as it is, when that takes too long or the program has gone. */
	async waitFor(condition: RegExp | (() => boolean), timeout = 20_000): Promise<void> {
		const isMet = () => typeof condition === 'function' ? condition() : condition.test(this.text());
		await new Promise<void>((resolve, reject) => {
			const settle = (failure?: string) => {
				clearTimeout(timer);
				this.#watchers.delete(look);
				if (failure === undefined) {
					resolve();
				} else {
					reject(new Error(`${failure}: ${String(condition)}\n${this.text()}`));
				}
			};

			const look = () => {
				if (isMet()) {
					settle();
				} else if (this.#hasExited) {
					settle('The program has ended before this was seen');
				}
			};

			const timer = setTimeout(() => {
				settle(`Not seen within ${timeout} ms`);
			}, timeout);
			this.#watchers.add(look);
			look();
		});
	}

	/** Ends what is left of it. */
	async close(): Promise<void> {
		if (!this.#hasExited) {
			try {
				process.kill(this.pid, 'SIGKILL');
				await this.exited;
			} catch {
				// It has gone already.
			}
		}

		this.#emulator.dispose();
	}

	#tellWatchers(): void {
		for (const watcher of this.#watchers) {
			watcher();
		}
	}
}

/** Any program in a terminal; closed when the test is over. */
export function openSession(file: string, args: readonly string[], options: SessionOptions): Session {
	const session = new Session(file, args, options);
	onTestFinished(async () => session.close());
	return session;
}

/** Ibtop on a screen, in a folder of its own where the run is called `runs/test`. */
export function openScreen(args: readonly string[], options: Omit<SessionOptions, 'cwd'> = {}): {session: Session; run: RunFiles; folder: string} {
	const folder = temporaryFolder();
	const session = openSession(process.execPath, [programFile, '--runs', 'runs', '--name', 'test', ...args], {...options, cwd: folder});
	return {session, run: runFiles(path.join(folder, 'runs'), 'test'), folder};
}

/** Ibtop as a shell runs it: the terminal's settings are told before and after, then the exit code. */
export function openInShell(args: readonly string[], options: Omit<SessionOptions, 'cwd'> = {}): {session: Session; run: RunFiles} {
	const folder = temporaryFolder();
	const script = 'echo "shell before"; stty -g; "$@"; code=$?; stty -g; echo "exit code $code"';
	const command = [process.execPath, programFile, '--runs', 'runs', '--name', 'test', ...args];
	const session = openSession('/bin/sh', ['-c', script, 'sh', ...command], {
		columns: 100, rows: 60, ...options, cwd: folder,
	});
	return {session, run: runFiles(path.join(folder, 'runs'), 'test')};
}

/** The settings of the terminal that `openInShell` told, before and after. */
export const toldSettings = (session: Session): string[] => session.normalText().split('\n').filter(line => /^[\da-f]+(?::[\da-f]+)+$/v.test(line));

/** The cells that a grid stands for, to be held against those of an emulator. */
export const cellsOf = (grid: Grid): Cell[][] => Array.from({length: grid.height}, (_, row) =>
	Array.from({length: grid.width}, (_, column) => {
		const {color, bold = false, dim = false, inverse = false} = grid.style(column, row);
		return {
			character: grid.character(column, row), color, bold, dim, inverse,
		};
	}));

export function emulatorCells({buffer: {active}}: xterm.Terminal, {columns, rows}: Size): Cell[][] {
	return Array.from({length: rows}, (_, row) => {
		const line = active.getLine(active.baseY + row)!;
		return Array.from({length: columns}, (_, column) => cellOf(line.getCell(column)!));
	});
}

/** A blank cell has no colour that anyone could see. */
export const asSeen = (cells: readonly Cell[][]): Cell[][] => cells.map(row => row.map(cell =>
	cell.character === ' ' && !cell.inverse ? blank : cell));

const blank: Cell = {
	character: ' ', color: undefined, bold: false, dim: false, inverse: false,
};

function cellOf(cell: xterm.IBufferCell): Cell {
	return {
		character: cell.getChars() || ' ',
		color: cell.isFgDefault() ? undefined : cell.getFgColor(),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		inverse: cell.isInverse() !== 0,
	};
}
