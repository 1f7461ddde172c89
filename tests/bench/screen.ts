/**
What the screen costs: bytes a second over the line and processor time of the viewer, on a live `tanh` run in a real pseudo-terminal,
at two sizes; htop's beside it, where it is installed. Measured over fifteen seconds, from the fourth on.
*/
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import {printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const seconds = 15;

export async function benchScreen(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	const rows: string[][] = [];
	try {
		for (const [columns, lines] of [[80, 24], [200, 50]] as const) {
			rows.push(await measure('ibtop', process.execPath, [cli, '--preset', 'tanh', '--epochs', '100000', '--runs', folder], columns, lines, 'q'));
			if (spawnSync('htop', ['--version']).status === 0) {
				rows.push(await measure('htop', 'htop', [], columns, lines, 'q'));
			}
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}

	printTable(['program', 'size', 'KB/s', 'writes/s', 'CPU', 'CPU to first frame', 'paused bytes/s', '2J, 3J'], rows);
}

async function measure(name: string, file: string, args: string[], columns: number, rows: number, quit: string): Promise<string[]> {
	const terminal = spawn(file, args, {cols: columns, rows, env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}});
	let output = '';
	let writes = 0;
	let firstFrame: number | undefined;
	terminal.onData(data => {
		output += data;
		writes++;
		if (firstFrame === undefined && /information plane|Tasks/v.test(output)) {
			firstFrame = cpuSeconds(terminal);
		}
	});
	await sleep(4000);
	const before = {length: Buffer.byteLength(output), writes, cpu: cpuSeconds(terminal)};
	await sleep(seconds * 1000);
	const bytes = Buffer.byteLength(output) - before.length;
	const cpu = cpuSeconds(terminal) - before.cpu;
	const frames = writes - before.writes;
	const paused = name === 'ibtop' ? await bytesWhilePaused(terminal, () => Buffer.byteLength(output)) : 'n/a';
	// The first is the one that takes the screen over.
	const erasures = output.split('\u001B[2J').length + output.split('\u001B[3J').length - 3;
	const gone = new Promise(resolve => {
		terminal.onExit(resolve);
	});
	terminal.write(quit);
	await gone;
	return [
		name,
		`${columns}×${rows}`,
		(bytes / 1024 / seconds).toFixed(1),
		(frames / seconds).toFixed(1),
		`${(cpu / seconds * 100).toFixed(1)} %`,
		`${(firstFrame ?? Number.NaN).toFixed(2)} s`,
		paused,
		name === 'ibtop' ? String(erasures) : 'n/a',
	];
}

async function bytesWhilePaused(terminal: IPty, length: () => number): Promise<string> {
	terminal.write('p');
	await sleep(1500);
	const before = length();
	await sleep(2000);
	return String((length() - before) / 2);
}

/** User and system time of a process so far, from /proc. */
function cpuSeconds({pid}: IPty): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}
