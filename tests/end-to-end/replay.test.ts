/** A run played as if it were live: `ibtop watch RUN --replay`. */
import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram} from '../helpers/program.js';
import {openSession, type Session} from '../helpers/terminal.js';
import {type RunFiles, runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

async function finishedRun(flags: readonly string[] = [], cwd = temporaryFolder(), name = 'over'): Promise<{cwd: string; run: RunFiles}> {
	await runProgram(['run', '--epochs', '30', '--runs', 'runs', '--name', name, ...flags], {cwd});
	return {cwd, run: runFiles(path.join(cwd, 'runs'), name)};
}

const replay = (cwd: string, ...flags: string[]): Session => openSession(process.execPath, [programFile, 'watch', 'over', '--replay', ...flags], {cwd, columns: 100});
const shownEpoch = (session: Session) => Number(/epoch (?<epoch>[\d,]+)\//v.exec(session.text())?.groups?.['epoch'] ?? -1);
const filesOf = ({folder}: RunFiles) => readdirSync(folder, {recursive: true}).map(String).toSorted();

describe('a replay', () => {
	it('grows as a live run does, pauses at p, and asks nothing of a trainer', async () => {
		const {cwd, run} = await finishedRun();
		const files = filesOf(run);
		const session = replay(cwd, '--speed', '0.03');
		await session.waitFor(/epoch [1-9]\d*\/30/v);
		expect(session.text()).toMatch(/REPLAY 0\.03×/v);
		expect(session.text()).not.toMatch(/FINISHED|DIED/v);
		session.press('p');
		await session.waitFor(/PAUSED/v);
		const paused = shownEpoch(session);
		session.press('k');
		await session.waitFor(/this is a replay: there is nothing to keep/v);
		expect(shownEpoch(session)).toBe(paused);
		session.press('p');
		await session.waitFor(() => shownEpoch(session) > paused && !session.text().includes('PAUSED'));
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toMatch(/^The replay of runs\/over came to epoch \d+\.$/mv);
		expect(filesOf(run)).toEqual(files);
	});

	it.each([
		['a run with repeats', ['--repeats', '2'], undefined],
		['a run that was taken further', [], ['resume', 'over', '--epochs', '40', '--runs', 'runs']],
	])('of %s comes to the same end', async (_, flags, further) => {
		const {cwd} = await finishedRun(flags);
		if (further) {
			await runProgram([...further, '--plain'], {cwd});
		}

		const session = replay(cwd, '--speed', '50');
		await session.waitFor(/FINISHED/v);
		const {stdout} = await runProgram(['watch', 'over', '--once', '--width', '100'], {cwd});
		// All but the footer, where the keys and the name of the replay stand, and the news.
		await session.waitFor(() => session.lines().slice(1, -1).join('\n') === stdout.split('\n').slice(1, 23).map(line => line.trimEnd()).join('\n'));
	});

	it.each<readonly [string, string[], string]>([
		['one frame', ['over', '--replay', '--once'], '--replay plays a run, and --once prints one frame of it: leave out one of the two.'],
		['a speed without a replay', ['over', '--once', '--speed', '2'], '--speed is that of a replay: add --replay, or leave it out.'],
		['a pipe', ['over', '--replay'], '--replay needs a terminal to play on: "ibtop watch --once" prints the last frame without one.'],
	])('is refused with %s', async (_, args, sentence) => {
		const {code, stdout, stderr} = await runProgram(['watch', ...args], {cwd: temporaryFolder()});
		expect({code, stdout, stderr}).toEqual({code: 2, stdout: '', stderr: `${sentence}\n`});
	});

	it.each([
		['0', '--speed must be a number from 0.01 to 100000, not "0".'],
		['fast', '--speed must be a number from 0.01 to 100000, not "fast".'],
		['Infinity', '--speed must be a number from 0.01 to 100000, not "Infinity".'],
	])('is refused at a speed of %s', async (speed, sentence) => {
		const session = replay(temporaryFolder(), '--speed', speed);
		await expect(session.exited).resolves.toEqual({code: 2, signal: 0});
		expect(session.normalText()).toBe(sentence);
	});

	it('is refused for several runs', async () => {
		const {cwd} = await finishedRun();
		await finishedRun([], cwd, 'other');
		const session = openSession(process.execPath, [programFile, 'watch', 'over', 'other', '--replay'], {cwd});
		await expect(session.exited).resolves.toEqual({code: 2, signal: 0});
		expect(session.normalText()).toBe('--replay plays one run: name one of the 2.');
	});
});
