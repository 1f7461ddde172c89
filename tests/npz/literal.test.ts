import {describe, expect, it} from 'vitest';
import {parseLiteral} from '../../source/npz/literal.js';

const integer = (value: number) => ({type: 'integer', value});
const text = (value: string) => ({type: 'text', text: value});

describe('a Python literal', () => {
	it.each([
		['-12', integer(-12)],
		['3L', integer(3)],
		['True', {type: 'truth', value: true}],
		['None', {type: 'none'}],
		['()', {type: 'tuple', items: []}],
		['(1,)', {type: 'tuple', items: [integer(1)]}],
		['(1)', integer(1)],
		['[1, "a"]', {type: 'list', items: [integer(1), text('a')]}],
		['{\'a\': (), }', {type: 'dict', entries: new Map([['a', {type: 'tuple', items: []}]])}],
		['"it\'s"  \n\n', text('it\'s')],
		[String.raw`'it\'s \n'`, text(String.raw`it\'s \n`)],
		['{\'__proto__\': 1}', {type: 'dict', entries: new Map([['__proto__', integer(1)]])}],
	])('is read as what it is: %s', (source, value) => {
		expect(parseLiteral(source)).toEqual(value);
	});

	it.each([
		'', '1 2', '1.5', '-0', '007', '1e3', '0b1', '\'a', 'a', 'nan', 'True()', '[1', '(1]', '{1: 2}', '{"a": 1, "a": 1}', '[,]', '\t1', '1;', '\'a\nb\'', 'x for x in ()', '{"a"}',
	])('is nothing else: %j', source => {
		expect(() => parseLiteral(source)).toThrow(SyntaxError);
	});

	it('may be nested as deep as numpy nests types, and not much deeper', () => {
		expect(parseLiteral(`${'['.repeat(32)}${']'.repeat(32)}`)).toHaveProperty('type', 'list');
		expect(() => parseLiteral(`${'['.repeat(33)}${']'.repeat(33)}`)).toThrow(SyntaxError);
	});
});
