import {describe, expect, it} from 'vitest';
import {redrawInterval} from '../../source/ui/redraw-interval.js';

/** The intervals after pictures that cost so many milliseconds each. */
function intervalsAfter(costs: readonly number[]): number[] {
	let spent = 1234;
	const interval = redrawInterval(() => spent);
	return costs.map(cost => {
		spent += cost;
		return interval();
	});
}

const times = (count: number, cost: number): number[] => Array.from({length: count}, () => cost);

describe('the time between two pictures', () => {
	it.each([
		['a tenth of a second, where they cost next to nothing', 0, 100],
		['a tenth of a second, where that is a twentieth of the time', 5, 100],
		['as long as makes a twentieth of what they cost', 9, 180],
		['a quarter of a second at the most, so that the screen lives', 90, 250],
	])('is %s', (_, cost, interval) => {
		for (const each of intervalsAfter(times(5, cost))) {
			expect(each).toBeCloseTo(interval, 9);
		}
	});

	it('falls when the pictures have become cheap', () => {
		const intervals = intervalsAfter([...times(3, 40), ...times(20, 3)]);
		expect(intervals[2]).toBe(250);
		expect(intervals.at(-1)).toBe(100);
	});

	it('hardly grows for one dear picture among many', () => {
		expect(intervalsAfter([...times(5, 3), 12, ...times(5, 3)]).filter(each => each > 150)).toEqual([]);
	});

	it('keeps the pictures to a twentieth of a processor in the long run, where their costs vary', () => {
		const costs = Array.from({length: 1000}, (_, index) => 6 + (index % 6));
		const time = intervalsAfter(costs).reduce((sum, each) => sum + each, 0);
		expect(costs.reduce((sum, each) => sum + each, 0) / time).toBeCloseTo(0.05, 3);
	});
});
