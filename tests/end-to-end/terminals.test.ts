/** Terminals of every kind: locales, colours, glyphs, sizes. */
/* eslint-disable no-control-regex -- control characters are the subject */
import process from 'node:process';
import stringWidth from 'string-width';
import {
	describe, expect, it, vi,
} from 'vitest';
import {programFile, runProgram} from '../helpers/program.js';
import {
	asSeen, type Cell, openScreen, openSession, type Session, sizeOf,
} from '../helpers/terminal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

type ColorKind = 'none' | '16' | '256' | 'true';

/** Which colours were asked for in all of what was sent. */
function colorKinds(output: string): Set<ColorKind> {
	const kinds = new Set<ColorKind>();
	for (const {groups} of output.matchAll(/\u001B\[(?<codes>[\d;]*)m/gv)) {
		const codes = groups!['codes']!.split(';').map(Number);
		for (let index = 0; index < codes.length; index++) {
			const code = codes[index]!;
			if (code === 38 || code === 48) {
				kinds.add(codes[index + 1] === 5 ? '256' : 'true');
				index += codes[index + 1] === 5 ? 2 : 4;
			} else if ((code >= 30 && code <= 47) || code >= 90) {
				kinds.add('16');
			}
		}
	}

	return kinds.size === 0 ? new Set(['none']) : kinds;
}

const ascii = /^[ -~\n]*$/v;
const hasBraille = (text: string) => /[\u2801-\u28FF]/v.test(text);
const hasBlocks = (text: string) => /[▘▝▖▗▞▚▛▜▙▟]/v.test(text);

/** Cells that a terminal set up for Chinese, Japanese or Korean makes two of. */
const ambiguous = (text: string) => [...new Set(text.replaceAll('\n', ''))].filter(character => stringWidth(character, {ambiguousIsNarrow: false}) !== 1);

type Look = {readonly colors: ColorKind; readonly glyphs: 'braille' | 'block' | 'ascii'; readonly isNarrow?: boolean};

describe('a run on a screen', () => {
	it.each<[string, Record<string, string>, string[], Look]>([
		['TERM=xterm-256color', {}, [], {colors: '256', glyphs: 'braille'}],
		['LANG=C', {LANG: 'C'}, [], {colors: '256', glyphs: 'ascii'}],
		['TERM=linux', {TERM: 'linux'}, [], {colors: '16', glyphs: 'ascii'}],
		['LANG=ja_JP.UTF-8', {LANG: 'ja_JP.UTF-8'}, [], {colors: '256', glyphs: 'braille', isNarrow: true}],
		['NO_COLOR', {NO_COLOR: '1'}, [], {colors: 'none', glyphs: 'braille'}],
		['FORCE_COLOR=0', {FORCE_COLOR: '0'}, [], {colors: 'none', glyphs: 'braille'}],
		['FORCE_COLOR=2 on TERM=xterm', {FORCE_COLOR: '2', TERM: 'xterm'}, [], {colors: '256', glyphs: 'braille'}],
		['FORCE_COLOR=1', {FORCE_COLOR: '1'}, [], {colors: '16', glyphs: 'braille'}],
		['NO_COLOR over FORCE_COLOR', {NO_COLOR: '1', FORCE_COLOR: '2'}, [], {colors: 'none', glyphs: 'braille'}],
		['--no-color', {}, ['--no-color'], {colors: 'none', glyphs: 'braille'}],
		['--color over NO_COLOR', {NO_COLOR: '1'}, ['--color'], {colors: '256', glyphs: 'braille'}],
		['--glyphs braille over LANG=C', {LANG: 'C'}, ['--glyphs', 'braille'], {colors: '256', glyphs: 'braille'}],
		['--glyphs block', {}, ['--glyphs', 'block'], {colors: '256', glyphs: 'block'}],
		['--glyphs ascii', {}, ['--glyphs', 'ascii'], {colors: '256', glyphs: 'ascii'}],
	])('with %s has the colours and the characters that there are', async (_, env, args, {colors, glyphs, isNarrow}) => {
		const {session} = openScreen(['--epochs', '12', ...args], {env});
		await session.waitFor(/FINISHED/v);
		const text = session.text();
		expect({braille: hasBraille(text), blocks: hasBlocks(text), ascii: ascii.test(text)})
			.toEqual({braille: glyphs === 'braille', blocks: glyphs === 'block', ascii: glyphs === 'ascii'});
		expect(isNarrow ? ambiguous(text) : []).toEqual([]);
		// Bold and inverse are no colours.
		expect(session.cells().flat().some(({bold}) => bold)).toBe(true);
		session.press('q');
		await session.exited;
		expect(isNarrow ? ambiguous(session.normalText()) : []).toEqual([]);
		expect(glyphs === 'ascii' ? session.normalText() : '').toMatch(ascii);
		expect(colorKinds(session.output)).toEqual(new Set([colors]));
	});

	it('says everything without colour that it says with it', async () => {
		const texts: string[] = [];
		for (const flag of ['--color', '--no-color']) {
			const {session} = openScreen(['--epochs', '30', '--seed', '3', flag]);
			await session.waitFor(/FINISHED/v);
			texts.push(session.lines().slice(2, -1).join('\n'));
		}

		expect(texts[1]).toBe(texts[0]);
	});
});

it.each([
	['--fps', '0', /^--fps must be a number from 1 to 60, not "0"\.$/mv],
	['--fps', '61', /^--fps must be a number from 1 to 60, not "61"\.$/mv],
	['--fps', 'fast', /^--fps must be a number from 1 to 60, not "fast"\.$/mv],
	['--glyphs', 'brail', /^--glyphs must be auto or braille or block or ascii, not "brail"\. Did you mean "braille"\?$/mv],
])('%s %s is refused before anything is opened', async (flag, value, said) => {
	const {session} = openScreen([flag, value], {columns: 200});
	await expect(session.exited).resolves.toEqual({code: 2, signal: 0});
	expect(session.output).not.toContain('\u001B');
	expect(session.normalText()).toMatch(said);
	// Wrong usage is wrong wherever it goes.
	await expect(runProgram(['run', '--epochs', '1', flag, value], {cwd: temporaryFolder()})).resolves.toMatchObject({code: 2, stdout: ''});
});

it('TERM=dumb gets lines, in a terminal of any size', async () => {
	const session = openSession(process.execPath, [programFile, '--epochs', '3'], {
		cwd: temporaryFolder(), env: {TERM: 'dumb'}, columns: 60, rows: 50,
	});
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expect(session.output).not.toContain('\u001B');
	expect(session.normalText()).toMatch(/^epoch 3/mv);
});

const erases = (text: string) => text.split('\u001B[2J').length;

/** Draws everything anew, and waits until that has been done. */
async function repaint(session: Session): Promise<void> {
	const before = erases(session.output);
	session.press('\u000C');
	await session.waitFor(() => erases(session.output) > before);
	await quiet(session);
}

/** Nothing has been sent for a while. */
async function quiet(session: Session): Promise<void> {
	let [length, since] = [-1, 0];
	await until('nothing is sent any more', () => {
		if (session.output.length !== length) {
			[length, since] = [session.output.length, performance.now()];
		}

		return performance.now() - since > 350;
	});
}

const shown = (session: Session): Cell[][] => asSeen(session.cells());

describe('the size of the terminal', () => {
	it.each([
		['80×24', [/information plane/v, /gradients/v, /q quit|layer \d: drift|slow link/v]],
		['200×50', [/information plane/v, /gradients/v, /q quit|layer \d: drift|slow link/v, /layer {2}units {2}activation/v, /[╭╮╰╯]/v]],
		['60×16', [/information plane/v, /6 mean/v]],
		['40×10', [/information plane/v, /epoch|layer/v]],
		['20×3', [/epoch|layer/v]],
		['1×1', [/\S/v]],
		['500×200', [/information plane/v, /gradients/v, /q quit|layer \d: drift|slow link/v, /layer {2}units/v]],
	])('%s is used as far as it goes, from the start', async (text, contents) => {
		const {session, run} = openScreen(['--epochs', '40'], sizeOf(text));
		await session.waitFor(() => erases(session.output) > 1 && session.text().trim() !== '');
		await until('the training is over', () => run.events().at(-1)?.type === 'end');
		await quiet(session);
		for (const content of contents) {
			expect(session.text()).toMatch(content);
		}

		const before = shown(session);
		await repaint(session);
		expect(shown(session)).toEqual(before);
		session.press('?');
		await quiet(session);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.isAlternateScreen).toBe(false);
	});

	it('may change forty times in a row, and the last picture is the right one', async () => {
		const {session} = openScreen(['--epochs', '100000']);
		await session.waitFor(/epoch [1-9]\d/v);
		const sizes = ['80×24', '200×50', '60×16', '40×10', '20×3', '1×1', '120×40', '33×9', '76×20', '300×100'].map(text => sizeOf(text));
		for (let storm = 0; storm < 40; storm++) {
			session.resize(sizes[storm % sizes.length]!);
			if (storm % 7 === 0) {
				await until('a frame may have been drawn', () => session.output.length > 0);
			}
		}

		session.resize(sizeOf('100×30'));
		session.press('p');
		await session.waitFor(/PAUSED/v);
		await quiet(session);
		const before = shown(session);
		expect(session.text()).toMatch(/information plane[\s\S]*gradients[\s\S]*q quit|drift → diffusion/v);
		await repaint(session);
		expect(shown(session)).toEqual(before);
		expect(session.lines()[2]).toMatch(/^┌─ information plane .*┐┌─ gradients .*┐$/v);
		expect(session.lines()[28]).toMatch(/^└─+┘└─+┘$/v);
	});
});
