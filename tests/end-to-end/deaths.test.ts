import path from 'node:path';
import process from 'node:process';
import {expect, it, vi} from 'vitest';
import {startProgram} from '../helpers/program.js';
import {openScreen} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

/** What is said of a trainer that was killed, on one line. */
const lastSentence = (pid: number) => new RegExp(String.raw`The trainer \(process ${pid}\) was killed by SIGKILL before the end and left no word; what it had measured is in runs/test\.`, 'v');

it('a trainer that is killed is told on the normal screen, with exit code 1', async () => {
	const {session, run} = openScreen(['--epochs', '8000'], {columns: 140});
	await session.waitFor(/epoch [1-9]/v);
	const {pid} = run.manifest()!;
	process.kill(pid!, 'SIGKILL');
	await expect(session.exited).resolves.toEqual({code: 1, signal: 0});
	expect(session.isAlternateScreen).toBe(false);
	expect(session.isCursorHidden).toBe(false);
	expect(session.isAutoWrapOn).toBe(true);
	expect(session.normalText()).toMatch(lastSentence(pid!));
	expect(session.normalText()).toContain('tanh broke off at epoch ');
	// What had been acknowledged is still there.
	expect(run.events().some(({type}) => type === 'epoch')).toBe(true);
});

it('a trainer that is killed while paused is told, too', async () => {
	const {session, run} = openScreen(['--epochs', '8000'], {columns: 140});
	await session.waitFor(/epoch [1-9]/v);
	session.press('p');
	await session.waitFor(/PAUSED/v);
	process.kill(run.manifest()!.pid!, 'SIGKILL');
	await expect(session.exited).resolves.toEqual({code: 1, signal: 0});
	expect(session.normalText()).toMatch(lastSentence(run.manifest()!.pid!));
});

it('a trainer that is killed is told without a screen, with exit code 1', async () => {
	const cwd = temporaryFolder();
	const run = runFiles(path.join(cwd, 'runs'), 'test');
	const program = startProgram(['run', '--epochs', '8000', '--runs', 'runs', '--name', 'test'], {cwd});
	await until('the first epochs are told', () => program.stdout().includes('epoch    3'));
	const {pid} = run.manifest()!;
	process.kill(pid!, 'SIGKILL');
	const {code, stdout, stderr} = await program.outcome;
	expect(code).toBe(1);
	expect(stderr.trimEnd().split('\n').at(-1)).toMatch(lastSentence(pid!));
	expect(stdout).toContain('tanh broke off at epoch ');
});

it('a trainer that cannot even start is told with its last words', async () => {
	const cwd = temporaryFolder();
	// A preload that only the trainer trips over: what Node prints of it ends up in its log.
	const preload = `data:text/javascript,${encodeURIComponent('if (process.argv[1].endsWith("trainer.cjs")) { console.error("no room left in here"); process.exit(7); }')}`;
	const {code, stderr} = await startProgram(['run', '--runs', 'runs', '--name', 'test'], {cwd, env: {NODE_OPTIONS: `--import=${preload}`}}).outcome;
	expect(code).toBe(1);
	const [sentence = '', told] = stderr.trimEnd().split('; its last words: ');
	expect(sentence).toMatch(/^The trainer \(process \d+\) ended with code 7 before the end$/mv);
	expect(told).toBe('no room left in here; what it had measured is in runs/test.');
});

it.each([
	['on a screen', async (epochs: string) => {
		const {session, run} = openScreen(['--epochs', epochs]);
		await session.waitFor(/epoch [1-9]/v);
		session.kill('SIGKILL');
		await session.exited;
		return run;
	}],
	['without a screen', async (epochs: string) => {
		const cwd = temporaryFolder();
		const program = startProgram(['run', '--epochs', epochs, '--runs', 'runs', '--name', 'test'], {cwd});
		await until('the first epochs are told', () => /epoch +3/v.test(program.stdout()));
		program.kill('SIGKILL');
		await program.outcome;
		return runFiles(path.join(cwd, 'runs'), 'test');
	}],
])('a viewer that is killed %s leaves a training that goes on, and a run that is sound to its end', async (_, kill) => {
	const run = await kill('150');
	expect(run.isTrainerAlive()).toBe(true);
	await until('the training has ended', () => !run.isTrainerAlive());
	// Reading the events checks every line's checksum.
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'finished', epoch: 150});
	expect(run.events().findLast(({type}) => type === 'epoch')).toMatchObject({epoch: 150});
});
