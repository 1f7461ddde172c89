import {spawn} from 'node:child_process';
import {
	existsSync, lstatSync, readdirSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {
	describe, expect, it, vi,
} from 'vitest';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {
	environment, programFile, runProgram, startProgram,
} from '../helpers/program.js';
import {standingEvents} from '../helpers/standing.js';
import {openScreen, openSession} from '../helpers/terminal.js';
import {until} from '../helpers/until.js';
import {isAlive, runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 90_000});

const trainerFile = fileURLToPath(new URL('../../dist/trainer.cjs', import.meta.url));

/** A training that goes on for as long as it is needed, detached from its screen. */
async function detached() {
	const {session, run} = openScreen(['--epochs', '1000000'], {columns: 140});
	await session.waitFor(/epoch [1-9]/v);
	session.press('d');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	const cwd = path.dirname(path.dirname(run.folder));
	return {
		session, run, cwd, ibtop: async (...args: string[]) => runProgram([...args, '--runs', 'runs'], {cwd}),
	};
}

describe('a run that is left training', () => {
	it('is listed, watched by several with its whole history, paused, kept, resumed and stopped from the command line', async () => {
		const {session, run, cwd, ibtop} = await detached();
		const {pid} = run.manifest()!;
		expect(isAlive(pid)).toBe(true);
		expect(session.isAlternateScreen).toBe(false);
		expect(session.normalText()).toContain(`Training goes on (process ${pid}): "ibtop watch runs/test" brings it back, "ibtop stop runs/test" ends it.`);
		const {stdout: list} = await ibtop('ls');
		expect(list).toMatch(/^run +preset +state +epoch +age +where\ntest +tanh +running +[\d,]+\/1,000,000 +\d+ s +here\n$/v);

		const viewers = [1, 2].map(() => openSession(process.execPath, [programFile, 'watch', '--runs', 'runs'], {cwd}));
		for (const viewer of viewers) {
			await viewer.waitFor(/epoch [1-9][\d,]*\/1,000,000/v);
		}

		await expect(ibtop('pause', 'test')).resolves.toMatchObject({code: 0, stdout: expect.stringMatching(/^runs\/test is paused at epoch \d{1,3}(?:,\d{3})*\.\n$/v) as string});
		for (const viewer of viewers) {
			await viewer.waitFor(/PAUSED/v);
		}

		await expect(ibtop('pause', 'test')).resolves.toMatchObject({code: 1, stderr: 'The run runs/test is paused already.\n'});
		await expect(ibtop('ls')).resolves.toMatchObject({stdout: expect.stringContaining(' paused ') as string});
		await expect(ibtop('checkpoint', 'test')).resolves.toMatchObject({code: 0, stdout: expect.stringMatching(/^runs\/test has a checkpoint at epoch \d{1,3}(?:,\d{3})*\.\n$/v) as string});
		expect(existsSync(run.file('checkpoint.bin'))).toBe(true);
		await expect(ibtop('resume', 'test')).resolves.toMatchObject({code: 0, stdout: expect.stringMatching(/^runs\/test goes on at epoch \d{1,3}(?:,\d{3})*\.\n$/v) as string});
		const before = run.events().length;
		await until('more is measured', () => run.events().length > before + 1);
		viewers[0]!.press('k');
		await viewers[1]!.waitFor(/kept at epoch \d+: the run can go on from there/v);
		viewers[0]!.press('d');
		await expect(viewers[0]!.exited).resolves.toEqual({code: 0, signal: 0});
		expect(isAlive(pid)).toBe(true);
		await expect(ibtop('stop', 'test')).resolves.toMatchObject({code: 0, stdout: expect.stringMatching(/^runs\/test has stopped at epoch \d{1,3}(?:,\d{3})*\.\n$/v) as string});
		await viewers[1]!.waitFor(/STOPPED/v);
		await expect(ibtop('stop', 'test')).resolves.toMatchObject({code: 1, stderr: 'The run runs/test has ended (stopped); there is nothing to stop.\n'});
		await expect(ibtop('ls')).resolves.toMatchObject({stdout: expect.stringContaining(' stopped ') as string});

		// The viewer that stays sees it go on, and end.
		const {end, epoch} = {end: run.events().at(-1)!, epoch: (run.events().at(-1) as {epoch: number}).epoch};
		expect(end).toMatchObject({type: 'end', reason: 'stopped', message: 'ibtop stop'});
		await expect(ibtop('resume', 'test', '--epochs', String(epoch + 5))).resolves.toMatchObject({code: 0});
		await viewers[1]!.waitFor(/FINISHED/v);
		viewers[1]!.press('q');
		await viewers[1]!.exited;
		const {code} = await ibtop('run', '--epochs', String(epoch + 5), '--name', 'whole');
		expect(code).toBe(0);
		expect(standingEvents(run.events())).toEqual(standingEvents(runFiles(path.join(cwd, 'runs'), 'whole').events()));
	});

	it('is answered within 0.3 s', async () => {
		const {run, ibtop} = await detached();
		const times: number[] = [];
		for (const name of ['pause', 'resume', 'pause', 'resume', 'stop'] as const) {
			const begun = performance.now();
			writeFileSync(run.file('control', name), 'a test');
			const count = run.lines().length;
			await until('it answers', () => run.lines().slice(count - 1).some(line => line.startsWith(`{"type":"${name === 'stop' ? 'end' : name}"`)));
			times.push(performance.now() - begun);
		}

		// The best of five: what is between is the machine's.
		expect(Math.min(...times)).toBeLessThan(300);
		await until('it is gone', () => !run.isTrainerAlive());
		await expect(ibtop('ls', '--json')).resolves.toMatchObject({stdout: expect.stringContaining('"state":"stopped"') as string});
	});

	it('has one trainer only, however many are started', async () => {
		const {run, ibtop} = await detached();
		const events = run.lines().length;
		const others = [1, 2, 3].map(() => spawn(process.execPath, [trainerFile, run.folder], {stdio: ['ignore', 'ignore', 'pipe'], env: environment()}));
		const outcomes = await Promise.all(others.map(async other => {
			let said = '';
			other.stderr.setEncoding('utf8').on('data', (text: string) => {
				said += text;
			});
			return new Promise(resolve => {
				other.once('close', code => {
					resolve(`${code}: ${said}`);
				});
			});
		}));
		for (const outcome of outcomes) {
			expect(outcome).toMatch(/^1: .* is being trained already, by process \d+ on /v);
		}

		await expect(ibtop('resume', 'test')).resolves.toMatchObject({code: 1, stderr: expect.stringContaining('is being trained already') as string});
		expect(run.lines().slice(events).some(line => line.startsWith('{"type":"start"') || line.startsWith('{"type":"end"'))).toBe(false);
		await ibtop('stop', 'test');
		// Several at once, where there is none: one of them wins.
		const racers = [1, 2, 3, 4].map(() => spawn(process.execPath, [trainerFile, run.folder], {stdio: 'ignore', env: environment()}));
		const codes = racers.map(async racer => new Promise(resolve => {
			racer.once('close', resolve);
		}));
		await until('it goes on', () => run.events().some(event => event.type === 'resume' && event.from));
		await until('the others have given up', () => racers.filter(({exitCode}) => exitCode === 1).length === 3);
		await ibtop('stop', 'test');
		const found = await Promise.all(codes);
		expect(found.filter(code => code === 0)).toHaveLength(1);
		expect(found.filter(code => code === 1)).toHaveLength(3);
		expect(run.events().filter(event => event.type === 'resume' && event.from)).toHaveLength(1);
	});

	it('ends when its folder is removed, and its viewer says so', async () => {
		const {run, cwd} = await detached();
		const {pid} = run.manifest()!;
		const viewer = openSession(process.execPath, [programFile, 'watch', 'test', '--runs', 'runs'], {cwd, columns: 120});
		await viewer.waitFor(/epoch [1-9]/v);
		rmSync(run.folder, {recursive: true});
		await viewer.waitFor(/GONE/v);
		await viewer.waitFor(/the folder of the run was removed/v);
		await until('the trainer ends', () => !isAlive(pid));
		viewer.press('q');
		await expect(viewer.exited).resolves.toEqual({code: 0, signal: 0});
	});
});

