/** Export of a run with 50 repeats and 309 measured epochs, and what it costs to watch 50 such runs at once. */
import {spawn as spawnProcess} from 'node:child_process';
import {
	appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {spawn as spawnTerminal} from '@lydell/node-pty';
import {networkWidths, loadPreset} from '../../source/preset/load.js';
import {Random} from '../../source/random.js';
import {newManifest, runDirectory, writeManifest} from '../../source/run/directory.js';
import {type EpochEvent, type StartEvent} from '../../source/run/events.js';
import {encodeLine} from '../../source/run/line.js';
import {measuredEpochs} from '../../source/training/schedule.js';
import {median, printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const seeds = 50;
const preset = loadPreset('tanh');
const epochs = [...measuredEpochs(preset.training.epochs)];

/** A step of every seed every so many milliseconds: what 50 runs of the papers' network tell on two cores. */
const stepInterval = 640;

/** Seconds of watching before it is measured, and while it is. */
const settling = 5;
const window = 20;

const exports: ReadonlyArray<readonly string[]> = [
	['--figure', 'plane', '--format', 'svg'],
	['--figure', 'plane', '--format', 'png'],
	['--figure', 'plane', '--by', 'epoch', '--format', 'png'],
	['--figure', 'gradients', '--format', 'svg'],
	['--figure', 'gradients', '--format', 'png'],
	['--figure', 'loss', '--format', 'svg'],
	['--format', 'csv'],
	[],
];

export async function benchExport(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		const random = Random.stream(1, 'bench');
		const events = epochs.map(epoch => Array.from({length: seeds}, () => epochEvent(epoch, random)));
		await exportOne(folder, events);
		await watchMany(folder, events);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

async function exportOne(folder: string, events: readonly EpochEvent[][]): Promise<void> {
	make(folder, 'all', 1, seeds);
	const lines = events.flatMap(all => all.map(({type, ...event}, index) => encodeLine({type, repeat: index + 1, ...event})));
	appendFileSync(runDirectory(path.join(folder, 'all')).events, [...lines, encodeLine({type: 'end', reason: 'finished', epoch: preset.training.epochs})].join(''));
	const rows: string[][] = [];
	for (const args of exports) {
		const seconds: number[] = [];
		for (let round = 0; round < 3; round++) {
			const start = performance.now();
			await new Promise(resolve => {
				spawnProcess(process.execPath, [cli, 'export', 'all', '--runs', folder, '--output', path.join(folder, 'figures'), ...args], {stdio: 'ignore'}).once('exit', resolve);
			});
			seconds.push((performance.now() - start) / 1000);
		}

		rows.push([`export ${args.join(' ')}`, median(seconds).toFixed(2), Math.min(...seconds).toFixed(2)]);
	}

	printTable(['50 repeats, 309 epochs', 'seconds', 'least'], rows);
}

async function watchMany(folder: string, events: readonly EpochEvent[][]): Promise<void> {
	const rows: string[][] = [];
	for (const args of [[], ['--tiles']]) {
		const runs = Array.from({length: seeds}, (_, index) => make(folder, `seed${args.length}-${index + 1}`, index + 1, 1));
		const grow = (step: number) => {
			for (const [index, run] of runs.entries()) {
				appendFileSync(run.events, encodeLine(events[step]![index]!));
			}
		};

		let step = 0;
		for (; step < 200; step++) {
			grow(step);
		}

		const terminal = spawnTerminal(process.execPath, [cli, 'watch', path.join(folder, `seed${args.length}-*`), ...args], {cols: 80, rows: 24, env: {...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8'}});
		let bytes = 0;
		terminal.onData(data => {
			bytes += Buffer.byteLength(data);
		});
		const grows = setInterval(() => {
			grow(step++);
		}, stepInterval);
		await sleep(settling * 1000);
		const [cpu, sent] = [cpuSeconds(terminal.pid), bytes];
		await sleep(window * 1000);
		rows.push([['watch', ...args].join(' '), `${((cpuSeconds(terminal.pid) - cpu) / window * 100).toFixed(1)} %`, `${(cpu).toFixed(1)} s`, ((bytes - sent) / 1024 / window).toFixed(1), `${Math.round(peakMemory(terminal.pid) / 1024)} MB`]);
		clearInterval(grows);
		const gone = new Promise(resolve => {
			terminal.onExit(resolve);
		});
		terminal.write('q');
		await gone;
	}

	printTable(['50 runs at once, 80×24', 'CPU', 'CPU of the first 5 s', 'KB/s', 'peak memory'], rows);
}

/** A run that has begun. */
function make(folder: string, name: string, seed: number, repeats: number) {
	const run = runDirectory(path.join(folder, name));
	mkdirSync(run.control, {recursive: true});
	mkdirSync(run.snapshots);
	const own = {...preset, seed, repeats};
	writeManifest(run, newManifest({
		name, preset: own, seed, engine: {asked: 'auto', name: 'builtin'}, versions: {}, created: new Date().toISOString(), host: os.hostname(),
	}));
	const widths = networkWidths(own, {features: 12, classes: 2}).slice(1);
	const start: StartEvent = {
		type: 'start',
		version: 1,
		run: name,
		preset: own,
		seed,
		engine: 'builtin',
		samples: 4096,
		features: 12,
		trainingSamples: 3276,
		bounds: {x: 12, y: 0.9992},
		bound: {kind: 'deterministic', points: [{x: 0, y: 0}, {x: 0.9992, y: 0.9992}, {x: 12, y: 0.9992}]},
		layers: widths.map((width, index) => ({
			layer: index + 1, name: index === widths.length - 1 ? 'output' : `hidden ${index + 1}`, width, activation: 'tanh',
		})),
		estimators: [...preset.estimators],
		...(repeats > 1 && {repeats}),
	};
	writeFileSync(run.events, encodeLine(start));
	return run;
}

/** Numbers as long as real ones, on ways that look like real ones. */
function epochEvent(epoch: number, random: Random): EpochEvent {
	const way = Math.log1p(epoch) / Math.log1p(preset.training.epochs);
	return {
		type: 'epoch',
		epoch,
		seconds: Math.round(epoch * 1.3) / 1000,
		loss: 0.7 * Math.exp(-6 * way * way) * (1 + (0.1 * random.normal())),
		accuracy: {train: 0.5 + (0.49 * way), test: 0.5 + (0.46 * way)},
		layers: Array.from({length: 6}, (_, index) => ({
			layer: index + 1,
			information: Object.fromEntries(preset.estimators.map(id => [id, {x: (12 - (index * way)) + (0.2 * random.normal()), y: 0.1 + (0.8 * way) + (0.01 * random.normal())}])),
			gradient: {mean: Math.exp((0.2 * random.normal()) - (3 * way)), std: 0.2 * Math.exp(0.1 * random.normal()), ratio: 5 * Math.exp(-3 * way)},
			weightNorm: 3 + way,
		})),
	};
}

/** User and system time of a process so far, from /proc. */
function cpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Kilobytes, from /proc. */
const peakMemory = (pid: number): number => Number(/VmHWM:\s+(?<size>\d+)/v.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!.groups!['size']);
