import {describe, expect, it} from 'vitest';
import {emptyHistory, reduce} from '../../source/history/reduce.js';
import {type RunEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const start = exampleStart();
const phase = (layer: number, event: 'diffusion' | 'reversal' | 'compression', epoch: number | null, estimator?: string): RunEvent => ({
	type: 'phase', layer, event, epoch, ...(estimator !== undefined && {estimator}),
});

describe('a history', () => {
	it('begins with nothing, and with the start event has a place for each layer', () => {
		expect(emptyHistory).toMatchObject({
			start: undefined, epochs: [], phases: [], isPaused: false, end: undefined, damaged: 0,
		});
		const history = historyOf(start);
		expect(history.start).toBe(start);
		expect(history.phases).toEqual(Array.from({length: 6}, () => ({switch: null, reversals: [], onset: {}})));
	});

	it('keeps the measured epochs in order', () => {
		const epochs = [0, 1, 2, 5].map(epoch => exampleEpoch(epoch));
		expect(historyOf(start, ...epochs).epochs).toEqual(epochs);
	});

	it('is a value: an event leaves the history before it as it was', () => {
		const before = Object.freeze(historyOf(start, exampleEpoch(0), phase(1, 'diffusion', 5), phase(1, 'reversal', 9)));
		const copy = structuredClone(before);
		const events = [
			exampleEpoch(1), phase(1, 'diffusion', null), phase(1, 'reversal', 12), {type: 'warning', message: 'x'}, {type: 'resume', epoch: 0}, {type: 'end', reason: 'finished'},
		] as const;
		for (const event of events) {
			expect(reduce(before, event)).not.toBe(before);
		}

		expect(before).toEqual(copy);
	});

	it('knows each layer\'s switch, its reversals and its onset under each estimator', () => {
		const reversals = [phase(2, 'reversal', 60), phase(2, 'reversal', 90)];
		const {phases} = historyOf(start, phase(2, 'diffusion', 40), ...reversals, phase(5, 'compression', 171, 'bins'), phase(5, 'compression', 200, 'width:0.07'));
		expect(phases[1]).toEqual({switch: 40, reversals: [60, 90], onset: {}});
		expect(phases[4]).toEqual({switch: null, reversals: [], onset: {bins: 171, 'width:0.07': 200}});
		expect(phases[0]).toEqual({switch: null, reversals: [], onset: {}});
	});

	it('forgets what is withdrawn: a switch with its reversals, an onset', () => {
		const {phases} = historyOf(start, phase(2, 'diffusion', 40), phase(2, 'reversal', 60), phase(2, 'diffusion', null), phase(3, 'compression', 9, 'bins'), phase(3, 'compression', null, 'bins'));
		expect(phases[1]).toEqual({switch: null, reversals: [], onset: {}});
		expect(phases[2]!.onset['bins']).toBeNull();
	});

	it('takes a switch that moves, without the reversals of the old one', () => {
		const {phases} = historyOf(start, phase(2, 'diffusion', 40), phase(2, 'reversal', 60), phase(2, 'diffusion', 80));
		expect(phases[1]).toEqual({switch: 80, reversals: [], onset: {}});
	});

	it.each([0, 7, 99])('is not disturbed by a phase of layer %d, which it does not have', layer => {
		expect(historyOf(start, phase(layer, 'diffusion', 40)).phases).toEqual(historyOf(start).phases);
	});

	it('is paused from pause to resume, or to the end', () => {
		expect(historyOf(start, {type: 'pause', epoch: 4}).isPaused).toBe(true);
		expect(historyOf(start, {type: 'pause', epoch: 4}, {type: 'resume', epoch: 4}).isPaused).toBe(false);
		expect(historyOf(start, {type: 'pause', epoch: 4}, {type: 'end', reason: 'stopped'}).isPaused).toBe(false);
	});

	it('drops on resume what was measured after that epoch, phases included, and keeps the rest', () => {
		const history = historyOf(
			start,
			...[0, 10, 20, 30].map(epoch => exampleEpoch(epoch)),
			phase(1, 'diffusion', 10),
			phase(1, 'reversal', 20),
			phase(1, 'reversal', 30),
			phase(2, 'diffusion', 30),
			phase(3, 'compression', 20, 'bins'),
			phase(3, 'compression', 30, 'width:0.07'),
			{type: 'end', reason: 'stopped'},
			{type: 'resume', epoch: 20},
		);
		expect(history.epochs.map(({epoch}) => epoch)).toEqual([0, 10, 20]);
		expect(history.end).toBeUndefined();
		expect(history.phases.slice(0, 3)).toEqual([
			{switch: 10, reversals: [20], onset: {}},
			{switch: null, reversals: [], onset: {}},
			{switch: null, reversals: [], onset: {bins: 20, 'width:0.07': null}},
		]);
	});

	it('remembers the newest twenty warnings', () => {
		const warnings = Array.from({length: 25}, (_, index): RunEvent => ({type: 'warning', message: `warning ${index}`}));
		expect(historyOf(start, ...warnings).warnings).toEqual(Array.from({length: 20}, (_, index) => `warning ${index + 5}`));
	});

	it('knows how the run ended', () => {
		const end = {
			type: 'end', reason: 'diverged', epoch: 3, message: 'NaN',
		} as const;
		expect(historyOf(start, end).end).toEqual(end);
	});

	it('begins anew with another start event, but keeps the count of damaged lines', () => {
		const history = reduce({...historyOf(start, exampleEpoch(3), phase(1, 'diffusion', 3)), damaged: 2}, start);
		expect(history).toEqual({...historyOf(start), damaged: 2});
	});
});

describe('the announcement', () => {
	it.each<readonly [string, RunEvent[], string | undefined]>([
		['is nothing at first', [], undefined],
		['is the newest switch, in words', [phase(5, 'diffusion', 171)], 'layer 5: drift → diffusion at epoch 171'],
		['is the newer of two', [phase(5, 'diffusion', 171), phase(4, 'diffusion', 200)], 'layer 4: drift → diffusion at epoch 200'],
		['is a switch that has moved', [phase(5, 'diffusion', 171), phase(5, 'diffusion', 180)], 'layer 5: drift → diffusion at epoch 180'],
		['is not a reversal, nor an onset', [phase(5, 'diffusion', 171), phase(5, 'reversal', 300), phase(4, 'compression', 90, 'bins')], 'layer 5: drift → diffusion at epoch 171'],
		['is none of a run that begins anew', [phase(5, 'diffusion', 171), start], undefined],
	])('%s', (_, events, expected) => {
		expect(historyOf(start, ...events).announcement).toBe(expected);
	});

	it('is not of a switch that has been withdrawn', () => {
		expect(historyOf(start, phase(5, 'diffusion', 171), phase(5, 'diffusion', null)).announcement).toBeUndefined();
	});
});
