/**
A run of a million measured epochs, of about 1.2 KB each: how long a viewer takes to open it, what memory it takes then and after a
hundred thousand further events, and what one of those costs; at last `ibtop watch --once` as a user waits for it.
*/
import {spawnSync} from 'node:child_process';
import {
	closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {crc32} from 'node:zlib';
import {createStore} from '../../source/history/store.js';
import {roomFor} from '../../source/history/thin.js';
import {newManifest} from '../../source/run/directory.js';
import {encodeLine} from '../../source/run/line.js';
import {followRun} from '../../source/run/reader.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';
import {printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const measured = 1_000_000;
const further = 100_000;

export async function benchHistory(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		const run = path.join(folder, 'long');
		const [events, more] = writeRun(run);
		const gigabytes = (statSync(events).size / 1e9).toFixed(2);
		const rows: string[][] = [];
		for (let round = 0; round < 3; round++) {
			rows.push([gigabytes, ...await openAndFollow(events, more), `${wait(run).toFixed(2)} s`]);
		}

		printTable(['GB', 'opened in', 'of CPU', 'epochs held', 'MB of heap (and in all)', 'after 100 000 more', 'µs an event', 'watch --once'], rows);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Writes it as fast as can be: the lines differ in epoch, seconds, loss and one number of each kind. */
function writeRun(folder: string): readonly [events: string, further: string] {
	mkdirSync(folder);
	const start = exampleStart({epochs: measured + further});
	writeFileSync(path.join(folder, 'run.json'), JSON.stringify(newManifest({
		name: 'long', preset: start.preset, seed: 1, engine: {asked: 'builtin'}, versions: {}, created: new Date().toISOString(), host: 'bench',
	})));
	const files = [path.join(folder, 'events.ndjson'), path.join(folder, 'further.ndjson')] as const;
	writeLines(files[0], encodeLine(start), 0, measured);
	writeLines(files[1], '', measured, measured + further);
	return files;
}

function writeLines(file: string, first: string, from: number, end: number): void {
	const descriptor = openSync(file, 'w');
	writeSync(descriptor, first);
	for (let epoch = from; epoch < end; epoch += 5000) {
		writeSync(descriptor, Array.from({length: 5000}, (_, index) => lineOf(epoch + index)).join(''));
	}

	closeSync(descriptor);
}

const [, ...pieces] = /^(?<before>.*?"epoch":)\d+(?<between>,"seconds":)[\d.]+(?<loss>,"loss":)[\d.]+(?<rest>.*),"crc":"[^"]*"\}$/v.exec(encodeLine({...exampleEpoch(3), loss: 0.5}).trim())!;

function lineOf(epoch: number): string {
	const body = `${pieces[0]}${epoch}${pieces[1]}${epoch / 100}${pieces[2]}${0.7 / (1 + (epoch / 100))}${pieces[3]}`;
	return `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}\n`;
}

/** In this process, whose memory is read after the garbage is collected, where that can be asked for (`node --expose-gc`). */
async function openAndFollow(events: string, more: string): Promise<string[]> {
	const store = createStore(() => 100);
	const began = performance.now();
	const idle = process.cpuUsage();
	await store.consume(followRun(events, {roomFor, isOver: () => true}));
	const opened = (performance.now() - began) / 1000;
	const {user, system} = process.cpuUsage(idle);
	const [held, then] = [store.get().epochs.length, memory()];
	const resumed = performance.now();
	await store.consume(followRun(more, {isOver: () => true}));
	const each = (performance.now() - resumed) * 1000 / further;
	return [`${opened.toFixed(2)} s`, `${((user + system) / 1e6).toFixed(2)} s`, String(held), then, memory(), each.toFixed(0)];
}

function memory(): string {
	globalThis.gc?.();
	const {heapUsed, rss} = process.memoryUsage();
	return `${(heapUsed / 1e6).toFixed(0)} (${(rss / 1e6).toFixed(0)})`;
}

function wait(run: string): number {
	const began = performance.now();
	const {status, stderr} = spawnSync(process.execPath, [cli, 'watch', run, '--once'], {encoding: 'utf8'});
	if (status !== 0) {
		throw new Error(stderr);
	}

	return (performance.now() - began) / 1000;
}
