import {describe, expect, it} from 'vitest';
import {measuredEpochs} from '../../source/training/schedule.js';

const epochs = (total: number) => [...measuredEpochs(total)];

describe('the measured epochs', () => {
	it.each([
		[1, [0, 1]],
		[2, [0, 1, 2]],
		[19, Array.from({length: 20}, (_, epoch) => epoch)],
		[20, Array.from({length: 21}, (_, epoch) => epoch)],
	])('of a run of %d are all of them', (total, expected) => {
		expect(epochs(total)).toEqual(expected);
	});

	it('of a run of 8000 are about 300', () => {
		expect(epochs(8000).length).toBeGreaterThanOrEqual(285);
		expect(epochs(8000).length).toBeLessThanOrEqual(315);
	});

	it.each([50, 1000, 8000, 100_000])('of a run of %d begin with 0 … 20, rise, and end with the last', total => {
		const measured = epochs(total);
		expect(measured.slice(0, 21)).toEqual(Array.from({length: 21}, (_, epoch) => epoch));
		expect(measured.every((epoch, index) => index === 0 || epoch > measured[index - 1]!)).toBe(true);
		expect(measured.at(-1)).toBe(total);
	});

	it('lie evenly on a log axis: neighbours above 100 are 1.2 to 2.8 % apart', () => {
		const measured = epochs(8000).filter(epoch => epoch > 100).slice(0, -1);
		for (const [index, epoch] of measured.slice(1).entries()) {
			expect(epoch / measured[index]!).toBeGreaterThan(1.012);
			expect(epoch / measured[index]!).toBeLessThan(1.028);
		}
	});

	it('are the same for runs of different length, but for the last one', () => {
		const long = measuredEpochs(8000);
		for (const total of [30, 77, 500, 1000, 5000, 7999]) {
			expect(epochs(total).slice(0, -1)).toEqual([...long].filter(epoch => epoch < total));
		}
	});

	it('of the longest run that a preset may ask for are few enough to keep', () => {
		expect(epochs(10_000_000).length).toBeLessThan(1000);
	});
});
