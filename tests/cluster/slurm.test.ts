import {spawn, spawnSync} from 'node:child_process';
import {
	chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {
	expect, it, onTestFinished, vi,
} from 'vitest';
import {environment, programFile, runProgram} from '../helpers/program.js';
import {standingEvents} from '../helpers/standing.js';
import {openSession} from '../helpers/terminal.js';
import {until} from '../helpers/until.js';
import {runFiles} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 480_000});

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** A real one-node Slurm for a command; it comes with the developers' tools, needs root, and takes minutes: with IBTOP_TEST_SLURM=1 only. */
const tool = here('../../../shared/tools/slurm-one-node.sh');
const canSlurm = process.env['IBTOP_TEST_SLURM'] === '1' && existsSync(tool) && process.getuid?.() === 0 && spawnSync('unshare', ['-m', '-p', '--fork', 'true']).status === 0;
if (!canSlurm) {
	console.warn('Skipped: the array of jobs is tested on a one-node Slurm with IBTOP_TEST_SLURM=1 only (it takes root and the tool slurm-one-node.sh).');
}

const hasParallel = spawnSync('parallel', ['--version'], {encoding: 'utf8'}).stdout?.startsWith('GNU parallel');
if (!hasParallel) {
	console.warn('Skipped: GNU parallel is not installed here, so seeds beside each other on one machine are not tested with it.');
}

const tasks = 20;
const epochs = 10_000;

/** A folder that is seen inside of the chroot too, with a program called ibtop. */
function workplace(): {folder: string; bin: string; runs: string} {
	const folder = fileURLToPath(new URL(`../../node_modules/.cache/ibtop-cluster-${process.pid}`, import.meta.url));
	const bin = path.join(folder, 'bin');
	mkdirSync(bin, {recursive: true});
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true, maxRetries: 10});
	});
	writeFileSync(path.join(bin, 'ibtop'), `#!/bin/sh\nexec node '${programFile}' "$@"\n`);
	chmodSync(path.join(bin, 'ibtop'), 0o755);
	return {folder, bin, runs: path.join(folder, 'runs')};
}

it.skipIf(!canSlurm)('an array of Slurm jobs goes on where a task was killed or warned, while its growing medians are watched', async () => {
	const {folder, bin, runs} = workplace();
	mkdirSync(runs);
	// The script of the README, but for the length of its runs.
	const script = readFileSync(here('array.sh'), 'utf8');
	expect(readFileSync(here('../../README.md'), 'utf8')).toContain(script.split('\n').slice(1).join('\n').trimEnd());
	writeFileSync(path.join(folder, 'array.sh'), script.replace('--preset tanh', `--preset tanh --epochs ${epochs}`).replace('#!/bin/sh', `#!/bin/sh\nPATH='${bin}':$PATH`), {mode: 0o755});
	copyFileSync(here('session.sh'), path.join(folder, 'session.sh'));
	const slurm = spawn('bash', [tool, here('../..'), 'sh', path.join(folder, 'session.sh'), folder, path.join(folder, 'array.sh'), String(tasks)], {stdio: ['ignore', 'pipe', 'pipe']});
	onTestFinished(() => {
		slurm.kill('SIGKILL');
	});
	let said = '';
	const listen = (text: string) => {
		said += text;
	};

	slurm.stdout.setEncoding('utf8').on('data', listen);
	slurm.stderr.setEncoding('utf8').on('data', listen);

	const over = new Promise<number | null>(resolve => {
		slurm.once('close', resolve);
	});
	await until('the first tasks have begun', () => runFiles(runs, 'tanh-1').lines().length > 5 || slurm.exitCode !== null, 300_000);
	const viewer = openSession(process.execPath, [programFile, 'watch', 'tanh-*', '--runs', runs, '--repeats', String(tasks)], {cwd: folder, columns: 160, rows: 40});
	await viewer.waitFor(/median of [2-9] seeds: \d running, .*\d+ missing/v, 60_000);
	const code = await over;
	expect(said).toContain('warned task 2');
	expect(said).toContain('requeued task 1');
	expect(said).toContain('requeued task 2');
	expect(said).toContain('all tasks are over');
	expect(code).toBe(0);
	await viewer.waitFor(new RegExp(String.raw`: 0 running, ${tasks} done`, 'v'), 30_000).catch((error: unknown) => {
		throw new Error(`${viewer.lines().slice(0, 2).join('\n')}\n${said.slice(-2000)}`, {cause: error});
	});
	viewer.press('q');
	await viewer.exited;
	expect(viewer.output).not.toContain('Warning');

	// Each of them is what it would have been alone, also the two that were disturbed.
	for (const seed of [1, 2, tasks]) {
		const alone = `alone-${seed}`;
		await runProgram(['run', '--preset', 'tanh', '--epochs', String(epochs), '--seed', String(seed), '--runs', runs, '--name', alone], {cwd: folder});
		const events = runFiles(runs, `tanh-${seed}`).events();
		expect(standingEvents(events)).toEqual(standingEvents(runFiles(runs, alone).events()));
		expect(events.filter(event => event.type === 'resume' && event.from)).toHaveLength(seed <= 2 ? 1 : 0);
	}
});

it.skipIf(!hasParallel)('GNU parallel runs seeds beside each other, and merged they are one run', async () => {
	const {folder, bin} = workplace();
	const cwd = path.join(folder, 'parallel');
	mkdirSync(cwd, {recursive: true});
	const command = ['-j', '2', 'ibtop run --preset tanh --epochs 40 --seed {} --name tanh-{} --resume allow', ':::', '1', '2', '3'];
	const parallel = spawnSync('parallel', command, {cwd, env: environment({PATH: `${bin}:${process.env['PATH']}`}), encoding: 'utf8'});
	expect(parallel.status, parallel.stderr).toBe(0);
	await expect(runProgram(['merge', 'tanh-*', '--name', 'merged'], {cwd})).resolves.toMatchObject({code: 0, stdout: 'runs/merged: 3 seeds, 1 to 3.\n'});
	await runProgram(['run', '--preset', 'tanh', '--epochs', '40', '--repeats', '3', '--name', 'together'], {cwd});
	const runs = path.join(cwd, 'runs');
	expect(standingEvents(runFiles(runs, 'merged').events())).toEqual(standingEvents(runFiles(runs, 'together').events()));
	// Sent again, all of them find their work done.
	const again = spawnSync('parallel', command, {cwd, env: environment({PATH: `${bin}:${process.env['PATH']}`}), encoding: 'utf8'});
	expect(again.status).toBe(0);
	expect(again.stderr.match(/has finished, at epoch 40/gv)).toHaveLength(3);
});