describe('a run that goes on', () => {
	const cwdWith = async (...flags: string[]) => {
		const cwd = temporaryFolder();
		await runProgram(['run', '--epochs', '30', '--runs', 'runs', '--name', 'test', ...flags], {cwd});
		return {cwd, run: runFiles(path.join(cwd, 'runs'), 'test')};
	};

	it.each([
		[['resume', 'test'], 2, /^The run runs\/test has finished, at epoch 30: give --epochs with a larger number to take it further\.\n$/v],
		[['resume', 'test', '--epochs', '20'], 2, /has finished, at epoch 30/v],
		[['resume', 'test', '--seed', '3'], 2, /^--seed cannot be changed when a run goes on: leave it out, or start another run\.\n$/v],
		[['resume', 'test', '--epochs', 'many'], 2, /^--epochs must be a whole number/v],
		[['resume', 'tets'], 2, /^There is no run "tets".*Did you mean "test"\?/v],
		[['run', '--epochs', '30', '--name', 'test', '--resume', 'allow'], 0, /has finished, at epoch 30/v],
		[['run', '--epochs', '40', '--seed', '2', '--name', 'test', '--resume', 'allow'], 2, /is another experiment \(its "seed" differs\)/v],
		[['run', '--name', 'other', '--resume', 'must'], 2, /^There is no run "other" in .* to go on with/v],
		[['run', '--resume', 'allow'], 2, /^--resume allow needs --name: which run is it\?\n$/v],
		[['run', '--name', 'test', '--resume', 'maybe'], 2, /^--resume must be never or allow or must, not "maybe"\./v],
		[['run', '--name', 'new', '--checkpoint-every', 'often'], 2, /^--checkpoint-every must be a number of seconds/v],
		[['pause'], 2, /^ibtop pause needs the name of a run/v],
	])('%j ends with %d and one sentence', async (args, code, sentence) => {
		const {cwd} = await cwdWith();
		const outcome = await runProgram([...args, '--runs', 'runs'], {cwd});
		expect(outcome.stderr).toMatch(sentence);
		expect(outcome.code).toBe(code);
		expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
	});

	it('is begun by --resume allow where there is none, and goes on where there is, as a batch job that is sent again', async () => {
		const cwd = temporaryFolder();
		const run = runFiles(path.join(cwd, 'runs'), 'job');
		const job = ['run', '--epochs', '3000', '--runs', 'runs', '--name', 'job', '--resume', 'allow'];
		const environmentOfJob = {SLURM_JOB_ID: '77'};
		const first = startProgram(job, {cwd, env: environmentOfJob});
		await until('it is under way', () => run.lines().length > 30);
		const {pid} = run.manifest()!;
		// The trainer is in the process group of the job.
		first.kill('SIGTERM');
		await expect(first.outcome).resolves.toMatchObject({code: 143, stderr: expect.stringContaining('which ends with this Slurm job') as string});
		expect(isAlive(pid)).toBe(false);
		const kept = run.events().at(-1) as {epoch: number};
		expect(kept).toMatchObject({type: 'end', reason: 'stopped'});
		const second = await runProgram(job, {cwd, env: environmentOfJob});
		expect(second.code).toBe(0);
		// What was told before is not told again.
		expect(second.stdout.split('\n')[0]).toBe(`goes on from the checkpoint at epoch ${kept.epoch}`);
		const whole = runFiles(path.join(cwd, 'runs'), 'whole');
		await runProgram(['run', '--epochs', '3000', '--runs', 'runs', '--name', 'whole'], {cwd});
		expect(standingEvents(run.events())).toEqual(standingEvents(whole.events()));
	});

	it('cannot be detached from inside a Slurm job, and says why', async () => {
		const {session, run} = openScreen(['--epochs', '1000000'], {columns: 140, env: {SLURM_JOB_ID: '77'}});
		await session.waitFor(/epoch [1-9]/v);
		session.press('d');
		await session.waitFor(/inside a Slurm job the training would end with it/v);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped'});
	});

	it('is readable by its owner only, and leaves no drafts', async () => {
		const {run} = await cwdWith();
		writeFileSync(run.file('checkpoint.bin.1.tmp'), 'half of it');
		await runProgram(['resume', run.folder, '--epochs', '33'], {cwd: run.folder});
		for (const name of readdirSync(run.folder)) {
			const stats = lstatSync(run.file(name));
			expect((stats.mode % 0o1000).toString(8), name).toBe(stats.isDirectory() ? '700' : '600');
		}

		expect(readdirSync(run.folder).toSorted()).toEqual(['checkpoint.bin', 'control', 'events.ndjson', 'run.json', 'snapshots', 'trainer.log']);
		expect((lstatSync(run.folder).mode % 0o1000).toString(8)).toBe('700');
	});

	it('refuses a checkpoint that is damaged, and a link in the place of its events', async () => {
		const {run, cwd} = await cwdWith();
		writeFileSync(run.file('checkpoint.bin'), 'nothing');
		const outcome = await runProgram(['resume', 'test', '--epochs', '40', '--runs', 'runs'], {cwd});
		expect(outcome.code).toBe(1);
		expect(outcome.stderr).toContain('checkpoint.bin is damaged: remove it, and the run starts again from its beginning.');
		rmSync(run.file('checkpoint.bin'));
		rmSync(run.file('events.ndjson'));
		symlinkSync('/dev/null', run.file('events.ndjson'));
		await expect(runProgram(['resume', 'test', '--epochs', '40', '--runs', 'runs'], {cwd})).resolves.toMatchObject({code: 1, stderr: expect.stringContaining('symbolic links') as string});
	});
});

