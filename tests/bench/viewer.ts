/** Epochs per second with the screen on (80×24, in a real pseudo-terminal) against `ibtop run` without one, and what the screen costs. */
import {spawn as spawnProcess} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {spawn as spawnTerminal} from '@lydell/node-pty';
import {decodeLine} from '../../source/run/line.js';
import {median, printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const epochs = 3000;

export async function benchViewer(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	const rounds: Array<{plain: number; screen: number; bytes: number; cpu: number}> = [];
	try {
		for (let round = 0; round < 3; round++) {
			const plain = await withoutScreen(folder, `plain-${round}`);
			rounds.push({plain, ...await withScreen(folder, `screen-${round}`)});
		}
	} finally {
		rmSync(folder, {recursive: true});
	}

	const of = (name: keyof (typeof rounds)[number]) => median(rounds.map(round => round[name]));
	printTable(
		['epochs', 'run ep/s', 'screen ep/s', 'ratio', 'screen KB/s', 'viewer CPU'],
		[[
			String(epochs),
			of('plain').toFixed(0),
			of('screen').toFixed(0),
			median(rounds.map(({plain, screen}) => screen / plain)).toFixed(2),
			(of('bytes') / 1024).toFixed(1),
			`${(of('cpu') * 100).toFixed(0)} %`,
		]],
	);
}

const flags = (folder: string, name: string) => ['--preset', 'tanh', '--epochs', String(epochs), '--runs', folder, '--name', name];

async function withoutScreen(folder: string, name: string): Promise<number> {
	await new Promise(resolve => {
		spawnProcess(process.execPath, [cli, 'run', ...flags(folder, name)], {stdio: 'ignore'}).once('exit', resolve);
	});
	return speedOf(path.join(folder, name));
}

/** Leaves when the run has finished, and tells what went over the line and what the viewer used until then. */
async function withScreen(folder: string, name: string): Promise<{screen: number; bytes: number; cpu: number}> {
	let bytes = 0;
	const start = performance.now();
	const terminal = spawnTerminal(process.execPath, [cli, ...flags(folder, name)], {cols: 80, rows: 24, env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}});
	const left = new Promise<{bytes: number; cpu: number}>(resolve => {
		terminal.onData(data => {
			bytes += Buffer.byteLength(data);
			if (data.includes('FINISHED')) {
				const seconds = (performance.now() - start) / 1000;
				resolve({bytes: bytes / seconds, cpu: cpuSeconds(terminal.pid) / seconds});
			}
		});
	});
	const result = await left;
	const gone = new Promise(resolve => {
		terminal.onExit(resolve);
	});
	terminal.write('q');
	await gone;
	return {screen: speedOf(path.join(folder, name)), ...result};
}

/** User and system time of a process so far, from /proc. */
function cpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Epochs per second of training, as the run's own clock tells. */
function speedOf(run: string): number {
	const events = readFileSync(path.join(run, 'events.ndjson'), 'utf8').trim().split('\n').map(line => decodeLine(line));
	const last = events.findLast(decoded => decoded.kind === 'event' && decoded.event.type === 'epoch');
	return last?.kind === 'event' && last.event.type === 'epoch' ? last.event.epoch / last.event.seconds : Number.NaN;
}
