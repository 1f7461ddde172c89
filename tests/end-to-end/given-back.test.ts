/** The terminal is given back when something inside goes wrong, and for as long as the user wants it: Ctrl-Z and fg. */
import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, onTestFinished, vi,
} from 'vitest';
import {withFault} from '../helpers/fault.js';
import {environment, programFile} from '../helpers/program.js';
import {openInShell, toldSettings} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

describe('an exception', () => {
	it.each([
		['in a render', withFault('const shown = shownHistory(view, history);', 'if (history.epochs.length > 5) { throw new Error("a fault of the test"); } const shown = shownHistory(view, history);'), ''],
		['where the charts are made', withFault('function plotsOf(history, view, layout, glyphs) {', 'function plotsOf(history, view, layout, glyphs) { if (history.epochs.length > 5) { throw new Error("a fault of the test"); }'), ''],
		['in a key handler', withFault('function actionOf(input) {', 'function actionOf(input) { if (input === "x") { throw new Error("a fault of the test"); }'), 'x'],
		['in what a key does to the view', withFault('estimator: (view) => (', 'estimator() { throw new Error("a fault of the test"); }, unused: view => ('), 'e'],
		['where a frame is composed', withFault('const chrome =', 'globalThis.frames = (globalThis.frames ?? 0) + 1; if (globalThis.frames > 5) { throw new Error("a fault of the test"); } const chrome ='), 'e1'],
		['that nobody awaits', withFault('function actionOf(input) {', 'function actionOf(input) { if (input === "x") { Promise.reject(new Error("a fault of the test")); }'), 'x'],
	])('%s gives the terminal back, then says what it was, with exit code 1; training goes on', async (_, env, keys) => {
		const {session, run} = openInShell(['--epochs', '100000'], {env});
		await session.waitFor(() => session.isAlternateScreen || session.text().includes('exit code'));
		await session.waitFor(() => /epoch [1-9]/v.test(session.text()) || session.text().includes('exit code'));
		session.press(keys);
		await session.exited;
		const text = session.normalText();
		expect({alternate: session.isAlternateScreen, cursorHidden: session.isCursorHidden, autoWrap: session.isAutoWrapOn})
			.toEqual({alternate: false, cursorHidden: false, autoWrap: true});
		expect(text).toMatch(/^shell before\n/v);
		expect(text).toMatch(/^The screen failed; the training goes on in runs\/test \(process \d+\)\.$/mv);
		expect(text.replaceAll('\n', ' ')).toMatch(/a fault of the test/v);
		expect(text).toMatch(/^exit code 1$/mv);
		const [before, after] = toldSettings(session);
		expect(after).toBe(before);
		// Said on the normal screen: nothing of it before the alternate screen was left.
		expect(session.output.indexOf('a fault of the test')).toBeGreaterThan(session.output.lastIndexOf('\u001B[?1049l'));
		expect(run.isTrainerAlive()).toBe(true);
	});
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0 && spawnSync('bash', ['--version']).status === 0;

/** A tmux server of the test's own, with one window. */
function startTmux(command: string, cwd: string) {
	const socket = path.join(cwd, 'tmux.socket');
	const tmux = (...args: string[]) => execFileSync('tmux', ['-S', socket, '-f', '/dev/null', '-u', ...args], {
		cwd, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
	});
	tmux('new-session', '-d', '-x', '100', '-y', '30', command);
	onTestFinished(() => {
		tmux('kill-server');
	});
	return {
		type(text: string) {
			tmux('send-keys', '-l', text);
		},
		press(...keys: string[]) {
			tmux('send-keys', ...keys);
		},
		lines: () => tmux('capture-pane', '-p').split('\n').slice(0, 30),
		state: () => tmux('display-message', '-p', '#{alternate_on} #{cursor_flag} #{wrap_flag}').trim(),
	};
}

it.skipIf(!hasTmux)('Ctrl-Z gives the terminal to the shell while training goes on, and fg brings the whole screen back (needs tmux and bash)', async () => {
	const folder = temporaryFolder();
	const tmux = startTmux('bash --norc --noprofile -i', folder);
	const run = runFiles(path.join(folder, 'runs'), 'test');
	const sees = async (what: string, pattern: RegExp) => until(what, () => pattern.test(tmux.lines().join('\n'))).catch((error: unknown) => {
		throw new Error(`${(error as Error).message}\n${tmux.lines().join('\n')}`);
	});
	tmux.type('PS1="shell> "\n');
	await sees('the shell', /^shell> $|^shell>$/mv);
	tmux.type(`${process.execPath} ${programFile} --runs runs --name test --epochs 100000\n`);
	await sees('the screen', /epoch [1-9][\s\S]*q quit|epoch [1-9][\s\S]*drift → diffusion/v);
	const settings = () => {
		tmux.type('stty -a | grep -o -- "-\\?icanon\\|-\\?echo\\b" | tr "\\n" "+"; echo\n');
	};

	for (const round of [1, 2]) {
		tmux.press('C-z');
		await sees('the shell again', /Stopped[\s\S]*shell>/v);
		expect(tmux.state()).toBe('0 1 1');
		const {length} = run.lines();
		settings();
		await sees('cooked mode', /^icanon\+echo\+/mv);
		tmux.type(`echo usable$((${round} + 1))\n`);
		await sees('a shell that can be used', new RegExp(`^usable${round + 1}$`, 'mv'));
		await until('training goes on meanwhile', () => run.lines().length > length + 5);
		tmux.type('clear; fg\n');
		await sees('the screen again', /information plane[\s\S]*gradients/v);
		const lines = tmux.lines();
		expect(lines[0]).toMatch(/^ ibtop {2}tanh /v);
		expect(lines[2]).toMatch(/^┌─ information plane .*┐┌─ gradients .*┐$/v);
		expect(lines[28]).toMatch(/^└─+┘└─+┘$/v);
		expect(lines.join('\n')).not.toContain('shell>');
		expect(tmux.state()).toBe('1 0 0');
		const epoch = () => /epoch (?<epoch>[\d,]+)\//v.exec(tmux.lines().join('\n'))?.groups?.['epoch'];
		const shownEpoch = epoch();
		await until('the picture lives', () => epoch() !== shownEpoch);
	}

	tmux.press('e');
	await sees('keys that work', /width 0\.07/v);
	tmux.press('q');
	await sees('the summary', /The run lies in runs\/test\.[\s\S]*shell>/v);
	expect(tmux.state()).toBe('0 1 1');
	tmux.type('echo "code $?"\n');
	await sees('exit code 0', /^code 0$/mv);
	expect(run.isTrainerAlive()).toBe(false);
});
