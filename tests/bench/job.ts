/**
The whole job as a user has it: `ibtop run --preset tanh` against the bare training, fifty repeats against one, the time to the first epoch, and
the memory of the trainer. Processes start and end in all times but that of the bare training. IBTOP_BENCH_REPEATS=10 for fewer repeats.
*/
import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {loadPreset} from '../../source/preset/load.js';
import {trainBare} from './bare.js';
import {median, printTable} from './table.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const rounds = 9;
const repeats = Number(process.env['IBTOP_BENCH_REPEATS'] ?? 50);

export type JobTimes = {readonly seconds: number; readonly firstEpoch: number; readonly megabytes: number};

export async function benchJob(): Promise<void> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'ibtop-bench-'));
	try {
		const preset = loadPreset('tanh');
		const bare: number[] = [];
		const whole: JobTimes[] = [];
		for (let round = 0; round < rounds; round++) {
			const start = performance.now();
			trainBare(preset);
			bare.push((performance.now() - start) / 1000);
			whole.push(await runJob(folder, `whole-${round}`, []));
		}

		const times = whole.map(({seconds}) => seconds);
		const one = median(times);
		const many = await runJob(folder, 'repeats', ['--repeats', String(repeats)]);
		printTable(['job', 'seconds', 'least', 'ratio', 'of the least', 'first epoch', 'trainer at most'], [
			['bare training', median(bare).toFixed(2), Math.min(...bare).toFixed(2), '1.00× bare', '1.00', 'n/a', 'n/a'],
			[
				'ibtop run --preset tanh',
				one.toFixed(2),
				Math.min(...times).toFixed(2),
				`${(one / median(bare)).toFixed(2)}× bare`,
				(Math.min(...times) / Math.min(...bare)).toFixed(2),
				`${median(whole.map(({firstEpoch}) => firstEpoch)).toFixed(2)} s`,
				`${Math.max(...whole.map(({megabytes}) => megabytes)).toFixed(0)} MB`,
			],
			[`the same, --repeats ${repeats}`, many.seconds.toFixed(1), 'n/a', `${(many.seconds / one).toFixed(1)}× one`, 'n/a', `${many.firstEpoch.toFixed(2)} s`, `${many.megabytes.toFixed(0)} MB`],
		]);
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** Seconds from the start of the process to its end and to its first epoch on standard output, and the trainer's peak memory, from /proc. */
export async function runJob(folder: string, name: string, flags: readonly string[]): Promise<JobTimes> {
	const start = performance.now();
	const since = () => (performance.now() - start) / 1000;
	const child = spawn(process.execPath, [cli, 'run', '--preset', 'tanh', '--runs', folder, '--name', name, ...flags], {stdio: ['ignore', 'pipe', 'pipe']});
	let firstEpoch: number | undefined;
	let trainer: number | undefined;
	let megabytes = 0;
	child.stdout.setEncoding('utf8').on('data', (lines: string) => {
		// Before it comes the line that says what is in the lines.
		if (/^(?:repeat \d+ +)?epoch/mv.test(lines)) {
			firstEpoch ??= since();
		}
	});
	child.stderr.on('data', (data: Uint8Array) => {
		trainer ??= Number(/\(process (?<pid>\d+)\)/v.exec(String(data))?.groups?.['pid']);
	});
	const watch = setInterval(() => {
		megabytes = Math.max(megabytes, trainer === undefined ? 0 : peakMemory(trainer));
	}, 100);
	const code = await new Promise(resolve => {
		child.once('exit', resolve);
	});
	clearInterval(watch);
	if (code !== 0) {
		throw new Error(`ibtop run ${flags.join(' ')} ended with exit code ${String(code)}.`);
	}

	return {seconds: since(), firstEpoch: firstEpoch!, megabytes};
}

/** 0 where the process is gone, or where there is no /proc. */
function peakMemory(pid: number): number {
	try {
		return Number(/VmHWM:\s+(?<size>\d+)/v.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!.groups!['size']) / 1024;
	} catch {
		return 0;
	}
}
