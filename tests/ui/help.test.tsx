import {PassThrough} from 'node:stream';
import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink';
import {describe, expect, it} from 'vitest';
import {keys} from '../../source/ui/keys.js';
import {Help} from '../../source/ui/panels/help.js';

const reading = [
	'',
	' A layer is a digit, its past a trail. To the right: bits it keeps of',
	' the input; up: of the label. Fitting goes up, compression left.',
	' Drift: the batches\' gradients agree, M > S. Diffusion: M < S.',
];

/** The lines of the help in so much room. */
function linesOf(width: number, height: number): string[] {
	let shown = '';
	const stdout = Object.assign(new PassThrough(), {columns: width, rows: 100});
	stdout.on('data', (chunk: Uint8Array) => {
		shown += Buffer.from(chunk).toString();
	});
	const ink = render(<Help width={width} height={height}/>, {
		stdout: stdout as unknown as NodeJS.WriteStream, debug: true, patchConsole: false, exitOnCtrlC: false,
	});
	const first = shown;
	ink.unmount();
	return stripVTControlCharacters(first).split('\n').map(line => line.trimEnd());
}

const cell = (index: number): string => ` ${keys[index]!.label.padEnd(8)}${keys[index]!.brief}`;

describe('the help', () => {
	const rows = Math.ceil(keys.length / 2);

	it.each([74, 78, 98, 198])('has in %d columns every key, whole, in two columns that go downwards, then how to read the plane', width => {
		const half = Math.floor(width / 2);
		const expected = Array.from({length: rows}, (_, row) => (cell(row).padEnd(half) + (row + rows < keys.length ? cell(row + rows) : '')).trimEnd());
		expect(linesOf(width, 40)).toEqual([...expected, ...reading]);
	});

	it.each([73, 72])('has in %d columns every key, whole, in one column, then how to read the plane', width => {
		expect(linesOf(width, 40)).toEqual([...keys.map((_, index) => cell(index)), ...reading]);
	});

	it('begins with the keys that matter most', () => {
		expect(linesOf(78, 40).slice(0, 2)).toEqual([
			' q       quit, training stops           + - 0   zoom in, out, show all',
			' d       detach, training goes on       arrows  move the window or cursor',
		]);
	});

	it.each([1, 5, 10, 11, 13, 14, 40])('has in %d rows of room no more rows than that, and leaves out from below', height => {
		expect(linesOf(78, height)).toEqual(linesOf(78, 40).slice(0, height));
	});
});
