import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {emptyHistory} from '../../source/history/reduce.js';
import {
	describeTraining, epochText, fitSegments, progressOf, progressSegments,
} from '../../source/ui/headline.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const texts = (segments: ReadonlyArray<{readonly text: string}>) => segments.map(({text}) => text).join('  ');
const history = historyOf(exampleStart(), exampleEpoch(0, {seconds: 0}), exampleEpoch(1284, {seconds: 2}));

describe('a line of segments', () => {
	const segments = [{text: 'first', rank: 0}, {text: 'second', rank: 2}, {text: '', rank: 0}, {text: 'third', rank: 1}];

	it.each([
		[80, 'first  second  third'],
		[20, 'first  second  third'],
		[19, 'first  third'],
		[12, 'first  third'],
		[11, 'first'],
		[1, 'first'],
	])('in %d columns is %j: what matters least goes first', (width, expected) => {
		expect(texts(fitSegments(segments, width))).toBe(expected);
	});

	it('fits, or is its most important segment alone', () => {
		const segment = fc.record({text: fc.string({maxLength: 12}), rank: fc.nat(9)});
		fc.assert(fc.property(fc.array(segment, {maxLength: 8}), fc.integer({min: 0, max: 80}), (given, width) => {
			const kept = fitSegments(given, width);
			expect(kept.length <= 1 || [...texts(kept)].length <= width).toBe(true);
			const lost = given.filter(each => each.text !== '' && !kept.includes(each));
			expect(Math.max(-1, ...kept.map(({rank}) => rank))).toBeLessThanOrEqual(Math.min(Infinity, ...lost.map(({rank}) => rank)));
		}));
	});
});

describe('the header', () => {
	it('says what is trained, how, and by which engine', () => {
		expect(texts(describeTraining(history).filter(({text}) => text !== ''))).toBe('mine  tanh  12-10-7-5-4-3-2  adam 4e-4  batch 512  seed 1  builtin');
		expect(describeTraining(emptyHistory)).toEqual([]);
	});

	it('says how far it is', () => {
		expect(epochText(history)).toBe('epoch 1,284/8,000');
		expect(epochText(emptyHistory)).toBe('waiting for the trainer');
		expect(progressOf(history)).toBeCloseTo(0.1605, 10);
		expect(progressOf(emptyHistory)).toBe(0);
	});

	it('says how well it does, how fast, and when it will be done', () => {
		expect(texts(progressSegments(history).filter(({text}) => text !== ''))).toBe('loss 0.051  train 90.0 %  test 85.0 %  642 ep/s  eta < 10 s');
	});

	it('says that it will be done earlier, as long as that is all that is known', () => {
		const through = (total: number) => texts(progressSegments(historyOf(exampleStart({epochs: total}), ...[0, 1, 2].map(epoch => exampleEpoch(epoch, {seconds: 2 * epoch})))));
		expect(through(8000)).toContain('eta < 4 h 26 min');
		expect(through(12)).toContain('eta 20 s');
	});

	it('leaves the time that it will take at the most out first where the room is short, and the time that it will take last', () => {
		const begun = [0, 1, 2].map(epoch => exampleEpoch(epoch, {seconds: 2 * epoch}));
		const within = (total: number, width: number) => texts(fitSegments(progressSegments(historyOf(exampleStart({epochs: total}), ...begun)), width));
		expect(within(8000, 50)).toBe('loss 0.686  train 90.0 %  test 85.0 %  0.5 ep/s');
		expect(within(12, 10)).toBe('eta 20 s');
	});

	it('says how fast to a tenth where that is slow', () => {
		const slow = historyOf(exampleStart(), exampleEpoch(0, {seconds: 0}), exampleEpoch(5, {seconds: 4}));
		expect(texts(progressSegments(slow))).toContain('1.3 ep/s');
	});

	it('says nothing of pace and time left when it is paused or over', () => {
		for (const event of [{type: 'pause', epoch: 4}, {type: 'end', reason: 'finished', epoch: 8000}] as const) {
			const text = texts(progressSegments(historyOf(exampleStart(), exampleEpoch(0, {seconds: 0}), exampleEpoch(1284, {seconds: 2}), event)));
			expect(text).not.toMatch(/eta|ep\/s/v);
			expect(text).toMatch(/PAUSED|FINISHED/v);
		}
	});
});
