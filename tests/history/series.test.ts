import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type History} from '../../source/history/reduce.js';
import {seriesOf} from '../../source/history/series.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const lossesOf = (history: History) => seriesOf(history, 'loss', ({loss}) => loss);
const expected = (history: History) => history.epochs.map(({loss}) => loss);

describe('a series of a history', () => {
	it('is one value a measured epoch, and nothing before the first', () => {
		const history = historyOf(exampleStart(), ...[0, 1, 5].map(epoch => exampleEpoch(epoch)));
		expect(lossesOf(history)).toEqual(expected(history));
		expect(lossesOf(historyOf(exampleStart()))).toEqual([]);
	});

	it('is read out of each event once, however often it is asked for', () => {
		const reads: number[] = [];
		const read = (history: History) => seriesOf(history, 'counted', ({epoch}) => {
			reads.push(epoch);
			return epoch;
		});
		const all = [0, 1, 5, 9].map(epoch => exampleEpoch(epoch));
		for (let count = 1; count <= 4; count++) {
			read(historyOf(exampleStart(), ...all.slice(0, count)));
			read(historyOf(exampleStart(), ...all.slice(0, count)));
		}

		expect(read(historyOf(exampleStart(), ...all.slice(0, 2)))).toEqual([0, 1]);
		expect(reads).toEqual([0, 1, 5, 9]);
	});

	it('is apart from those of other keys, and of other runs', () => {
		const one = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(1));
		const other = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(7));
		expect(seriesOf(one, 'a', ({epoch}) => epoch)).toEqual([0, 1]);
		expect(seriesOf(one, 'b', ({epoch}) => -epoch)).toEqual([-0, -1]);
		expect(seriesOf(other, 'a', ({epoch}) => epoch)).toEqual([0, 7]);
		expect(seriesOf(one, 'a', ({epoch}) => epoch)).toEqual([0, 1]);
	});

	it('is right for a run that grows, is looked at in its past, is cut and goes on, in any order', () => {
		type Step = {readonly kind: 'grow' | 'cut' | 'past'; readonly by: number};
		const step: fc.Arbitrary<Step> = fc.record({kind: fc.constantFrom('grow' as const, 'grow' as const, 'cut' as const, 'past' as const), by: fc.integer({min: 1, max: 6})});
		let next = 1;
		const grownBy = (count: number) => {
			next += count;
			return Array.from({length: count}, (_, index) => exampleEpoch(next - count + index));
		};

		fc.assert(fc.property(fc.array(step, {maxLength: 40}), steps => {
			let history = historyOf(exampleStart(), exampleEpoch(0));
			for (const {kind, by} of steps) {
				if (kind === 'grow') {
					history = {...history, epochs: [...history.epochs, ...grownBy(by)]};
				} else if (kind === 'cut') {
					history = {...history, epochs: history.epochs.slice(0, Math.max(1, history.epochs.length - by))};
				}

				const looked = kind === 'past' ? {...history, epochs: history.epochs.slice(0, Math.max(1, history.epochs.length - by))} : history;
				expect(lossesOf(looked)).toEqual(expected(looked));
			}
		}));
	});
});
