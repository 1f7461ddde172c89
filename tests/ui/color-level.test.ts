import {describe, expect, it} from 'vitest';
import {colorLevel} from '../../source/ui/color-level.js';

type Case = readonly [level: number, name: string, environment: NodeJS.ProcessEnv, terminal?: 'terminal' | 'no terminal', flag?: boolean];

describe('how much colour there is', () => {
	const cases: readonly Case[] = [
		[2, 'on the usual terminal', {TERM: 'xterm-256color'}],
		[2, 'in tmux', {TERM: 'tmux-256color'}],
		[1, 'on a simple terminal', {TERM: 'xterm'}],
		[1, 'on one without a name', {}],
		[3, 'where COLORTERM says true colour', {TERM: 'xterm-256color', COLORTERM: 'truecolor'}],
		[3, 'where COLORTERM says 24 bits', {TERM: 'xterm', COLORTERM: '24bit'}],
		[2, 'where COLORTERM says something else', {TERM: 'xterm-256color', COLORTERM: 'yes'}],
		[2, 'on kitty', {TERM: 'xterm-kitty'}],
		[0, 'on a dumb terminal', {TERM: 'dumb', COLORTERM: 'truecolor'}],
		[0, 'where there is no terminal', {TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'no terminal'],
		[0, 'with NO_COLOR', {TERM: 'xterm-256color', NO_COLOR: '1'}],
		[0, 'with NO_COLOR of any text', {TERM: 'xterm-256color', NO_COLOR: 'false'}],
		[2, 'with an empty NO_COLOR, which counts as none', {TERM: 'xterm-256color', NO_COLOR: ''}],
		[0, 'with NO_COLOR and FORCE_COLOR: the first wins', {TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3'}],
		[3, 'with FORCE_COLOR=3 and no terminal', {TERM: 'xterm', FORCE_COLOR: '3'}, 'no terminal'],
		[1, 'with FORCE_COLOR=1 on a better terminal', {TERM: 'xterm-256color', FORCE_COLOR: '1', COLORTERM: 'truecolor'}],
		[2, 'with FORCE_COLOR=true: as much as TERM says', {TERM: 'xterm-256color', FORCE_COLOR: 'true'}, 'no terminal'],
		[2, 'with an empty FORCE_COLOR: as much as TERM says', {TERM: 'xterm-256color', FORCE_COLOR: ''}, 'no terminal'],
		[0, 'with FORCE_COLOR=0', {TERM: 'xterm-256color', FORCE_COLOR: '0', COLORTERM: 'truecolor'}],
		[0, 'with FORCE_COLOR=false', {TERM: 'xterm-256color', FORCE_COLOR: 'false'}],
		[0, 'with FORCE_COLOR=0 and CLICOLOR_FORCE: the first wins', {TERM: 'xterm-256color', FORCE_COLOR: '0', CLICOLOR_FORCE: '1'}],
		[2, 'with CLICOLOR_FORCE and no terminal', {TERM: 'xterm-256color', CLICOLOR_FORCE: '1'}, 'no terminal'],
		[0, 'with CLICOLOR_FORCE=0 and no terminal', {TERM: 'xterm-256color', CLICOLOR_FORCE: '0'}, 'no terminal'],
		[0, 'with CLICOLOR=0', {TERM: 'xterm-256color', CLICOLOR: '0', COLORTERM: 'truecolor'}],
		[2, 'with CLICOLOR=1', {TERM: 'xterm-256color', CLICOLOR: '1'}],
		[2, 'with CLICOLOR_FORCE over CLICOLOR=0', {TERM: 'xterm-256color', CLICOLOR: '0', CLICOLOR_FORCE: '1'}],
		[0, 'where a flag forbids it', {TERM: 'xterm-256color', FORCE_COLOR: '3'}, 'terminal', false],
		[2, 'where a flag demands it', {TERM: 'xterm-256color', NO_COLOR: '1'}, 'no terminal', true],
		[2, 'where a flag demands it over CLICOLOR=0', {TERM: 'xterm-256color', CLICOLOR: '0'}, 'terminal', true],
		[3, 'where a flag demands it and COLORTERM says true colour', {TERM: 'xterm', COLORTERM: 'truecolor'}, 'no terminal', true],
		[1, 'where a flag demands it on a dumb terminal', {TERM: 'dumb'}, 'terminal', true],
		[3, 'as FORCE_COLOR says where a flag demands it', {TERM: 'xterm', FORCE_COLOR: '3'}, 'no terminal', true],
		[0, 'where a flag forbids it and nothing else is said', {TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'terminal', false],
		[0, 'where a flag forbids it over CLICOLOR_FORCE', {TERM: 'xterm-256color', CLICOLOR_FORCE: '1'}, 'terminal', false],
	];

	it.each(cases.map(([level, name, ...given]) => ({level, name, given})))('is $level $name', ({level, given: [environment, terminal, flag]}) => {
		expect(colorLevel(environment, terminal !== 'no terminal', flag)).toBe(level);
	});

	it.each(['0', 'false'])('is some where a flag demands it, whatever FORCE_COLOR=%s says', force => {
		expect(colorLevel({TERM: 'xterm-256color', FORCE_COLOR: force}, true, true)).toBe(2);
	});
});
