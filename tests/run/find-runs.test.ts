import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {findRuns, matches} from '../../source/run/find.js';
import {temporaryFolder} from '../helpers/workplace.js';

describe('a pattern', () => {
	it.each([
		['tanh-*', ['tanh-', 'tanh-1', 'tanh-tanh-'], ['tanh', 'atanh-1', '']],
		['*', ['', 'a', '*'], []],
		['a*b', ['ab', 'aab', 'axxb', 'abab'], ['a', 'b', 'abc']],
		['a*a', ['aa', 'aba'], ['a', 'ab']],
		['*b*', ['b', 'ab', 'bc', 'abc'], ['', 'ac']],
		['*a*b*c', ['abc', 'xaxbxc', 'aabbcc'], ['acb', 'ab', 'cab']],
		['a.c*', ['a.c', 'a.cd'], ['abc']],
		['plain', ['plain'], ['plain2', '']],
	])('%s is matched by such names, and not by others', (pattern, yes, no) => {
		expect([...yes, ...no].filter(name => matches(name, pattern))).toEqual(yes);
	});
});

describe('runs by their names', () => {
	const root = () => {
		const folder = temporaryFolder();
		for (const name of ['depth-10', 'depth-9', 'depth-1', 'other']) {
			mkdirSync(path.join(folder, name));
			writeFileSync(path.join(folder, name, 'run.json'), '{}');
		}

		mkdirSync(path.join(folder, 'depth-empty'));
		return folder;
	};

	const namesOf = (folder: string, ...names: string[]) => findRuns(folder, names).map(({name}) => name);

	it('are those of a pattern in the order of their numbers, without what is no run', () => {
		expect(namesOf(root(), 'depth-*')).toEqual(['depth-1', 'depth-9', 'depth-10']);
	});

	it('are each there once, in the order in which they are named', () => {
		const folder = root();
		expect(namesOf(folder, 'other', 'depth-9', path.join(folder, 'other'), 'depth-*')).toEqual(['other', 'depth-9', 'depth-1', 'depth-10']);
	});

	it('are refused where a pattern matches none', () => {
		expect(() => namesOf(root(), 'width-*')).toThrow(/^There is no run in .* that matches "width-\*"\.$/v);
	});
});
