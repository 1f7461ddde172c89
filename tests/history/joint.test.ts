import {describe, expect, it} from 'vitest';
import {censusOf, createJoint} from '../../source/history/joint.js';
import {type History, reduce} from '../../source/history/reduce.js';
import {planePoints} from '../../source/history/select.js';
import {type EndEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';
import {repeatedHistory} from '../helpers/figures.js';

const epochs = [0, 1, 5, 20, 100];

/** A run with a seed whose first layer keeps less, the greater the seed is, as far as so many measured epochs. */
const runOf = (seed: number, count: number, end?: EndEvent): History => {
	const events = epochs.slice(0, count).map(epoch => {
		const event = exampleEpoch(epoch);
		return {...event, layers: event.layers.map(layer => ({...layer, information: {...layer.information, bins: {x: layer.information['bins']!.x - (seed / 10), y: 0.5}}}))};
	});
	const start = exampleStart({epochs: 100});
	const history = historyOf({...start, seed, preset: {...start.preset, seed}}, ...events);
	return end ? reduce(history, end) : history;
};

const finished: EndEvent = {type: 'end', reason: 'finished', epoch: 100};
const firstLayer = (history: History) => planePoints(history, 1, 'bins').map(({x}) => Math.round(x * 100) / 100);

describe('many runs as one', () => {
	it('are the run with as many repeats when all have finished', () => {
		const histories = [3, 1, 2].map(seed => runOf(seed, 5, finished));
		const joint = createJoint()({histories});
		const together = repeatedHistory(3);
		expect(joint.epochs.map(({layers}) => layers.map(({information}) => information['bins']!.x))).toEqual(together.epochs.map(({layers}) => layers.map(({information}) => information['bins']!.x)));
		expect(joint.repeats.map(({history}) => history.start!.seed)).toEqual([1, 2, 3]);
		expect(joint).toMatchObject({start: {seed: 1, repeats: 3}, end: {reason: 'finished', epoch: 100}, joint: {text: 'median of 3 seeds: 0 running, 3 done', progress: 1}});
	});

	it('show at each epoch the median of those that have come there, as far as half have come', () => {
		const joint = createJoint()({histories: [runOf(1, 5), runOf(2, 3), runOf(3, 1)]});
		expect(joint.epochs.map(({epoch}) => epoch)).toEqual([0, 1, 5]);
		expect(firstLayer(joint)).toEqual([11.8, 11.85, 11.85]);
		expect(joint.end).toBeUndefined();
		expect(joint.joint!.progress).toBeCloseTo((1 + 0.05 + 0) / 3, 9);
	});

	it('grow, and are the same whether they were looked at before or not', () => {
		const join = createJoint();
		const states: ReadonlyArray<readonly History[]> = [
			[runOf(1, 2), runOf(2, 1)],
			[runOf(1, 3), runOf(2, 3), runOf(3, 1)],
			[runOf(1, 3), runOf(2, 3), runOf(3, 4)],
			// One was taken up from a checkpoint, and is shorter.
			[runOf(1, 3), runOf(2, 2), runOf(3, 5)],
			[runOf(1, 5), runOf(2, 5), runOf(3, 5), runOf(4, 5)],
		];
		for (const histories of states) {
			const grown = join({histories});
			const fresh = createJoint()({histories});
			expect(grown.epochs).toEqual(fresh.epochs);
			expect(firstLayer(grown)).toEqual(firstLayer(fresh));
		}
	});

	it('leave out those at chance and those that diverged', () => {
		const stuck = historyOf({...exampleStart({epochs: 2000}), seed: 7}, ...[0, 1000].map(epoch => ({...exampleEpoch(epoch), accuracy: {train: 0.5, test: 0.5}})));
		const diverged = reduce(runOf(8, 2), {type: 'end', reason: 'diverged', epoch: 3});
		const joint = createJoint()({histories: [runOf(1, 2), runOf(3, 2), stuck, diverged], expected: 6});
		expect(joint.joint!.text).toBe('median of 2 seeds, 1 stuck, 1 diverged: 3 running, 1 done, 2 missing');
		expect(firstLayer(joint)).toEqual([11.8, 11.8]);
	});

	it('are paused when all that run are, and over when none runs and none is missing', () => {
		const paused = reduce(runOf(1, 2), {type: 'pause'});
		expect(createJoint()({histories: [paused, runOf(2, 5, finished)]}).isPaused).toBe(true);
		expect(createJoint()({histories: [paused, runOf(2, 2)]}).isPaused).toBe(false);
		expect(createJoint()({histories: [runOf(1, 5, finished), runOf(2, 5, finished)], expected: 3}).end).toBeUndefined();
		expect(createJoint()({histories: [{...runOf(1, 2), trainer: 'died'}, runOf(2, 2, {type: 'end', reason: 'stopped', epoch: 1})]}).end).toMatchObject({reason: 'stopped'});
	});

	it('are nothing as long as none has begun', () => {
		expect(createJoint()({histories: [historyOf()]}).start).toBeUndefined();
	});
});

describe('the census', () => {
	it.each([
		['one that has no start yet as running', [runOf(1, 2), historyOf()], undefined, {running: 2, missing: 0}],
		['seeds between those that are there as missing', [runOf(1, 2), runOf(5, 2)], undefined, {running: 2, missing: 3}],
		['those that were expected as missing', [runOf(1, 2), runOf(2, 5, finished)], 20, {running: 1, done: 1, missing: 18}],
		['a run with repeats as many', [repeatedHistory(3)], 5, {running: 3, missing: 2}],
		['what died and what was stopped apart', [{...runOf(1, 2), trainer: 'died' as const}, runOf(2, 2, {type: 'end', reason: 'stopped', epoch: 1})], undefined, {died: 1, stopped: 1, running: 0}],
	])('counts %s', (_, histories, expected, counts) => {
		expect(censusOf({histories, expected})).toMatchObject(counts);
	});
});
