/** Text from files never reaches the terminal raw. The session's emulator notes every OSC and DCS sequence that comes through. */
/* eslint-disable no-control-regex -- control characters are the subject */
import {
	appendFileSync, mkdirSync, readFileSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import {
	describe, expect, it, vi,
} from 'vitest';
import {encodeLine} from '../../source/run/line.js';
import {type RunEvent} from '../../source/run/events.js';
import {examplePreset, exampleEpoch, exampleStart} from '../helpers/example.js';
import {programFile} from '../helpers/program.js';
import {openSession, type Session} from '../helpers/terminal.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

const escape = '\u001B';
const bell = '\u0007';
const payloads: Readonly<Record<string, string>> = {
	'the clipboard (OSC 52)': `${escape}]52;c;cm0gLXJmIH4K${bell}`,
	'the clipboard, ended by ST': `${escape}]52;c;cm0gLXJmIH4K${escape}\\`,
	'a title': `${escape}]0;owned${bell}`,
	'a title, icon and colour': `${escape}]2;owned${bell}${escape}]1;owned${bell}${escape}]4;1;red${bell}`,
	'a link (OSC 8)': `${escape}]8;;http://evil.example${bell}click${escape}]8;;${bell}`,
	'a notification': `${escape}]9;owned${bell}${escape}]777;notify;a;b${bell}`,
	'an image (iTerm2)': `${escape}]1337;File=inline=1:AAAA${bell}`,
	'a question (DECRQSS)': `${escape}P$q"p${escape}\\`,
	sixels: `${escape}Pq#0;2;0;0;0~~@@${escape}\\`,
	'questions to the device': `${escape}[c${escape}[6n${escape}[>c${escape}[5n`,
	'leaving the alternate screen': `${escape}[?1049l${escape}[?25h${escape}[?7h`,
	'erasing the screen': `${escape}[2J${escape}[3J${escape}[H`,
	'a reset': `${escape}c${escape}[!p`,
	'colours that stay': `${escape}[31;41;5m`,
	'C1 controls': '\u009B2J\u009D0;owned\u009C\u0090q\u009C\u0085\u0084',
	'carriage returns, backspaces, newlines': 'a\rb\bc\nd\ve\ff\tg',
	'NUL and DEL': 'a\u0000b\u007Fc',
	'bidirectional overrides': '\u202Eevil\u202C\u2066x\u2069\u200F',
	'zero-width characters': 'a\u200Bb\u200Dc\uFEFFd\u2060e\u00AD',
	'tag characters': `a${String.fromCodePoint(0xE_00_01, 0xE_00_41, 0xE_00_7F)}b`,
	'line and paragraph separators': 'a\u2028b\u2029c',
	'a lone surrogate': 'a\uD800b\uDC00c',
	'private and unassigned characters': 'a\uE000b\u0378c\uFFFFd',
	'a long string': 'x'.repeat(3000),
	'an unfinished sequence': `${escape}]52;c;cm0g`,
	'half a sequence': `${escape}[`,
};

const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/v;

/** No sequence but the program's own has been sent, and nothing stands on the screen that is not to be seen. */
function expectClean(session: Session): void {
	expect(session.privateSequences).toEqual([]);
	expect(session.text().replaceAll('\n', '')).not.toMatch(raw);
	expect(session.output).not.toMatch(/[\u0080-\u009F\u0000\u0007\u0008\u007F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u2028\u2029]/v);
	const own = new RegExp(String.raw`${escape}(?:\[\d*(?:;\d+)?[A-HXd]|\[[\d;]*m|\[\?(?:1049|25|7|2026)[hl]|\[2J|\[\?2026\$p)`, 'gv');
	const foreign = session.output.replaceAll(own, '').matchAll(new RegExp(String.raw`${escape}.{0,10}`, 'gsv'));
	expect([...foreign].map(([sequence]) => sequence)).toEqual([]);
}

const start = (args: readonly string[], cwd: string, columns = 200, rows = 50) =>
	openSession(process.execPath, [programFile, ...args], {cwd, columns, rows});

describe('the texts of a run\'s events', () => {
	it('are shown made safe, whatever they are, wherever they stand', async () => {
		const cwd = temporaryFolder();
		const session = start(['--epochs', '100000', '--runs', 'runs', '--name', 'test'], cwd);
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		await session.waitFor(/epoch [1-9]/v);
		// Somebody else's events from now on.
		process.kill(run.manifest()!.pid!, 'SIGSTOP');
		const random = fc.sample(fc.string({unit: 'binary', minLength: 1, maxLength: 60}), {numRuns: 20, seed: 3});
		const sequences = fc.sample(fc.array(fc.constantFrom(escape, '[', ']', ';', '?', '0', '2', '52', 'h', 'J', 'P', '\\', bell, '\u009B', '\u009C', 'm', 'A'), {minLength: 3, maxLength: 20}), {numRuns: 20, seed: 4})
			.map(parts => parts.join(''));
		const all = [...Object.entries(payloads), ...[...random, ...sequences].map(text => [JSON.stringify(text), text] as const)];
		for (const [index, [name, text]] of all.entries()) {
			const example = exampleStart();
			const events: RunEvent[] = [
				{
					...example,
					run: text,
					engine: `n${index}n ${text}`,
					preset: {...example.preset, description: `x${text.slice(0, 200)}`, source: text.slice(0, 200)},
					layers: example.layers.map(layer => ({...layer, name: text, activation: text.slice(0, 30)})),
				},
				exampleEpoch(0),
				exampleEpoch(1),
				exampleEpoch(2),
				{type: 'warning', message: `w${index}w ${text}`},
				// Nothing is read after the end.
				...(index === all.length - 1
					? [{
						type: 'end', reason: 'diverged', epoch: 2, message: `w${index}w ${text}`,
					} as const]
					: []),
			];
			appendFileSync(run.file('events.ndjson'), events.map(event => encodeLine(event)).join(''));
			await session.waitFor(new RegExp(`w${index}w`, 'v'), 5000).catch((error: unknown) => {
				throw new Error(`${name}: ${(error as Error).message}`);
			});
			expect(session.isAlternateScreen, name).toBe(true);
			expect(session.isCursorHidden, name).toBe(true);
			expect(session.isAutoWrapOn, name).toBe(false);
			expect(session.lines()[2], name).toMatch(/^┌─ information plane .*┐┌─ gradients .*┐$/v);
			expect(session.lines()[48], name).toMatch(/^└─+┘└─+┘$/v);
		}

		expectClean(session);
		// Every cell is what a whole repaint makes of it.
		const before = session.text();
		const {length} = session.output;
		session.press('\u000C');
		await session.waitFor(() => session.output.slice(length).includes('ibtop') && session.text() === before);
		session.press('q');
		await until('the program has left its screen, or waits for its trainer', () => !session.isAlternateScreen || session.text().includes('stopping'));
		expectClean(session);
	});

	it('are made safe in the one frame of watch --once, too', async () => {
		const cwd = temporaryFolder();
		const template = start(['run', '--epochs', '1', '--runs', 'runs', '--name', 'test'], cwd);
		await template.exited;
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const text = Object.entries(payloads).filter(([name]) => name !== 'a long string').map(([, payload]) => payload).join(' ');
		writeFileSync(run.file('events.ndjson'), [
			{...exampleStart(), engine: text.slice(0, 400)}, exampleEpoch(0), exampleEpoch(1), {type: 'warning', message: text} as const,
		].map(event => encodeLine(event)).join(''));
		const session = start(['watch', '--runs', 'runs', '--once', '--width', '199', '--height', '40'], cwd);
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toContain('information plane');
		expectClean(session);
	});
});

it('the texts of a preset file, and the path of the run, are shown made safe: on the screen, in the footer and after it', async () => {
	const cwd = temporaryFolder();
	const short = Object.entries(payloads).filter(([name]) => !/long|surrogate|unfinished|private/v.test(name)).map(([, payload]) => payload);
	// A folder a payload; what no path can hold is left out.
	const folders = [...short, payloads['an unfinished sequence']!].map(payload => payload.replaceAll(/[\u0000\/]/gv, '').slice(0, 60));
	const runs = path.join(cwd, ...folders);
	mkdirSync(runs, {recursive: true});
	const strange = short.join('');
	writeFileSync(path.join(cwd, 'mine.json'), JSON.stringify({
		...examplePreset, $schema: strange.slice(0, 500), description: strange.slice(0, 300), source: strange.slice(-300),
	}));
	const session = start(['--preset', './mine.json', '--epochs', '20', '--runs', runs, '--name', 'test'], cwd);
	await session.waitFor(/FINISHED/v);
	session.press('s');
	await session.waitFor(/saved epoch-\d{8}/v);
	expectClean(session);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expect(session.normalText()).toContain('The run lies in ');
	expectClean(session);
});

it('a preset that is refused, and a run that is not there, are named made safe', async () => {
	const cwd = temporaryFolder();
	const text = Object.values(payloads).filter(payload => !payload.includes('\u0000') && payload.length < 100).join('');
	for (const args of [['--preset', text], ['--preset', `./${text.replaceAll('/', '')}.json`], [text], ['run', text], ['watch', text, '--once'], ['--runs', text], ['--glyphs', text], ['--fps', text], ['--engine', text], [`--${text}`]]) {
		const session = start([...args, ...(args[0] === '--runs' ? ['--fps', '0'] : [])], cwd);
		const {code} = await session.exited;
		expect(code, JSON.stringify(args)).toBe(2);
		expect(session.output.trim(), JSON.stringify(args)).not.toBe('');
		expectClean(session);
	}
});

it.each([
	['on the screen', [], 0],
	['in lines', ['run'], 1],
	['in sentences', ['--plain'], 2],
] as const)('the last words of a trainer are told made safe, %s', async (_, args, share) => {
	const cwd = temporaryFolder();
	const session = start([...args, '--epochs', '100000', '--runs', 'runs', '--name', 'test'], cwd);
	const run = runFiles(path.join(cwd, 'runs'), 'test');
	await until('some epochs are measured', () => run.lines().length > 4);
	// Three lines are told, of two hundred characters each: a third of the payloads a way of telling.
	const some = Object.values(payloads).filter((payload, index) => index % 3 === share && payload.length < 100 && !payload.includes('\n'));
	appendFileSync(run.file('trainer.log'), `${some.slice(0, 4).join('')}\n${some.slice(4).join('')}\n${'long'.repeat(5000)} the last words\n`);
	process.kill(run.manifest()!.pid!, 'SIGKILL');
	await expect(session.exited).resolves.toEqual({code: 1, signal: 0});
	expect(session.normalText().replaceAll('\n', '')).toMatch(/was killed by SIGKILL before the end; its last words: .*longlong/v);
	expectClean(session);
	expect(readFileSync(run.file('trainer.log'), 'utf8')).toContain('the last words');
});
