import {describe, expect, it} from 'vitest';
import {Grid} from '../../../source/chart/grid.js';
import {type ColorLevel} from '../../../source/ui/color-level.js';
import {frameDifference} from '../../../source/ui/screen/difference.js';
import {Terminal} from '../../../source/ui/screen/terminal.js';

const escape = '\u001B[';
const enter = `${escape}?1049h${escape}?7l${escape}?25l`;
const erase = `${escape}0m${escape}2J`;
const leave = `${escape}0m${escape}?25h${escape}?7h${escape}?1049l`;
const question = `${escape}?2026$p`;
const begin = `${escape}?2026h`;
const end = `${escape}?2026l`;

/** A terminal whose writes are kept, one by one. */
function recorded(level: ColorLevel = 2, size?: {columns?: number; rows?: number}): {terminal: Terminal; writes: string[]; taken: () => string[]} {
	const writes: string[] = [];
	const stream = {
		...(size ?? {columns: 80, rows: 24}),
		write(text: string) {
			writes.push(text);
			return true;
		},
	} as unknown as NodeJS.WriteStream;
	return {terminal: new Terminal(stream, level), writes, taken: () => writes.splice(0)};
}

function frameOf(text: string, color?: number): Grid {
	const grid = new Grid(text.length, 1);
	grid.write(0, 0, text, color === undefined ? {} : {color});
	return grid;
}

describe('a terminal', () => {
	it('is taken over in one write: alternate screen, no auto-wrap, no cursor, and nothing erased yet', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		expect(taken()).toEqual([enter]);
	});

	it('is asked for synchronised frames only where that is wanted', () => {
		const {terminal, taken} = recorded();
		terminal.enter(true);
		expect(taken()).toEqual([enter + question]);
	});

	it('is given back in one write, and only once', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		taken();
		terminal.leave();
		terminal.leave();
		expect(taken()).toEqual([leave]);
	});

	it('is left alone where it has never been taken over', () => {
		const {terminal, writes} = recorded();
		terminal.leave();
		terminal.forget();
		expect(terminal.show(frameOf('ab'))).toBe(0);
		expect(writes).toEqual([]);
	});

	it('gets a frame in one write, whole at first and with the erasure before it, then what has changed', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		taken();
		terminal.show(frameOf('abcdefgh'));
		expect(taken()).toEqual([`${erase}${escape}1;1H${escape}0mabcdefgh`]);
		terminal.show(frameOf('abcdefgX'));
		expect(taken()).toEqual([`${escape}1;8H${escape}0mX`]);
	});

	it('gets nothing when nothing has changed, be it a new grid', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		terminal.show(frameOf('same', 74));
		taken();
		expect(terminal.show(frameOf('same', 74))).toBe(0);
		expect(taken()).toEqual([]);
	});

	it('says how long it took to accept a frame', () => {
		const {terminal} = recorded();
		terminal.enter();
		const spent = terminal.show(frameOf('ab'));
		expect(spent).toBeGreaterThanOrEqual(0);
		expect(spent).toBeLessThan(1000);
	});

	it.each<readonly [ColorLevel, string]>([[0, '0'], [1, '0;36'], [2, '0;38;5;74'], [3, '0;38;5;74']])('gets with %d as much colour as there is', (level, codes) => {
		const {terminal, taken} = recorded(level);
		terminal.enter();
		taken();
		terminal.show(frameOf('a', 74));
		expect(taken()[0]!.startsWith(`${erase}${escape}1;1H${escape}${codes}ma`)).toBe(true);
	});

	it('is drawn whole again after it has been forgotten, erased in the same write, and only once', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		terminal.show(frameOf('ab'));
		taken();
		terminal.forget();
		terminal.forget();
		expect(taken()).toEqual([]);
		terminal.show(frameOf('ab'));
		expect(taken()).toEqual([erase + frameDifference(undefined, frameOf('ab'), 2)]);
		terminal.show(frameOf('aX'));
		expect(taken()).toEqual([frameDifference(frameOf('ab'), frameOf('aX'), 2)]);
	});

	it('gets no frame after it has been given back, and a whole one when it is taken again', () => {
		const {terminal, taken} = recorded();
		terminal.enter();
		terminal.show(frameOf('ab'));
		terminal.leave();
		taken();
		terminal.show(frameOf('cd'));
		terminal.forget();
		expect(taken()).toEqual([]);
		terminal.enter();
		terminal.show(frameOf('cd'));
		terminal.leave();
		expect(taken()).toEqual([enter, erase + frameDifference(undefined, frameOf('cd'), 2), leave]);
	});

	it.each([
		[{columns: 132, rows: 43}, {columns: 132, rows: 43}],
		[{columns: 1, rows: 1}, {columns: 1, rows: 1}],
		[{columns: 0, rows: 0}, {columns: 80, rows: 24}],
		[{}, {columns: 80, rows: 24}],
	])('of %j has the size %j', (given, expected) => {
		expect(recorded(2, given).terminal.size).toEqual(expected);
	});
});

describe('synchronised frames', () => {
	const learned = (...answers: Array<{mode: number; setting: number}>) => {
		const given = recorded();
		given.terminal.enter(true);
		for (const answer of answers) {
			given.terminal.learn(answer);
		}

		given.taken();
		given.terminal.show(frameOf('ab'));
		return given;
	};

	const frame = frameDifference(undefined, frameOf('ab'), 2);

	it.each([
		['no answer', [], false],
		['the answer that it does not know the mode', [{mode: 2026, setting: 0}], false],
		['the answer that it is always on', [{mode: 2026, setting: 3}], false],
		['the answer that it is always off', [{mode: 2026, setting: 4}], false],
		['an answer about another mode', [{mode: 25, setting: 1}, {mode: 2027, setting: 2}], false],
		['the answer that it is on', [{mode: 2026, setting: 1}], true],
		['the answer that it is off', [{mode: 2026, setting: 2}], true],
		['that answer, and then another one', [{mode: 2026, setting: 2}, {mode: 25, setting: 0}], true],
	])('after %s: %j makes it %s', (_, answers, isSynchronised) => {
		expect(learned(...answers).taken()).toEqual([erase + (isSynchronised ? begin + frame + end : frame)]);
	});

	it('still write nothing when nothing has changed, and erase before the block, not inside', () => {
		const {terminal, taken} = learned({mode: 2026, setting: 2});
		taken();
		terminal.show(frameOf('ab'));
		expect(taken()).toEqual([]);
		terminal.forget();
		expect(taken()).toEqual([]);
		terminal.show(frameOf('ab'));
		expect(taken()).toEqual([erase + begin + frame + end]);
		expect(frame).not.toContain('J');
		terminal.show(frameOf('aX'));
		expect(taken()).toEqual([begin + frameDifference(frameOf('ab'), frameOf('aX'), 2) + end]);
	});

	it('leave no open block behind when the terminal is given back', () => {
		const {terminal, taken} = learned({mode: 2026, setting: 2});
		taken();
		terminal.leave();
		expect(taken()).toEqual([end + leave]);
	});

	it('are not mentioned to a terminal that knows nothing of them', () => {
		const {terminal, writes} = learned();
		terminal.leave();
		expect(writes.join('')).not.toContain('2026');
	});
});
