/**
What others train: 7 layers × 4096 rows (43 units in all, as design.md measures them) at 10 steps a second, with what the reader's
memory does; and 10 000 × 1024 float32, from the file's appearance to its event. `IBTOP_BENCH_SECONDS=300` for the five minutes.
*/
import {type ChildProcess, spawn} from 'node:child_process';
import {
	existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Random} from '../../source/random.js';
import {type EpochEvent} from '../../source/run/events.js';
import {decodeLine} from '../../source/run/line.js';
import {type TestArray, writeNpz} from '../helpers/npz.js';
import {median, printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const stepsASecond = 10;
const widths = [12, 10, 7, 5, 4, 3, 2];
const seconds = Number(process.env['IBTOP_BENCH_SECONDS'] ?? 30);

export async function benchForeign(): Promise<void> {
	await withFolder(longRun);
	await withFolder(largeFiles);
}

/** A training of somebody else's: as many steps a second as said, whatever the reader does. */
async function longRun(folder: string): Promise<void> {
	const acts = path.join(folder, 'acts');
	const files = Array.from({length: 20}, (_, index) => trainingStep(index));
	mkdirSync(acts);
	const reader = await startReader(folder, ['--consume']);
	const memory: number[] = [];
	const waiting: number[] = [];
	const steps = seconds * stepsASecond;
	const start = performance.now();
	for (let step = 0; step < steps; step++) {
		drop(acts, step, files[step % files.length]!);
		if (step % stepsASecond === 0) {
			memory.push(residentMemory(reader.pid));
			waiting.push(readdirSync(acts).length);
		}

		await sleep(Math.max(0, ((step + 1) * 1000 / stepsASecond) - (performance.now() - start)));
	}

	const cpu = cpuSeconds(reader.pid) / seconds;
	await until(() => eventsOf(folder).length === steps);
	const behind = ((performance.now() - start) / 1000) - seconds;
	const withDensity = eventsOf(folder).filter(({layers}) => layers[0]!.information['kde:0.1:loo']).length;
	await reader.close();
	const part = (from: number, to: number) => memory.slice(Math.floor(from * memory.length), Math.max(1, Math.ceil(to * memory.length)));
	printColumns({
		seconds: String(seconds),
		steps: String(steps),
		'all read after': `+${behind.toFixed(1)} s`,
		'most waiting': String(Math.max(...waiting)),
		'with kde': `${(100 * withDensity / steps).toFixed(0)} %`,
		'reader CPU': `${(100 * cpu).toFixed(0)} %`,
		'MB, 2nd fifth': median(part(0.2, 0.4)).toFixed(0),
		'MB, last fifth': median(part(0.8, 1)).toFixed(0),
		'MB, most': Math.max(...memory).toFixed(0),
	});
}

const printColumns = (columns: Readonly<Record<string, string>>): void => {
	printTable(Object.keys(columns), [Object.values(columns)]);
};

/** One wide layer a file; the first file is read twice, to choose the estimators. */
async function largeFiles(folder: string): Promise<void> {
	const acts = path.join(folder, 'acts');
	mkdirSync(acts);
	const random = Random.stream(1, 'bench');
	const [rows, units] = [10_000, 1024];
	const labels = {shape: [rows], values: Uint8Array.from({length: rows}, (_, row) => row % 10)};
	const reader = await startReader(folder, []);
	const times: number[] = [];
	const before = cpuSeconds(reader.pid);
	const count = 6;
	for (let step = 0; step < count; step++) {
		const values = Float32Array.from({length: rows * units}, () => random.uniform() - 0.5);
		const bytes = writeNpz({y: labels, wide: {shape: [rows, units], values}});
		drop(acts, step, bytes);
		const start = performance.now();
		await until(() => eventsOf(folder).some(event => event.step === step));
		times.push((performance.now() - start) / 1000);
	}

	const [information] = eventsOf(folder).at(-1)!.layers.map(layer => layer.information);
	const most = residentMemory(reader.pid);
	const cpu = (cpuSeconds(reader.pid) - before) / count;
	await reader.close();
	printColumns({
		'rows × units': `${rows} × ${units}`,
		estimators: Object.keys(information!).join(' '),
		'first file': `${times[0]!.toFixed(2)} s`,
		'later ones, median': `${median(times.slice(1)).toFixed(2)} s`,
		slowest: `${Math.max(...times.slice(1)).toFixed(2)} s`,
		'CPU a file': `${cpu.toFixed(2)} s`,
		'MB at the end': most.toFixed(0),
	});
}

/** Layers that saturate more and more, from the same inputs. */
function trainingStep(index: number): Buffer {
	const random = Random.stream(index + 1, 'bench');
	const rows = 4096;
	const layers = widths.map((width, layer): readonly [string, TestArray] => [
		`act/${layer + 1}`, {shape: [rows, width], values: Float32Array.from({length: rows * width}, () => Math.tanh((random.uniform() - 0.5) * (1 + index)))},
	]);
	return writeNpz({y: {shape: [rows], values: Uint8Array.from({length: rows}, (_, row) => row % 2)}, ...Object.fromEntries(layers)});
}

function drop(folder: string, step: number, bytes: Uint8Array): void {
	const file = path.join(folder, `step-${String(step).padStart(8, '0')}.npz`);
	writeFileSync(`${file}.tmp`, bytes);
	renameSync(`${file}.tmp`, file);
}

async function startReader(folder: string, flags: readonly string[]): Promise<{readonly pid: number; readonly close: () => Promise<void>}> {
	const program = spawn(process.execPath, [cli, 'watch', path.join(folder, 'acts'), '--runs', folder, '--run', 'run', '--json', ...flags], {stdio: 'ignore'});
	await until(() => existsSync(path.join(folder, 'run', 'events.ndjson')) && pidOf(folder) !== undefined);
	return {
		pid: pidOf(folder)!,
		async close() {
			await ended(program);
		},
	};
}

async function ended(program: ChildProcess): Promise<void> {
	const gone = new Promise(resolve => {
		program.once('exit', resolve);
	});
	program.kill('SIGTERM');
	await gone;
}

const pidOf = (folder: string): number | undefined => (JSON.parse(readFileSync(path.join(folder, 'run', 'run.json'), 'utf8')) as {pid?: number}).pid;

const eventsOf = (folder: string): EpochEvent[] => readFileSync(path.join(folder, 'run', 'events.ndjson'), 'utf8').split('\n').slice(0, -1)
	.map(line => decodeLine(line)).flatMap(decoded => decoded.kind === 'event' && decoded.event.type === 'epoch' ? [decoded.event] : []);

/** In MB, of the process with its threads. */
const residentMemory = (pid: number): number => Number(/^VmRSS:\s+(?<kilobytes>\d+)/mv.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!.groups!['kilobytes']) / 1024;

function cpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) {
		await sleep(20);
	}
}

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		await body(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
