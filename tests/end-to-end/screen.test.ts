import {
	existsSync, readdirSync, readFileSync, statSync,
} from 'node:fs';
import {setTimeout} from 'node:timers/promises';
import {
	describe, expect, it, vi,
} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {emptyHistory, reduce} from '../../source/history/reduce.js';
import {keys} from '../../source/ui/keys.js';
import {stillFrame} from '../../source/ui/still.js';
import {
	asSeen, type Cell, cellsOf, openScreen, type Session, type Size, sizeOf,
} from '../helpers/terminal.js';
import {type RunFiles} from '../helpers/workplace.js';
import {until} from '../helpers/until.js';

vi.setConfig({testTimeout: 60_000});

/** The inside of the information plane at 80×24. */
const plane = ({lines}: {lines: () => string[]}): string[] => lines().slice(3, 22).map(line => line.slice(1, 49));
const planeCells = (session: Session): Cell[] => session.cells().slice(3, 21).flatMap(row => row.slice(5, 49));
const screenOf = (session: Session) => plane({lines: () => session.lines()});
const shownEpoch = (session: Session) => Number(/epoch (?<epoch>[\d,]+)\//v.exec(session.text())?.groups?.['epoch']?.replaceAll(',', ''));
const behind = (session: Session) => Number(/FROZEN \+(?<epochs>[\d,]+) epochs/v.exec(session.text())?.groups?.['epochs']?.replaceAll(',', '') ?? Number.NaN);

/** A training that lasts longer than any test, some epochs on. */
async function startLong(options: Parameters<typeof openScreen>[1] = {}, args: readonly string[] = []): Promise<{session: Session; run: RunFiles}> {
	const {session, run} = openScreen(['--epochs', '8000', ...args], options);
	await session.waitFor(/epoch [1-9]/v);
	return {session, run};
}

/** The same, paused, so that nothing on the screen moves by itself. */
async function startPaused(options?: Parameters<typeof openScreen>[1]): Promise<{session: Session; run: RunFiles}> {
	const started = await startLong(options);
	started.session.press('p');
	await started.session.waitFor(/PAUSED/v);
	return started;
}

/** What the screen must show of a run that stands still, computed from its events. */
const expectedCells = (run: RunFiles, size: Size): Cell[][] => {
	let history = emptyHistory;
	for (const event of run.events()) {
		history = reduce(history, event);
	}

	// What is announced leaves the footer after a while.
	return asSeen(cellsOf(stillFrame({...history, announcement: undefined}, size, glyphSets.braille)));
};

/** Waits until the screen is, cell by cell, what it must be; shows the rows that are not if it never is. */
async function expectCells(session: Session, expected: readonly Cell[][]): Promise<void> {
	const wanted = JSON.stringify(expected);
	await session.waitFor(() => JSON.stringify(asSeen(session.cells())) === wanted, 10_000).catch(() => {
		expect(asSeen(session.cells())).toEqual(expected);
	});
}

describe('the screen', () => {
	it('shows the plane with a digit a layer, the gradients, and what is trained', async () => {
		const {session} = await startLong({}, ['--seed', '7']);
		// Before there is anything to say of the switch, the header says nothing; when a layer switches, the footer says so for a while.
		await session.waitFor(() => /^ q quit {2}d detach {2}space freeze {2}p pause/v.test(session.lines()[23]!)
			&& /^ ibtop {2}tanh {2}12-10-7-5-4-3-2 {2}adam 4e-4 .*seed 7 {2}builtin .*(?:DRIFT|SWITCHING|DIFFUSION)/v.test(session.lines()[0]!));
		expect(session.isAlternateScreen).toBe(true);
		expect(session.isCursorHidden).toBe(true);
		expect(session.isAutoWrapOn).toBe(false);
		const [, progress, borders] = session.lines();
		expect(progress).toMatch(/^ epoch [\d,]+\/8,000 .*\d % .*loss [\de.\-]+/v);
		expect(borders).toMatch(/^┌─ information plane · bins 30 · bits ─+┐┌─ gradients M\/S · batch 512 ─*┐$/v);
		for (const layer of '123456') {
			expect(planeCells(session).filter(({character}) => character === layer), `the digit ${layer} stands in the plane once`).toHaveLength(1);
			expect(session.text(), `layer ${layer} has its sparkline`).toMatch(new RegExp(String.raw`│ ${layer} mean [▁-█┊]+ +[\d.]+ +│`, 'v'));
		}
	});

	it('freezes the picture with space while training goes on, says how far it is behind, and thaws it', async () => {
		const {session, run} = await startLong();
		session.press(' ');
		await session.waitFor(() => behind(session) >= 0);
		const frozen = screenOf(session);
		const frozenAt = shownEpoch(session);
		const seen: string[][] = [];
		await session.waitFor(() => {
			seen.push(screenOf(session));
			return behind(session) >= 8;
		});

		expect(new Set(seen.map(lines => lines.join('\n')))).toEqual(new Set([frozen.join('\n')]));
		expect(shownEpoch(session)).toBe(frozenAt);
		expect(run.events().at(-1)).toMatchObject({type: expect.stringMatching(/epoch|phase/v) as string});

		session.press(' ');
		await session.waitFor(() => Number.isNaN(behind(session)) && shownEpoch(session) >= frozenAt + 8);
		expect(screenOf(session)).not.toEqual(frozen);
	});

	it('pauses training with p, and resumes it', async () => {
		const {session, run} = await startPaused();
		const pausedAt = shownEpoch(session);
		const lines = run.lines().length;
		expect(run.events().at(-1)).toMatchObject({type: 'pause'});

		// Time passes: a trainer that went on would have measured more by the time all this has been drawn.
		for (const title of [/gradients · M\/S of each layer/v, /training loss/v, /information plane/v, /gradients · M\/S of each layer/v, /training loss/v, /information plane/v]) {
			session.press('\t');
			await session.waitFor(title);
		}

		expect(shownEpoch(session)).toBe(pausedAt);
		expect(run.lines()).toHaveLength(lines);

		session.press('p');
		await session.waitFor(() => !session.text().includes('PAUSED') && shownEpoch(session) > pausedAt);
		const events = run.events();
		const pause = events.findIndex(({type}) => type === 'pause');
		expect(events[pause + 1]).toMatchObject({type: 'resume', epoch: (events[pause] as {epoch: number}).epoch});
		const epochs = events.flatMap(event => event.type === 'epoch' ? [event.epoch] : []);
		expect(epochs).toEqual([...new Set(epochs)].toSorted((a, b) => a - b));
	});

	it('saves the screen, the series and everything with s, says where, and never overwrites', async () => {
		const {session, run} = await startPaused();
		const screen = session.lines();
		session.press('s');
		const saved = /saved (?<name>epoch-\d{8})\.\{txt,csv,json\} in runs\/test\/snapshots/v;
		await session.waitFor(saved);
		const {name} = saved.exec(session.text())!.groups!;
		const file = (ending: string, suffix = '') => run.file('snapshots', `${name!}${suffix}.${ending}`);
		const measured = run.events().filter(({type}) => type === 'epoch');
		expect(name).toBe(`epoch-${String(shownEpoch(session)).padStart(8, '0')}`);
		expect(readFileSync(file('txt'), 'utf8')).toBe(`${screen.join('\n')}\n`);
		expect(readFileSync(file('csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + (measured.length * 6 * 2));
		expect(JSON.parse(readFileSync(file('json'), 'utf8'))).toMatchObject({
			kind: 'ibtop-snapshot', version: 1, run: 'test', epochs: measured, start: {seed: 1},
		});

		const before = ['txt', 'csv', 'json'].map(ending => [readFileSync(file(ending), 'utf8'), statSync(file(ending)).mtimeMs]);
		session.press('s');
		await session.waitFor(/saved epoch-\d{8}-2\.\{txt,csv,json\} in runs\/test\/snapshots/v);
		expect(['txt', 'csv', 'json'].map(ending => [readFileSync(file(ending), 'utf8'), statSync(file(ending)).mtimeMs])).toEqual(before);
		expect(['txt', 'csv', 'json'].every(ending => existsSync(file(ending, '-2')))).toBe(true);
	});

	it('saves what the screen shows with s, while more is known already', async () => {
		const {session, run} = await startLong();
		for (let count = 0; count < 5; count++) {
			// Frames come by a clock, so that these are at different times after one.
			await setTimeout(270);
			session.press('s');
			await until('one more snapshot', () => existsSync(run.file('snapshots')) && readdirSync(run.file('snapshots')).filter(file => file.endsWith('.json')).length > count);
		}

		const snapshots = readdirSync(run.file('snapshots')).filter(file => file.endsWith('.txt'));
		for (const file of snapshots) {
			const epoch = /epoch (?<epoch>[\d,]+)\//v.exec(readFileSync(run.file('snapshots', file), 'utf8'))!.groups!['epoch']!.replaceAll(',', '');
			expect(file).toMatch(new RegExp(String.raw`^epoch-${epoch.padStart(8, '0')}(?:-\d)?\.txt$`, 'v'));
		}
	});

	it('hides and shows each layer with its digit, in the plane and in the gradients', async () => {
		const {session} = await startPaused();
		const has = (layer: number) => planeCells(session).some(({character, bold}) => character === String(layer) && bold);
		const hasSparkline = (layer: number) => new RegExp(String.raw`│ ${layer} mean `, 'v').test(session.text());
		for (const layer of [1, 2, 3, 4, 5, 6]) {
			session.press(String(layer));
			await session.waitFor(() => !has(layer) && !hasSparkline(layer));
			const others = [1, 2, 3, 4, 5, 6].filter(other => other !== layer);
			expect(others.filter(other => has(other) && hasSparkline(other))).toEqual(others);
			session.press(String(layer));
			await session.waitFor(() => has(layer) && hasSparkline(layer));
		}
	});

	it('colours the trails by layer, or with c by epoch, and keeps the digits', async () => {
		const {session} = await startPaused();
		// The bound has no colour.
		const trailColors = () => new Set(planeCells(session).filter(({character, color}) => /[\u2801-\u28FF]/v.test(character) && color !== undefined).map(({color}) => color));
		const byLayer = trailColors();
		expect([...byLayer].filter(color => ![214, 74, 36, 227, 32, 166].includes(color!))).toEqual([]);
		const digits = () => planeCells(session).filter(({bold}) => bold).map(({character, color}) => `${character}:${color}`);
		const before = digits();
		session.press('c');
		await session.waitFor(() => JSON.stringify([...trailColors()]) !== JSON.stringify([...byLayer]));
		expect([...trailColors()].filter(color => ![24, 61, 67, 103, 102, 144, 179, 221, 227].includes(color!))).toEqual([]);
		expect(digits()).toEqual(before);
		session.press('c');
		await session.waitFor(() => JSON.stringify([...trailColors()]) === JSON.stringify([...byLayer]));
	});

	it('shows the next estimator with e, and after the last the first', async () => {
		const {session} = await startPaused();
		const first = screenOf(session);
		session.press('e');
		await session.waitFor(/information plane · width 0\.07 · bits/v);
		await session.waitFor(() => screenOf(session).join('\n') !== first.join('\n'));
		session.press('e');
		await session.waitFor(/information plane · bins 30 · bits/v);
		await session.waitFor(() => screenOf(session).join('\n') === first.join('\n'));
	});

	it('goes through the pages with tab, and with esc back to the plane', async () => {
		const {session} = await startPaused();
		session.press('\t');
		await session.waitFor(/gradients · M\/S of each layer, log · batch 512/v);
		await session.waitFor(/│ +0 epoch +\d+|epoch 0/v);
		session.press('\t');
		await session.waitFor(/training loss · nats, log/v);
		expect(session.text()).toMatch(/[╭╮╰╯]/v);
		session.press('\u001B');
		await session.waitFor(/information plane/v);
	});

	it('explains every key of the table with ?, and closes that with esc or ?', async () => {
		const {session} = await startPaused();
		for (const close of ['\u001B', '?']) {
			session.press('?');
			await session.waitFor(/─ help ─/v);
			const text = session.text();
			expect(keys.filter(({label, brief}) => !text.includes(`${label.padEnd(8)}${brief}`))).toEqual([]);
			session.press(close);
			await session.waitFor(() => session.text().includes('information plane') && !session.text().includes('─ help ─'));
		}
	});

	it('takes keys that were typed in one burst', async () => {
		const {session} = await startPaused();
		session.press('12e');
		await session.waitFor(() => session.text().includes('width 0.07') && !session.text().includes('1 mean') && !session.text().includes('2 mean'));
		expect(session.text()).toContain('3 mean');
	});

	it('is the right picture at every size, whatever it was before', async () => {
		const {session, run} = await startLong();
		const sizes = ['200×50', '60×16', '40×10', '20×5', '1×1', '80×24', '300×100', '29×7', '80×24'].map(text => sizeOf(text));
		// While it trains and draws: nothing may break.
		for (const size of [...sizes, ...sizes.toReversed(), ...sizes]) {
			session.resize(size);
			const before = session.output.length;
			await session.waitFor(() => session.output.length > before);
		}

		session.press('p');
		await session.waitFor(/PAUSED/v);
		// What was announced has left the footer.
		await session.waitFor(/q quit/v);
		for (const size of [...sizes, {columns: 80, rows: 24}]) {
			session.resize(size);
			await expectCells(session, expectedCells(run, size));
		}

		// A whole repaint changes nothing: no cell was left over from another size.
		const before = session.output.length;
		session.kill('SIGCONT');
		await session.waitFor(() => session.output.slice(before).includes('\u001B[2J'));
		await expectCells(session, expectedCells(run, {columns: 80, rows: 24}));
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	});

	it('draws only what has changed', async () => {
		const {session} = await startPaused();
		const before = session.output.length;
		session.press('1');
		await session.waitFor(() => !session.text().includes('1 mean'));
		const sent = session.output.slice(before);
		expect(sent).not.toContain('\u001B[2J');
		expect(sent.length).toBeLessThan(2000);
	});

	it('says that the training has finished, and stays until q', async () => {
		const {session, run} = openScreen(['--epochs', '30']);
		await session.waitFor(/FINISHED in \d+ s/v);
		await until('the trainer is gone', () => !run.isTrainerAlive());
		expect(session.lines()[1]).toMatch(/^ epoch 30\/30 ━+ 100 % /v);
		session.press('p');
		await session.waitFor(/the training has ended/v);
		expect(session.isAlternateScreen).toBe(true);
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toContain('tanh finished at epoch 30 ');
	});

	it('is drawn in ASCII, cut words and the help included, where the locale is not UTF-8', async () => {
		const {session} = await startPaused({env: {LANG: 'C'}});
		const ascii = /^[ -~\n]*$/v;
		expect(session.text()).toMatch(ascii);
		session.press('?');
		await session.waitFor(/- help -/v);
		expect(session.text()).toMatch(ascii);
		session.resize(sizeOf('12×3'));
		await session.waitFor(() => session.lines()[0]!.startsWith('epoch'));
		expect(session.text()).toMatch(ascii);
	});

	it.each([
		['has no colour with NO_COLOR', {NO_COLOR: '1'}, false],
		['is drawn, in colour, where a CI variable is set', {CI: 'true'}, true],
	])('%s', async (_, env, isColored) => {
		const {session} = await startPaused({env});
		expect(/\[[\d;]*38;5;214m/v.test(session.output)).toBe(isColored);
		expect(session.cells().flat().some(({color}) => color !== undefined)).toBe(isColored);
	});
});
