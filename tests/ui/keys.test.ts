import {describe, expect, it} from 'vitest';
import {actionOf, footerText, keys} from '../../source/ui/keys.js';
import {initialView, reduceView} from '../../source/ui/state.js';
import {exampleHistory} from '../helpers/example.js';

describe('the table of keys', () => {
	it('gives every input an action, and no input two', () => {
		const inputs = keys.flatMap(key => key.inputs);
		expect(new Set(inputs).size).toBe(inputs.length);
		expect(inputs.filter(input => actionOf(input) === undefined)).toEqual([]);
	});

	it.each([
		['q', 'quit'],
		[' ', 'freeze'],
		['p', 'pause'],
		['s', 'snapshot'],
		['e', 'estimator'],
		['\t', 'page'],
		['?', 'help'],
		['h', 'hide'],
		['c', 'color'],
		['\u001B', 'back'],
		['\u0003', 'interrupt'],
		['1', {toggleLayer: 1}],
		['9', {toggleLayer: 9}],
		['+', 'zoom-in'],
		['=', 'zoom-in'],
		['-', 'zoom-out'],
		['0', 'zoom-reset'],
		['\r', 'cursor'],
		['[', 'earlier'],
		[']', 'later'],
		['\u001B[F', 'live'],
		['l', 'epoch-scale'],
		['g', 'glyphs'],
		['\u000C', 'repaint'],
		['\u001A', 'suspend'],
		['\u001B[A', {move: [0, 1]}],
		['\u001B[B', {move: [0, -1]}],
		['\u001B[C', {move: [1, 0]}],
		['\u001B[D', {move: [-1, 0]}],
	])('takes %j for %j', (input, action) => {
		expect(actionOf(input)).toEqual(action);
	});

	it.each(['', 'x', 'Q', 'qq', '++', '\n', '\u001B[Z', '\u001B[', 'toString', 'constructor'])('takes %j for nothing', input => {
		expect(actionOf(input)).toBeUndefined();
	});

	it('has a label and a description for each key, all different', () => {
		expect(keys.filter(({label, description}) => label === '' || description.length < 5)).toEqual([]);
		expect(new Set(keys.map(({label}) => label)).size).toBe(keys.length);
	});

	it('has a brief text for each key, all different, that fits into half of the help', () => {
		expect(keys.filter(({brief}) => brief.length < 5 || brief.length > 28)).toEqual([]);
		expect(new Set(keys.map(({brief}) => brief)).size).toBe(keys.length);
	});

	it('has actions that change the view, or are done outside of it, and no others', () => {
		const outside = new Set(['quit', 'detach', 'checkpoint', 'interrupt', 'pause', 'snapshot', 'repaint', 'suspend']);
		const history = exampleHistory();
		for (const {inputs} of keys) {
			const action = actionOf(inputs[0]!)!;
			const isSame = reduceView(initialView, action, history) === initialView;
			expect(isSame, JSON.stringify(action)).toBe(typeof action === 'string' && outside.has(action));
		}
	});
});

describe('the footer', () => {
	it('names the keys in the order of the table', () => {
		expect(footerText(80)).toBe(' q quit  d detach  space freeze  p pause  s snapshot  e estimator  ? help');
	});

	it.each(Array.from({length: 90}, (_, width) => width))('fits into %d columns, with whole keys only', width => {
		const text = footerText(width);
		expect(text.length).toBeLessThanOrEqual(width);
		const whole = keys.filter(({short}) => short !== undefined).map(({label, short}) => `${label} ${short!}`);
		expect(text === '' ? [] : text.trimStart().split('  ')).toEqual(whole.slice(0, text === '' ? 0 : text.trimStart().split('  ').length));
	});
});
