import {describe, expect, it} from 'vitest';
import {halfWindow, runningMedian} from '../../source/phase/smooth.js';

describe('the running median', () => {
	it.each([
		['of nothing is nothing', [], []],
		['of too few values is nothing', [1, 2], []],
		['takes what is there at the start', [5, 1, 3, 9], [3, 4]],
		['is that of five values in the middle', [1, 9, 2, 8, 3, 7, 4], [2, 5, 3, 7, 4]],
		['keeps a line as it is', [1, 2, 3, 4, 5, 6, 7], [2, 2.5, 3, 4, 5]],
		['drops a spike of one value', [0, 0, 0, 99, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0]],
		['drops a spike of two values', [0, 0, 0, 99, 99, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0]],
		['keeps a step where it is', [0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1]],
	])('%s', (_, values, expected) => {
		expect(runningMedian(values)).toEqual(expected);
	});

	it('never changes what it said when a value is added', () => {
		const values = [5, 3, 8, 1, 9, 2, 7, 7, 0, 4];
		const whole = runningMedian(values);
		for (let length = 0; length <= values.length; length++) {
			expect(runningMedian(values.slice(0, length))).toEqual(whole.slice(0, Math.max(0, length - halfWindow)));
		}
	});
});
