import fc from 'fast-check';
import {expect, it} from 'vitest';
import {Series} from '../../source/phase/series.js';
import {runningMedian} from '../../source/phase/smooth.js';

/** What is done to a series: a value at a step, nothing at a step, or all from a step on taken away. */
const deeds = fc.array(fc.oneof(
	fc.record({step: fc.nat(30), value: fc.option(fc.integer({min: -5, max: 5}), {nil: undefined})}),
	fc.record({cut: fc.nat(30)}),
), {maxLength: 60});

it('a series has the running median of what stands in it, in whatever order that came, went and was replaced', () => {
	fc.assert(fc.property(deeds, fc.array(fc.nat(59)), (all, looks) => {
		const series = new Series();
		const known = new Map<number, number>();
		for (const [index, deed] of all.entries()) {
			if ('cut' in deed) {
				series.cutFrom(deed.cut);
				for (const step of known.keys()) {
					if (step >= deed.cut) {
						known.delete(step);
					}
				}
			} else {
				series.put({epoch: Math.floor(deed.step / 3), step: deed.step}, deed.value);
				known.delete(deed.step);
				if (deed.value !== undefined) {
					known.set(deed.step, deed.value);
				}
			}

			// What was looked at is kept, so it matters when.
			if (looks.includes(index) || index === all.length - 1) {
				const sorted = [...known].toSorted(([a], [b]) => a - b);
				expect(series.smoothed).toEqual(runningMedian(sorted.map(([, value]) => value)));
				expect(series.smoothed.map((_, place) => series.epochAt(place))).toEqual(sorted.slice(0, series.smoothed.length).map(([step]) => Math.floor(step / 3)));
			}
		}
	}));
});
