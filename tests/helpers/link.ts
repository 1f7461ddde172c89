import {spawn, spawnSync} from 'node:child_process';
import {type Readable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {type Connection, type SessionOptions} from './terminal.js';

const script = fileURLToPath(new URL('link.py', import.meta.url));

export const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

/** A link between a program and its terminal. */
export type Link = {
	readonly connect: NonNullable<SessionOptions['connect']>;
	/** Bytes a second that are read from the program; 0: none, -1: as many as it writes. */
	readonly setRate: (bytesPerSecond: number) => void;
};

/** A link as slow as one likes, made of a Python program that holds the pseudo-terminal. */
export function createLink(): Link {
	let send: ((command: string) => void) | undefined;
	return {
		setRate(bytesPerSecond) {
			send?.(`b ${bytesPerSecond}`);
		},
		connect(file, args, {columns, rows, cwd, env}) {
			const python = spawn('python3', [script, String(columns), String(rows), file, ...args], {cwd, env, stdio: ['pipe', 'pipe', 'inherit', 'pipe']});
			send = command => {
				python.stdin!.write(`${command}\n`);
			};

			python.stdin!.on('error', () => undefined);
			const told = createTold(python.stdio[3] as Readable);
			const connection: Connection & {destroy: () => void} = {
				// Known as soon as anybody can ask for it: the first word on descriptor 3.
				get pid() {
					return told.pid();
				},
				onData(listener) {
					python.stdout!.setEncoding('utf8').on('data', (text: string) => {
						listener(text);
					});
					return {dispose: () => undefined};
				},
				onExit(listener) {
					python.once('close', () => {
						listener(told.exit());
					});
					return {dispose: () => undefined};
				},
				write(data) {
					send!(`w ${Buffer.from(data).toString('hex')}`);
				},
				resize(newColumns, newRows) {
					send!(`r ${newColumns} ${newRows}`);
				},
				destroy() {
					python.stdin!.end();
				},
			};
			return connection;
		},
	};
}

/** What the link says of the program: its process, and how it ended. */
function createTold(stream: Readable) {
	let text = '';
	stream.setEncoding('utf8').on('data', (part: string) => {
		text += part;
	});
	const numbers = (pattern: RegExp) => (pattern.exec(text)?.slice(1) ?? []).map(Number);
	return {
		pid: () => numbers(/^pid (\d+)$/mv)[0] ?? 0,
		exit() {
			const [exitCode = 0, signal = 0] = numbers(/^exit (\d+) (\d+)$/mv);
			return {exitCode, signal};
		},
	};
}
