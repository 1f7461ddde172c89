import {describe, expect, it} from 'vitest';
import {checkLook} from '../../source/commands/look.js';
import {type GivenFlags} from '../../source/commands/experiment.js';

describe('how a screen looks', () => {
	it.each<readonly [GivenFlags, ReturnType<typeof checkLook>]>([
		[{}, {glyphs: 'auto', framesPerSecond: 10, color: undefined}],
		[{glyphs: 'auto'}, {glyphs: 'auto', framesPerSecond: 10, color: undefined}],
		[{glyphs: 'braille'}, {glyphs: 'braille', framesPerSecond: 10, color: undefined}],
		[{glyphs: 'block', fps: '1'}, {glyphs: 'block', framesPerSecond: 1, color: undefined}],
		[{glyphs: 'ascii', fps: '60'}, {glyphs: 'ascii', framesPerSecond: 60, color: undefined}],
		[{fps: '2.5'}, {glyphs: 'auto', framesPerSecond: 2.5, color: undefined}],
		[{color: true}, {glyphs: 'auto', framesPerSecond: 10, color: true}],
		[{color: false}, {glyphs: 'auto', framesPerSecond: 10, color: false}],
		[{preset: 'relu', seed: '3'}, {glyphs: 'auto', framesPerSecond: 10, color: undefined}],
	])('is, with %j, %j', (given, expected) => {
		expect(checkLook(given)).toEqual(expected);
	});

	it.each<readonly [GivenFlags, string]>([
		[{glyphs: 'brail'}, '--glyphs must be auto or braille or block or ascii, not "brail". Did you mean "braille"?'],
		[{glyphs: 'BLOCK'}, '--glyphs must be auto or braille or block or ascii, not "BLOCK". Did you mean "block"?'],
		[{glyphs: 'hieroglyphs'}, '--glyphs must be auto or braille or block or ascii, not "hieroglyphs".'],
		[{glyphs: '\u001B]0;title\u0007'}, '--glyphs must be auto or braille or block or ascii, not "".'],
		[{fps: '0'}, '--fps must be a number from 1 to 60, not "0".'],
		[{fps: '0.99'}, '--fps must be a number from 1 to 60, not "0.99".'],
		[{fps: '61'}, '--fps must be a number from 1 to 60, not "61".'],
		[{fps: '-5'}, '--fps must be a number from 1 to 60, not "-5".'],
		[{fps: 'ten'}, '--fps must be a number from 1 to 60, not "ten".'],
		[{fps: 'NaN'}, '--fps must be a number from 1 to 60, not "NaN".'],
		[{fps: 'Infinity'}, '--fps must be a number from 1 to 60, not "Infinity".'],
		[{fps: '10\u001B[2J'}, '--fps must be a number from 1 to 60, not "10".'],
		[{fps: '9'.repeat(100)}, `--fps must be a number from 1 to 60, not "${'9'.repeat(40)}…".`],
	])('cannot be as %j says, which is told in one sentence', (given, message) => {
		expect(() => checkLook(given)).toThrow(expect.objectContaining({exitCode: 2}) as Error);
		expect(() => checkLook(given)).toThrow(message);
	});

	it('is told whole: nothing follows the sentence', () => {
		expect(() => checkLook({fps: 'x'})).toThrow(/^--fps must be a number from 1 to 60, not "x"\.$/v);
		expect(() => checkLook({glyphs: 'hieroglyphs'})).toThrow(/not "hieroglyphs"\.$/v);
	});
});
