import process from 'node:process';
import {expect, it, vi} from 'vitest';
import {runProgram} from '../helpers/program.js';
import {
	openInShell, openScreen, type Session, toldSettings,
} from '../helpers/terminal.js';
import {isAlive} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

/** Whether the terminal is as a shell wants it. */
const expectRestored = (session: Session) => {
	expect({alternate: session.isAlternateScreen, cursorHidden: session.isCursorHidden, autoWrap: session.isAutoWrapOn})
		.toEqual({alternate: false, cursorHidden: false, autoWrap: true});
};

it.each([
	['q', 'q', 0, 'q'],
	['Ctrl-C', '\u0003', 130, 'Ctrl-C'],
])('%s stops the training, gives the terminal back and leaves a summary on it', async (_, keys, code, by) => {
	const {session, run} = openInShell(['--epochs', '8000']);
	await session.waitFor(/epoch [1-9]/v);
	expect(session.isAlternateScreen).toBe(true);
	session.press(keys);
	await session.exited;

	expectRestored(session);
	const text = session.normalText();
	const settings = toldSettings(session);
	expect(settings).toHaveLength(2);
	expect(settings[1]).toBe(settings[0]);
	expect(text).toMatch(/^shell before\n/v);
	expect(text).toContain(`exit code ${code}`);
	expect(text).toMatch(/^tanh was stopped at epoch \d+ after \d+ s: engine builtin, seed 1, batch 512\.$/mv);
	expect(text).toContain('The run lies in runs/test.');
	expect(text).not.toContain('The trainer');
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: expect.stringContaining(by) as string});
	expect(run.isTrainerAlive()).toBe(false);
});

it.each([
	['SIGTERM', 143],
	['SIGINT', 130],
] as const)('%s stops the training and ends with %d', async (signal, code) => {
	const {session, run} = openScreen(['--epochs', '8000']);
	await session.waitFor(/epoch [1-9]/v);
	session.kill(signal);
	await expect(session.exited).resolves.toEqual({code, signal: 0});
	expectRestored(session);
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: signal});
	expect(run.isTrainerAlive()).toBe(false);
	expect(session.normalText()).toContain('tanh was stopped at epoch ');
});

it.each([
	['SIGTERM', 143],
	['SIGINT', 130],
] as const)('%s before the first frame leaves no training behind, and ends with %d', async (signal, code) => {
	const {session, run} = openScreen(['--epochs', '8000']);
	await until('the trainer is there', () => run.manifest()?.pid);
	session.kill(signal);
	await expect(session.exited).resolves.toEqual({code, signal: 0});
	expectRestored(session);
	await until('the trainer is gone', () => !run.isTrainerAlive(), 5000);
});

it('SIGHUP ends the viewer with 129, and the training goes on to its end', async () => {
	const {session, run} = openScreen(['--epochs', '2000']);
	await session.waitFor(/epoch [1-9]/v);
	session.kill('SIGHUP');
	await expect(session.exited).resolves.toEqual({code: 129, signal: 0});
	expectRestored(session);
	expect(run.isTrainerAlive()).toBe(true);
	await until('the run is finished', () => run.events().at(-1)?.type === 'end');
	expect(run.events().at(-1)).toMatchObject({reason: 'finished', epoch: 2000});
	await until('the trainer is gone', () => !run.isTrainerAlive());
});

it('a terminal that goes away ends the viewer, and the training goes on to its end', async () => {
	const {session, run} = openScreen(['--epochs', '2000']);
	await session.waitFor(/epoch [1-9]/v);
	session.hangUp();
	await until('the viewer is gone', () => !isAlive(session.pid));
	expect(run.isTrainerAlive()).toBe(true);
	await until('the run is finished', () => run.events().at(-1)?.type === 'end');
	expect(run.events().at(-1)).toMatchObject({reason: 'finished', epoch: 2000});
});

it('q stops a training that is paused, too', async () => {
	const {session, run} = openScreen(['--epochs', '8000']);
	await session.waitFor(/epoch [1-9]/v);
	session.press('p');
	await session.waitFor(/PAUSED/v);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped'});
	expect(run.isTrainerAlive()).toBe(false);
});

it.each([
	['q', 'q', 0],
	['Ctrl-C', '\u0003', 130],
])('%s pressed twice leaves at once, though the trainer is deep in a step and hears nothing', async (_, key, code) => {
	const {session, run, folder} = openScreen(['--epochs', '8000'], {columns: 140});
	await session.waitFor(/epoch [1-9]/v);
	// A step of a wide network takes seconds, on a machine that is slow enough; one that sleeps takes longer on any.
	const {pid} = run.manifest()!;
	process.kill(pid!, 'SIGSTOP');
	session.press(key);
	await session.waitFor(/stopping the training… \(once more: at once\)/v);
	expect(isAlive(pid)).toBe(true);
	const start = performance.now();
	session.press(key);
	await expect(session.exited).resolves.toEqual({code, signal: 0});
	expect(performance.now() - start).toBeLessThan(4000);
	expectRestored(session);
	expect(run.isTrainerAlive()).toBe(false);
	expect(session.normalText()).toContain(`The trainer (process ${pid}) was in the middle of a step, and was killed; what it had measured is in runs/test.`);
	// Every line is sound, and the run can be looked at.
	const {epoch} = run.events().findLast(event => event.type === 'epoch')!;
	const {stdout} = await runProgram(['watch', 'test', '--once'], {cwd: folder});
	expect(stdout).toContain(`epoch ${epoch}/8,000`);
});

it('q before anything has been measured leaves a sound run and a terminal that works', async () => {
	const {session, run} = openScreen(['--epochs', '8000']);
	await session.waitFor(() => session.isAlternateScreen);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expectRestored(session);
	await until('the trainer is gone', () => !run.isTrainerAlive());
	expect(run.events().at(-1)).toMatchObject({type: 'end', reason: 'stopped'});
});