it.skipIf(!canMount)('a disk that fills up stops nothing: the viewer says so, and all is written when there is room (needs root, to mount a disk)', async () => {
	const disk = mountSmallDisk(1600);
	const cwd = temporaryFolder();
	const run = runFiles(disk.folder, 'test');
	const program = startProgram(['run', '--epochs', '1000000', '--runs', disk.folder, '--name', 'test'], {cwd});
	await until('it is under way', () => run.lines().length > 20);
	const viewer = openSession(process.execPath, [programFile, 'watch', run.folder], {cwd, columns: 120});
	await viewer.waitFor(/epoch [1-9]/v);
	disk.fill();
	await viewer.waitFor(/DISK FULL/v);
	await viewer.waitFor(/the disk of the run is full: training goes on, and its events wait for room/v);
	expect(run.isTrainerAlive()).toBe(true);
	disk.free();
	await until('it is written that it was full', () => run.lines().some(line => line.includes('could not be written for a while') || line.includes('The checkpoint at epoch')));
	await viewer.waitFor(() => !viewer.text().includes('DISK FULL'));
	program.kill('SIGTERM');
	await expect(program.outcome).resolves.toMatchObject({code: 143});
	viewer.press('q');
	await viewer.exited;
	const epochs = run.events().filter(({type}) => type === 'epoch').map(event => (event as {epoch: number}).epoch);
	// None is missing: the dense ones are all there.
	expect(epochs.slice(0, 21)).toEqual(Array.from({length: 21}, (_, epoch) => epoch));
	expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
});
