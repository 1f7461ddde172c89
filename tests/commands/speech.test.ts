import {
	afterEach, beforeEach, describe, expect, it, vi,
} from 'vitest';
import {createSpeaker, type Speaker} from '../../source/commands/speech.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {type RunEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

type Said = {readonly at: number; readonly text: string};

/** A speaker that hears the events of a run, and all that it has said and when. */
function listening(): {hear: (...events: RunEvent[]) => void; speaker: Speaker; said: Said[]; texts: () => string} {
	const said: Said[] = [];
	const began = performance.now();
	let history: History = emptyHistory;
	const speaker = createSpeaker(text => {
		said.push({at: performance.now() - began, text});
	});
	return {
		speaker,
		said,
		hear(...events) {
			for (const event of events) {
				history = reduce(history, event);
				speaker.hear(event, history);
			}
		},
		texts: () => said.map(({text}) => text).join(' '),
	};
}

const switched = (layer: number, epoch: number | null): RunEvent => ({
	type: 'phase', layer, event: 'diffusion', epoch,
});

describe('what is said for a screen reader', () => {
	it('is nothing before anything has happened', () => {
		const {said} = listening();
		vi.advanceTimersByTime(60_000);
		expect(said).toEqual([]);
	});

	it('begins at once with what is trained', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(0);
		expect(said).toEqual([{at: 0, text: 'Training mine with 6 layers on the engine builtin.'}]);
	});

	it('is at most one sentence a second, however much happens', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		for (let epoch = 0; epoch < 500; epoch++) {
			hear(exampleEpoch(epoch));
			vi.advanceTimersByTime(20);
		}

		expect(said.length).toBeGreaterThanOrEqual(10);
		expect(said.length).toBeLessThanOrEqual(11);
		const pauses = said.slice(1).map(({at}, index) => at - said[index]!.at);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1000);
	});

	it('tells the numbers as they are when it is said, not as they were when the second began', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(0);
		hear(exampleEpoch(1), exampleEpoch(2), exampleEpoch(100));
		vi.advanceTimersByTime(1000);
		expect(said[1]!.text).toBe('Epoch 100 of 8,000, loss 0.35, test accuracy 85.0 %. 0 of 6 layers have switched from drift to diffusion.');
	});

	it('is said when it happens, after a quiet second', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(5000);
		hear(switched(5, 171));
		vi.advanceTimersByTime(0);
		expect(said.map(({at}) => at)).toEqual([0, 5000]);
	});

	it.each<readonly [RunEvent, string]>([
		[switched(5, 171), 'Layer 5 switches from drift to diffusion from epoch 171.'],
		[switched(5, null), 'Layer 5: what was said before is withdrawn, it has not been so.'],
		[{
			type: 'phase', layer: 2, event: 'reversal', epoch: 300,
		}, 'Layer 2 drifts again from epoch 300.'],
		[{
			type: 'phase', layer: 4, event: 'compression', estimator: 'bins', epoch: 90,
		}, 'Layer 4 compresses, as bins sees it, from epoch 90.'],
		[{type: 'pause', epoch: 4}, 'Training is paused.'],
		[{type: 'resume', epoch: 4}, 'Training goes on at epoch 4.'],
		[{type: 'warning', message: 'The disk is nearly full.'}, 'The disk is nearly full.'],
	])('says of %j: %s', (event, text) => {
		const {hear, said} = listening();
		hear(event);
		vi.advanceTimersByTime(0);
		expect(said.map(each => each.text)).toEqual([text]);
	});

	it('holds everything that happened within a second, in order, the numbers last', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(0);
		hear(exampleEpoch(171), switched(5, 171), exampleEpoch(180), {type: 'warning', message: 'A note.'}, switched(6, 180), {type: 'pause', epoch: 180});
		vi.advanceTimersByTime(1000);
		expect(said[1]!.text).toMatch(/^Layer 5 switches .* 171\. A note\. Layer 6 switches .* 180\. Training is paused\. Epoch 180 of 8,000, .*\.$/v);
	});

	it('counts a layer that it has just said to switch', () => {
		const {hear, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(0);
		hear(exampleEpoch(180), switched(6, 180));
		vi.advanceTimersByTime(1000);
		expect(said[1]!.text).toMatch(/ 1 of 6 layers /v);
	});

	it('leaves out nothing that happened in a long run, and says none of it twice', () => {
		const {hear, speaker, texts} = listening();
		hear(exampleStart());
		for (let index = 0; index < 60; index++) {
			hear({type: 'warning', message: `Note number ${index}.`}, exampleEpoch(index));
			vi.advanceTimersByTime(170);
		}

		speaker.finish();
		const notes = Array.from({length: 60}, (_, index) => texts().split(`Note number ${index}.`).length - 1);
		expect(notes).toEqual(Array.from({length: 60}, () => 1));
	});

	it('says nothing while nothing changes', () => {
		const {hear, said} = listening();
		hear(exampleStart(), exampleEpoch(7));
		vi.advanceTimersByTime(0);
		hear(exampleEpoch(7));
		vi.advanceTimersByTime(2000);
		const before = said.length;
		hear(exampleEpoch(7));
		vi.advanceTimersByTime(60_000);
		expect(said).toHaveLength(before);
	});

	it('does not mention layers where gradients have no spread, nor a test set where there is none', () => {
		const {hear, said} = listening();
		const epoch = exampleEpoch(5, {ratio: null});
		hear(exampleStart(), {...epoch, accuracy: {train: 0.9, test: null}});
		vi.advanceTimersByTime(0);
		expect(said[0]!.text).toMatch(/ Epoch 5 of 8,000, loss 0\.667\.$/v);
	});
});

describe('at the end', () => {
	it('the rest is said at once, and nothing after it', () => {
		const {hear, speaker, said} = listening();
		hear(exampleStart());
		vi.advanceTimersByTime(0);
		hear(exampleEpoch(8000), switched(1, 7000), {type: 'end', reason: 'finished', epoch: 8000});
		expect(said).toHaveLength(1);
		speaker.finish();
		expect(said).toHaveLength(2);
		expect(said[1]!.text).toMatch(/^Layer 1 switches .* 7,000\. Epoch 8,000 of 8,000, /v);
		vi.advanceTimersByTime(60_000);
		speaker.finish();
		expect(said).toHaveLength(2);
	});

	it('nothing is said where there is nothing to say', () => {
		const {speaker, said} = listening();
		speaker.finish();
		expect(said).toEqual([]);
	});
});
