import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {emptyHistory, type History} from '../../source/history/reduce.js';
import {stillFrame} from '../../source/ui/still.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';
import {sizeOf} from '../helpers/terminal.js';

const {braille, ascii} = glyphSets;
const sizes = ['1×1', '2×1', '5×2', '20×5', '29×8', '30×7', '30×8', '40×10', '59×15', '60×16', '75×24', '76×20', '79×24', '80×23', '80×24', '100×30', '132×43', '200×50', '500×1', '1×200'];

const deep = historyOf(exampleStart({hidden: Array.from({length: 20}, () => 3)}), ...Array.from({length: 30}, (_, epoch) => exampleEpoch(epoch, {layers: 21})));
const noSpread = historyOf(exampleStart({batchSize: 3276}), ...Array.from({length: 30}, (_, epoch) => exampleEpoch(epoch, {ratio: null})));

const histories: ReadonlyArray<readonly [string, History]> = [
	['nothing yet', emptyHistory],
	['a start and no epoch', historyOf(exampleStart())],
	['one epoch', historyOf(exampleStart(), exampleEpoch(0))],
	['a run that has come some way', exampleHistory()],
	['a run that is over', {...exampleHistory(), end: {type: 'end', reason: 'finished', epoch: 8000}}],
	['twenty hidden layers', deep],
	['one batch an epoch', noSpread],
];

/** What has just been announced stands in the footer for a while, instead of the keys. */
const quiet: History = {...exampleHistory(), announcement: undefined};
const epochShown = quiet.epochs.at(-1)!.epoch.toLocaleString('en-US');

describe('the screen', () => {
	it.each(sizes)('at %s is drawn for every kind of run, in ASCII too, without a throw', text => {
		const size = sizeOf(text);
		for (const [name, history] of histories) {
			for (const glyphs of [braille, ascii]) {
				const grid = stillFrame(history, size, glyphs);
				const lines = grid.toLines();
				expect([grid.width, grid.height], name).toEqual([size.columns, size.rows]);
				expect(lines.filter(line => stringWidth(line) !== size.columns), name).toEqual([]);
				if (glyphs === ascii) {
					expect(lines.filter(line => !/^[ -~]*$/v.test(line)), name).toEqual([]);
				}
			}
		}
	});

	it('grows to the largest terminal that there is', () => {
		const lines = stillFrame(exampleHistory(), sizeOf('500×200'), braille).toLines();
		expect(lines).toHaveLength(200);
		expect(lines.filter(line => stringWidth(line) !== 500)).toEqual([]);
		expect(lines[198]).toMatch(/^└─{400,}┘└─+┘$/v);
	});

	it.each(['80×24', '100×30', '200×50'])('at %s has whole borders, and every layer in both panels', text => {
		const size = sizeOf(text);
		const lines = stillFrame(exampleHistory(), size, braille).toLines();
		const inner = lines.slice(3, size.rows - 2);
		expect(lines[2]).toMatch(/^┌─ information plane · bins 30 · bits ─+┐┌─ gradients M\/S · .+┐$/v);
		expect(lines[size.rows - 2]).toMatch(/^└─+┘└─+┘$/v);
		expect(inner.filter(line => !/^│.*││.*│$/v.test(line))).toEqual([]);
		for (const layer of '123456') {
			expect(inner.some(line => new RegExp(String.raw`││ ${layer} mean `, 'v').test(line))).toBe(true);
		}
	});

	it('tells, at 80×24, everything that design.md wants in sight', () => {
		const text = stillFrame(quiet, sizeOf('80×24'), braille).toLines().join('\n');
		const expected = [
			/^ ibtop {2}mine {2}.*12-10-7-5-4-3-2/v,
			/SWITCHING \(2 of 6\)/v,
			/epoch [\d,]+\/8,000/v,
			/I\(X;T\)/v,
			/I\(T;Y\)/v,
			/drift → diffusion/v,
			/1:16\* 2:40/v,
			/compression \(bins\)/v,
			/5:50/v,
			/q quit/v,
		];
		expect(expected.filter(pattern => !pattern.test(text))).toEqual([]);
	});

	it.each(sizes.filter(text => sizeOf(text).columns >= 20))('at %s says which epoch it is', text => {
		expect(stillFrame(quiet, sizeOf(text), braille).toLines().join('\n')).toContain(`epoch ${epochShown}`);
	});

	it.each(['30×7', '40×10'])('at %s says which epoch it is, while a switch is announced too', text => {
		expect(stillFrame(exampleHistory(), sizeOf(text), braille).toLines().join('\n')).toContain(`epoch ${epochShown}`);
	});

	it.each([['60×16', 15], ['80×24', 23], ['200×50', 49]])('at %s announces the newest switch in the last row', (text, row) => {
		expect(stillFrame(exampleHistory(), sizeOf(text), braille).toLines()[row]!.trimEnd()).toBe(' layer 2: drift → diffusion at epoch 40');
		expect(stillFrame(exampleHistory(), sizeOf(text), ascii).toLines()[row]!.trimEnd()).toBe(' layer 2: drift > diffusion at epoch 40');
	});

	it('says that it waits for the trainer before there is anything to see', () => {
		expect(stillFrame(emptyHistory, sizeOf('80×24'), braille).toLines().join('\n')).toContain('waiting for the trainer');
	});

	it('is the same for the same history', () => {
		const [first, second] = [1, 2].map(() => stillFrame(exampleHistory(), sizeOf('80×24'), braille).toLines());
		expect(second).toEqual(first);
	});
});
