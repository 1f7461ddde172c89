import {describe, expect, it} from 'vitest';
import {
	currentEpoch, estimatorAt, layerSeries, networkPhase, planePoints, switchOf,
} from '../../source/history/select.js';
import {emptyHistory} from '../../source/history/reduce.js';
import {type RunEvent} from '../../source/run/events.js';
import {isOneBatch, phaseText, stateText} from '../../source/ui/headline.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const start = exampleStart();
const epochs = (count: number, ratio: number | null): RunEvent[] => Array.from({length: count}, (_, epoch) => exampleEpoch(epoch, {ratio}));
const switched = (layer: number, epoch: number): RunEvent => ({
	type: 'phase', layer, event: 'diffusion', epoch,
});

describe('the network\'s phase', () => {
	const three = exampleStart({hidden: [4, 3]});
	const measured = (ratio: number | null) => Array.from({length: 20}, (_, epoch) => exampleEpoch(epoch, {layers: 3, ratio}));
	const drifting = measured(3);

	it.each<readonly [string, RunEvent[], string, string]>([
		['before anything has been measured', [three], 'waiting', ''],
		['while every ratio is above 1', [three, ...drifting], 'drift', 'DRIFT'],
		['while every ratio has been below 1', [three, ...measured(0.5)], 'no-drift', 'NO DRIFT SEEN'],
		['before there are enough epochs to tell', [three, exampleEpoch(0, {layers: 3, ratio: 0.5})], 'drift', 'DRIFT'],
		['when one layer has switched', [three, ...drifting, switched(1, 12)], 'switching', 'SWITCHING (1 of 3)'],
		['when two have', [three, ...drifting, switched(1, 12), switched(3, 15)], 'switching', 'SWITCHING (2 of 3)'],
		['when all have', [three, ...drifting, switched(1, 12), switched(2, 18), switched(3, 15)], 'diffusion', 'DIFFUSION'],
		['when one is taken back', [three, ...drifting, switched(1, 12), {
			type: 'phase', layer: 1, event: 'diffusion', epoch: null,
		}], 'drift', 'DRIFT'],
		['where gradients have no spread', [three, ...measured(null)], 'undefined', 'SWITCH n/a'],
		['with one batch an epoch', [exampleStart({hidden: [4, 3], batchSize: 3276}), ...measured(null)], 'undefined', 'SWITCH n/a (one batch an epoch)'],
	])('%s is in words: %s', (_, events, name, text) => {
		const history = historyOf(...events);
		expect(networkPhase(history).name).toBe(name);
		expect(phaseText(history)).toBe(text);
	});

	it('spans from the first layer\'s switch to the last one\'s', () => {
		expect(networkPhase(historyOf(three, ...drifting, switched(1, 12), switched(2, 18), switched(3, 15))).interval).toEqual([12, 18]);
		expect(networkPhase(historyOf(three, ...drifting)).interval).toBeUndefined();
	});

	it('is over only when every layer whose gradients have a spread has switched', () => {
		const withRatio = (index: number, ratio: number | null) => drifting.map(event => ({
			...event, layers: event.layers.map((layer, each) => each === index ? {...layer, gradient: {mean: 0.5, std: ratio === null ? 0 : 1, ratio}} : layer),
		}));
		const others = [switched(1, 12), switched(3, 15)];
		expect(networkPhase(historyOf(three, ...withRatio(1, null), ...others))).toMatchObject({name: 'diffusion', switched: 2, layers: 2});
		expect(networkPhase(historyOf(three, ...withRatio(1, 0.5), ...others))).toMatchObject({name: 'switching', switched: 2, layers: 3});
	});
});

describe('a layer\'s switch', () => {
	it.each([
		['not yet', 3, 'not-yet'],
		['never drifted', 0.5, 'never-drifted'],
		['no answer', null, 'undefined'],
	])('is %s for a ratio of %s', (_, ratio, state) => {
		expect(switchOf(historyOf(start, ...epochs(20, ratio)), 2).state).toBe(state);
	});

	it('is what the trainer announced, reversals included', () => {
		const history = historyOf(start, ...epochs(20, 3), switched(2, 12), {
			type: 'phase', layer: 2, event: 'reversal', epoch: 16,
		});
		expect(switchOf(history, 2)).toEqual({state: 'switched', epoch: 12, reversals: [16]});
	});
});

describe('what is shown', () => {
	const history = historyOf(start, exampleEpoch(0), exampleEpoch(5));

	it('is the newest measured epoch', () => {
		expect(currentEpoch(emptyHistory)).toBe(0);
		expect(currentEpoch(history)).toBe(5);
	});

	it.each([[0, 'bins'], [1, 'width:0.07'], [2, 'bins'], [7, 'width:0.07']])('is, for the choice %d, the estimator %s: round and round', (index, id) => {
		expect(estimatorAt(history, index)).toBe(id);
	});

	it('is no estimator before the start', () => {
		expect(estimatorAt(emptyHistory, 3)).toBe('');
	});

	it('are the points of one layer under one estimator', () => {
		expect(planePoints(history, 3, 'bins')).toEqual(history.epochs.map(({epoch, layers}) => ({epoch, ...layers[2]!.information['bins']!})));
		expect(planePoints(history, 3, 'kde:0.001')).toEqual([]);
		expect(planePoints(history, 99, 'bins')).toEqual([]);
	});

	it('is a series of a quantity, null where there is none', () => {
		expect(layerSeries(history, 2, 'weight norm', ({weightNorm}) => weightNorm)).toEqual([4, 4]);
		expect(layerSeries(history, 99, 'weight norm', ({weightNorm}) => weightNorm)).toEqual([null, null]);
	});

	it('is n/a only where one batch holds the whole training set', () => {
		expect(isOneBatch(historyOf(exampleStart({batchSize: 3276})))).toBe(true);
		expect(isOneBatch(historyOf(exampleStart({batchSize: 3275})))).toBe(false);
		expect(isOneBatch(emptyHistory)).toBe(false);
	});

	it.each<readonly [RunEvent[], string]>([
		[[], ''],
		[[{type: 'pause', epoch: 5}], 'PAUSED'],
		[[{type: 'end', reason: 'finished', epoch: 5}], 'FINISHED in 0 s'],
		[[{type: 'end', reason: 'stopped', epoch: 5}], 'STOPPED'],
		[[{type: 'end', reason: 'diverged', epoch: 5}], 'DIVERGED'],
		[[{type: 'end', reason: 'failed'}], 'FAILED'],
	])('says after %j: %j', (events, text) => {
		expect(stateText(historyOf(start, exampleEpoch(5), ...events))).toBe(text);
	});
});
