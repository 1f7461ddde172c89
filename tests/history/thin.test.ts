import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {emptyHistory, type LayerPhases, reduce} from '../../source/history/reduce.js';
import {roomFor, thinned} from '../../source/history/thin.js';
import {type EpochEvent} from '../../source/run/events.js';
import {measuredEpochs} from '../../source/training/schedule.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

const phasesOf = (epoch: number | null, reversals: readonly number[] = [], onset: number | null = null): LayerPhases => ({switch: epoch, reversals, onset: {bins: onset}});

/** A measured epoch of one layer, with the numbers that count. */
const epochOf = (epoch: number, x: number, y: number, ratio: number | null, loss: number | null): EpochEvent => ({
	...exampleEpoch(epoch),
	loss,
	layers: [{
		layer: 1, information: {bins: {x, y}}, gradient: {mean: 1, std: 1, ratio}, weightNorm: 1,
	}],
});

const value = fc.integer({min: 0, max: 40});
const maybe = fc.option(value);
const run = fc.array(fc.tuple(fc.integer({min: 1, max: 9}), value, value, maybe, maybe), {minLength: 1, maxLength: 400}).map(steps => {
	let epoch = -1;
	return steps.map(([step, x, y, ratio, loss]) => {
		epoch += step;
		return epochOf(epoch, x, y, ratio, loss);
	});
});

type Quantity = (event: EpochEvent) => number | null;

const quantities: readonly Quantity[] = [
	({layers}) => layers[0]!.information['bins']!.x, ({layers}) => layers[0]!.information['bins']!.y, ({layers}) => layers[0]!.gradient!.ratio, ({loss}) => loss,
];
const valuesOf = (events: readonly EpochEvent[], quantity: Quantity) => events.map(event => quantity(event)).filter(each => each !== null);

/** As events come, one by one. */
function grown(events: readonly EpochEvent[], phases: readonly LayerPhases[], room: number): readonly EpochEvent[] {
	let epochs: readonly EpochEvent[] = [];
	for (const event of events) {
		epochs = thinned([...epochs, event], phases, room);
	}

	return epochs;
}

describe('thinned epochs', () => {
	it('are untouched as long as there is room: all that the schedule measures in any run', () => {
		fc.assert(fc.property(run, events => {
			expect(thinned(events, [], events.length)).toBe(events);
		}));
		expect(measuredEpochs(8000).size).toBe(309);
		expect(measuredEpochs(10_000_000).size).toBeLessThan(roomFor(1));
		expect(measuredEpochs(100_000).size).toBeLessThan(roomFor(1000));
	});

	it('keep the first, the newest, the order, and the highest and lowest of everything, as they come', () => {
		fc.assert(fc.property(run, events => {
			const kept = grown(events, [], 40);
			expect(kept[0]).toBe(events[0]);
			expect(kept.slice(-10)).toEqual(events.slice(-10));
			expect(kept).toEqual(events.filter(event => kept.includes(event)));
			for (const quantity of quantities) {
				const [all, left] = [events, kept].map(list => valuesOf(list, quantity));
				expect(Math.max(...left!)).toBe(Math.max(...all!));
				expect(Math.min(...left!)).toBe(Math.min(...all!));
			}
		}));
	});

	it('are bounded, however long the run', () => {
		fc.assert(fc.property(run, events => {
			// Eight extremes may stand beside those of the grid.
			expect(grown(events, [], 60).length).toBeLessThanOrEqual(60);
		}));
	});

	it('keep the first epoch at or after a switch, a reversal, an onset', () => {
		fc.assert(fc.property(run, fc.array(fc.nat({max: 3000}), {maxLength: 5}), (events, [at = null, onset = null, ...reversals]) => {
			const kept = grown(events, [phasesOf(at, reversals, onset)], 60);
			for (const epoch of [at, onset, ...reversals]) {
				expect(kept.find(event => event.epoch >= (epoch ?? Infinity))).toBe(events.find(event => event.epoch >= (epoch ?? Infinity)));
			}
		}));
	});

	it('are the same from the same events', () => {
		fc.assert(fc.property(run, events => {
			expect(grown(events, [], 40)).toEqual(grown(structuredClone(events), [], 40));
		}));
	});

	it('have, of twenty thousand, more than a thousand, and the newest hundred one by one', () => {
		let history = reduce(emptyHistory, exampleStart({hidden: [3], epochs: 20_000}));
		for (let epoch = 0; epoch < 20_000; epoch++) {
			history = reduce(history, epochOf(epoch, epoch % 7, 1, 1, 1));
			if (epoch === 2500) {
				history = reduce(history, {
					type: 'phase', layer: 1, event: 'diffusion', epoch: 2471,
				});
			}
		}

		const epochs = history.epochs.map(({epoch}) => epoch);
		expect(epochs.length).toBeLessThanOrEqual(2000);
		expect(epochs.length).toBeGreaterThan(1000);
		expect(epochs.slice(-100)).toEqual(Array.from({length: 100}, (_, index) => 19_900 + index));
		expect(epochs).toContain(2471);
	});
});
