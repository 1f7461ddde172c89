import {describe, expect, it} from 'vitest';
import {historyAt} from '../../source/history/past.js';
import {type RunEvent} from '../../source/run/events.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';

const measured = [0, 1, 2, 5, 10, 16, 40, 60, 90, 120];
const phases: RunEvent[] = [
	{
		type: 'phase', layer: 1, event: 'diffusion', epoch: 16,
	},
	{
		type: 'phase', layer: 2, event: 'diffusion', epoch: 40,
	},
	{
		type: 'phase', layer: 1, event: 'reversal', epoch: 60,
	},
	{
		type: 'phase', layer: 1, event: 'reversal', epoch: 90,
	},
	{
		type: 'phase', layer: 5, event: 'compression', estimator: 'bins', epoch: 40,
	},
	{
		type: 'phase', layer: 5, event: 'compression', estimator: 'width:0.07', epoch: 90,
	},
];
const history = historyOf(exampleStart(), ...measured.map(epoch => exampleEpoch(epoch)), ...phases, {type: 'warning', message: 'kept'}, {type: 'end', reason: 'finished', epoch: 120});

describe('a history as it was', () => {
	it.each(measured.slice(0, -1).map((epoch, index) => [index, epoch] as const))('at the measured epoch number %d knows of none after epoch %d, and of no end', (index, epoch) => {
		const past = historyAt(history, index);
		expect(past.epochs).toEqual(history.epochs.slice(0, index + 1));
		expect(past.epochs.at(-1)!.epoch).toBe(epoch);
		expect(past.end).toBeUndefined();
	});

	it.each([
		[4, {switch: null, reversals: [], onset: {}}, null, {bins: null, 'width:0.07': null}],
		[5, {switch: 16, reversals: [], onset: {}}, null, {bins: null, 'width:0.07': null}],
		[6, {switch: 16, reversals: [], onset: {}}, 40, {bins: 40, 'width:0.07': null}],
		[7, {switch: 16, reversals: [60], onset: {}}, 40, {bins: 40, 'width:0.07': null}],
		[8, {switch: 16, reversals: [60, 90], onset: {}}, 40, {bins: 40, 'width:0.07': 90}],
	])('at the measured epoch number %d knows what had happened to the layers by then', (index, first, second, onset) => {
		const past = historyAt(history, index);
		expect(past.phases[0]).toEqual(first);
		expect(past.phases[1]!.switch).toBe(second);
		expect(past.phases[4]!.onset).toEqual(onset);
	});

	it('is what there is now at the newest measured epoch, and beyond it', () => {
		expect(historyAt(history, measured.length - 1)).toBe(history);
		expect(historyAt(history, measured.length + 5)).toBe(history);
	});

	it('is not paused, though the run may be now', () => {
		const paused = {...exampleHistory(), isPaused: true};
		expect(historyAt(paused, 3).isPaused).toBe(false);
		expect(historyAt(paused, paused.epochs.length - 1).isPaused).toBe(true);
	});

	it('keeps what is of no epoch: the start, the warnings, the damaged lines', () => {
		const {start, warnings, damaged} = historyAt({...history, damaged: 3}, 2);
		expect({start, warnings, damaged}).toEqual({start: history.start, warnings: ['kept'], damaged: 3});
	});

	it('leaves the history as it was', () => {
		const copy = structuredClone(history);
		historyAt(history, 2);
		expect(history).toEqual(copy);
	});

	it('is there for a run without epochs', () => {
		const empty = historyOf(exampleStart());
		expect(historyAt(empty, 0)).toBe(empty);
	});
});
