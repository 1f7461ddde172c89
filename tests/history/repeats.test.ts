import {describe, expect, it} from 'vitest';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {
	countedRepeats, median, rangeOf, repeatsText,
} from '../../source/history/repeats.js';
import {historyAt, repeatOf} from '../../source/history/past.js';
import {type RunEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

const start = {...exampleStart({hidden: [3]}), repeats: 3};
const epochOf = (repeat: number, epoch: number, x: number, ratio: number | null = 2): RunEvent => {
	const event = exampleEpoch(epoch, {layers: 2, ratio});
	return {
		...event, repeat, loss: x / 10, layers: event.layers.map(layer => ({...layer, information: {bins: {x, y: x / 10}}})),
	};
};

const switchOf = (repeat: number, epoch: number | null): RunEvent => ({
	type: 'phase', repeat, layer: 1, event: 'diffusion', epoch,
});
function historyOf(...events: readonly RunEvent[]): History {
	let history = reduce(emptyHistory, start);
	for (const event of events) {
		history = reduce(history, event);
	}

	return history;
}

describe('the median', () => {
	it.each([
		[[3, 1, 2], 2],
		[[4, 1, 2, 3], 2.5],
		[[null, 5, undefined], 5],
		[[null], null],
		[[], null],
	])('of %j is %j', (numbers, expected) => {
		expect(median(numbers)).toBe(expected);
	});

	it('has a range of the numbers that exist', () => {
		expect(rangeOf([3, null, 1])).toEqual([1, 3]);
		expect(rangeOf([null])).toBeNull();
	});
});

describe('a run with repeats', () => {
	it('tells the medians of an epoch when all repeats have reached it', () => {
		const two = historyOf(epochOf(1, 0, 4), epochOf(3, 0, 9));
		expect(two.epochs).toEqual([]);
		const three = reduce(two, epochOf(2, 0, 5));
		expect(three.epochs).toMatchObject([{epoch: 0, loss: 0.5, layers: [{layer: 1, information: {bins: {x: 5, y: 0.5}}, gradient: {ratio: 2}}, {layer: 2}]}]);
		expect(reduce(three, epochOf(1, 1, 7)).epochs).toHaveLength(1);
	});

	it('keeps each repeat as a history of its own, with its seed', () => {
		const history = historyOf(epochOf(2, 0, 5), switchOf(2, 0));
		expect(history.repeats.map(each => each.history.start!.seed)).toEqual([1, 2, 3]);
		expect(history.repeats[1]!.history.epochs).toHaveLength(1);
		expect(history.repeats[1]!.history.phases[0]!.switch).toBe(0);
		expect(repeatOf(history, 1).epochs).toHaveLength(1);
		expect(repeatOf(history, 7)).toBe(history);
	});

	it('tells median and range of a switch once more than half of the repeats have had it', () => {
		const one = historyOf(switchOf(1, 10));
		expect(one.phases[0]).toMatchObject({switch: null, ranges: {switch: [10, 10]}});
		const two = reduce(one, switchOf(3, 20));
		expect(two.phases[0]).toMatchObject({switch: 15, ranges: {switch: [10, 20]}});
		expect(reduce(two, switchOf(3, null)).phases[0]).toMatchObject({switch: null});
	});

	it('does the same for the onset of compression, by estimator', () => {
		const onset = (repeat: number, epoch: number): RunEvent => ({
			type: 'phase', repeat, layer: 2, event: 'compression', estimator: 'bins', epoch,
		});
		expect(historyOf(onset(1, 40), onset(2, 50), onset(3, 45)).phases[1]).toMatchObject({onset: {bins: 45}, ranges: {onset: {bins: [40, 50]}}});
	});

	const all = [0, 1].flatMap(epoch => [epochOf(1, epoch, 4), epochOf(2, epoch, 5), epochOf(3, epoch, 9)]);

	it('leaves out of the medians, of all epochs, what is stuck at chance, and counts it', () => {
		const history = historyOf(...all, {type: 'stuck', repeat: 3, epoch: 1});
		expect(history.epochs.map(({layers}) => layers[0]!.information['bins']!.x)).toEqual([4.5, 4.5]);
		expect(repeatsText(history.repeats)).toBe('median of 2 seeds, 1 stuck');
		expect(countedRepeats(history.repeats)).toHaveLength(2);
	});

	it('leaves out what diverged, and goes on without waiting for it', () => {
		const history = historyOf(...all, {
			type: 'repeat-end', repeat: 1, reason: 'diverged', epoch: 1,
		}, epochOf(2, 2, 6), epochOf(3, 2, 8));
		expect(history.epochs.map(({layers}) => layers[0]!.information['bins']!.x)).toEqual([7, 7, 7]);
		expect(repeatsText(history.repeats)).toBe('median of 2 seeds, 1 diverged');
	});

	it('counts a repeat that has finished', () => {
		const history = historyOf(...all, {
			type: 'repeat-end', repeat: 1, reason: 'finished', epoch: 1,
		});
		expect(history.epochs).toHaveLength(2);
		expect(repeatsText(history.repeats)).toBe('median of 3 seeds');
	});

	it('can be looked back at', () => {
		expect(historyAt(historyOf(...all), 0).epochs).toHaveLength(1);
	});

	it('takes no harm from a repeat that there is none of, nor a single run from events of repeats', () => {
		expect(historyOf(epochOf(9, 0, 1)).epochs).toEqual([]);
		const single = reduce(reduce(reduce(emptyHistory, exampleStart({hidden: [3]})), epochOf(1, 0, 4)), {type: 'stuck', repeat: 1, epoch: 0});
		expect(single.epochs).toHaveLength(1);
	});

	it('has medians of what exists, where a gradient has no ratio', () => {
		const history = historyOf(epochOf(1, 0, 1, null), epochOf(2, 0, 1, 3), epochOf(3, 0, 1, 5));
		expect(history.epochs[0]!.layers[0]!.gradient!.ratio).toBe(4);
	});
});
