/** What becomes of a drop directory: files in any order, written anew, missing, late, bad. */
import {existsSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {
	describe, expect, it, onTestFinished, vi,
} from 'vitest';
import {followDirectory, type FollowOptions} from '../../source/foreign/follow-directory.js';
import {npzLimits} from '../../source/foreign/limits.js';
import {foreignPast, noPast} from '../../source/foreign/past.js';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {type EpochEvent, type RunEvent} from '../../source/run/events.js';
import {
	dropFile, dropLabels as y, dropLayer, dropStep, number,
} from '../helpers/drop.js';
import {until} from '../helpers/until.js';
import {temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 30_000});

const stepsOf = (history: History) => history.epochs.map(({step}) => step);
const warningsIn = (events: readonly RunEvent[]) => events.flatMap(event => event.type === 'warning' ? [event.message] : []);

const pastOf = async (events: readonly RunEvent[]) => foreignPast((async function * () {
	for (const event of events) {
		yield {event};
	}
})());

/** Follows a directory until the test is over. */
function follow(folder: string, options: Partial<FollowOptions> = {}, before = emptyHistory) {
	const events: RunEvent[] = [];
	const asked: {stop?: string; requests: Array<'pause' | 'resume'>} = {requests: []};
	const state: {history: History; isOver: boolean} = {history: before, isOver: false};
	const done = (async () => {
		for await (const {event} of followDirectory({
			run: 'test',
			folder,
			past: noPast,
			isOnce: false,
			limits: npzLimits({}),
			estimators: ['uniform:30', 'bins'],
			wishes: {takeRequests: () => asked.requests.splice(0).map(name => ({name, by: 'the test'})), signal: () => asked.stop},
			now: () => performance.now(),
			...options,
		})) {
			events.push(event);
			state.history = reduce(state.history, event);
		}

		state.isOver = true;
	})();
	onTestFinished(async () => {
		asked.stop = 'the test is over';
		await done;
	});
	return {
		events, asked, state, done,
	};
}

const once = async (folder: string, options: Partial<FollowOptions> = {}, before = emptyHistory) => {
	const followed = follow(folder, {...options, isOnce: true}, before);
	await followed.done;
	return followed;
};

describe('a directory that is read once', () => {
	it('becomes a run: what the first file says of the layers, then every step in its order, whatever the files are called', async () => {
		const folder = path.join(temporaryFolder(), 'acts');
		for (const step of [10, 9, 100]) {
			dropStep(folder, `step-${step}.npz`, {
				y, 'act/second': dropLayer(4), loss: number(1 / step), accuracy: {shape: [2], values: Float32Array.of(0.5, 0.25)}, first: dropLayer(2),
			}, step);
		}

		dropFile(folder, 'step-11.npz.tmp', 'half of it');
		dropFile(folder, 'notes.txt', 'something else');
		const {events, state} = await once(folder);
		expect(events[0]).toMatchObject({
			type: 'start',
			run: 'test',
			source: {kind: 'directory', name: 'acts'},
			counts: 'steps',
			samples: 8,
			population: false,
			bounds: {x: 3, y: 1},
			layers: [{layer: 1, name: 'second', width: 1}, {layer: 2, name: 'first', width: 1}],
			estimators: ['uniform:30', 'bins'],
		});
		expect(stepsOf(state.history)).toEqual([9, 10, 100]);
		expect(state.history.epochs[1]).toMatchObject({
			epoch: 10,
			seconds: 60,
			loss: 0.1,
			accuracy: {train: 0.5, test: 0.25},
			layers: [
				{information: {'uniform:30': {x: expect.closeTo(informationOf(4), 9) as number}}, gradient: null, weightNorm: null},
				{information: {'uniform:30': {x: expect.closeTo(informationOf(2), 9) as number}}},
			],
		});
		expect(events.at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 100});
	});

	it('counts epochs where the files tell them, several steps in each', async () => {
		const folder = temporaryFolder();
		for (const step of [0, 50, 100, 150]) {
			dropStep(folder, step, {y, L1: dropLayer(), epoch: number(step / 100)});
		}

		const {state} = await once(folder);
		expect(state.history.start!.counts).toBe('epochs');
		expect(state.history.epochs.map(({epoch, step}) => [epoch, step])).toEqual([[0, 0], [0, 50], [1, 100], [1, 150]]);
	});

	it('takes labels and whether the rows are all there are from meta.npz, and a step\'s own labels before those', async () => {
		const folder = temporaryFolder();
		dropStep(folder, 'meta.npz', {y, population: {shape: [], values: Uint8Array.of(1), type: 'b1'}});
		dropStep(folder, 0, {L1: dropLayer()});
		dropStep(folder, 1, {L1: dropLayer(), p_y: {shape: [8], values: new Float64Array(8).fill(0.5)}});
		const {state} = await once(folder);
		expect(state.history.start).toMatchObject({population: true, bounds: {x: 3, y: 1}});
		expect(state.history.epochs.map(({layers}) => layers[0]!.information['uniform:30']!.y)).toEqual([1, 0]);
	});

	it('has gradients from batches, or from their mean and spread', async () => {
		const folder = temporaryFolder();
		dropStep(folder, 0, {
			y,
			L1: dropLayer(),
			L2: dropLayer(),
			'grad/L1': {shape: [2, 1, 2], values: Float32Array.of(3, 4, 3, 8)},
			'gmean/L2': {shape: [2], values: Float32Array.of(3, 4)},
			'gstd/L2': {shape: [2], values: Float32Array.of(0, 0)},
			'grad/L3': {shape: [2, 1], values: Float32Array.of(1, 2)},
		});
		const {state, events} = await once(folder);
		expect(state.history.epochs[0]!.layers.map(({gradient}) => gradient)).toEqual([
			{mean: Math.hypot(3, 6), std: 2, ratio: Math.hypot(3, 6) / 2}, {mean: 5, std: 0, ratio: null},
		]);
		expect(warningsIn(events)).toEqual(['there are gradients of "L3", which is no layer: name them as the activations']);
	});

	it('draws layers where they are there, and leaves out those that the first file did not have', async () => {
		const folder = temporaryFolder();
		dropStep(folder, 0, {y, L1: dropLayer(), L2: dropLayer()});
		dropStep(folder, 1, {y, L2: dropLayer(), L3: dropLayer()});
		dropStep(folder, 2, {y, L2: dropLayer(), L3: dropLayer()});
		const {state, events} = await once(folder);
		expect(state.history.epochs.map(({layers}) => layers.map(({information}) => Object.keys(information).length))).toEqual([[2, 2], [0, 2], [0, 2]]);
		expect(warningsIn(events)).toEqual([
			'the layer "L1" is missing in some files: it is drawn where it is there', 'the layer "L3" was not in the first file, and is left out',
		]);
	});

	it('waits for slow estimators at every step', async () => {
		const folder = temporaryFolder();
		for (const step of [0, 1, 2]) {
			dropStep(folder, step, {y, L1: dropLayer()});
		}

		const {state} = await once(folder, {estimators: undefined});
		expect(state.history.start!.estimators).toEqual(['bins', 'uniform:30', 'kde:0.1:loo']);
		expect(state.history.epochs.map(({layers}) => Object.keys(layers[0]!.information))).toEqual(Array.from({length: 3}, () => ['bins', 'uniform:30', 'kde:0.1:loo']));
	});

	it('measures by default what stands on each layer, and takes bins back from a layer that turns out to have no bounds', async () => {
		const folder = temporaryFolder();
		const relu = {shape: [8, 1], values: Float32Array.of(0, 0, 0, 0, 0.1, 0.2, 0.3, 0.4)};
		const others = {y, tanh: dropLayer(), relu};
		dropStep(folder, 0, {...others, linear: dropLayer()});
		dropStep(folder, 1, {...others, linear: dropLayer(8, 4)});
		const {state, events} = await once(folder, {estimators: undefined});
		expect(state.history.start!.estimators).toEqual(['uniform:30', 'kde:0.1:loo', 'bins']);
		const general = ['uniform:30', 'kde:0.1:loo'];
		expect(state.history.epochs.map(({layers}) => layers.map(({information}) => Object.keys(information)))).toEqual([
			[[...general, 'bins'], general, [...general, 'bins']], [[...general, 'bins'], general, general],
		]);
		expect(warningsIn(events)).toEqual(['the layer "linear" has left -1 to 1, so bins is no longer measured on it: e shows other estimators']);
	});

	it('names each bad file once, and the rest goes on', async () => {
		const folder = temporaryFolder();
		const good = {y, L1: dropLayer()};
		dropStep(folder, 0, good);
		dropFile(folder, 'step-1.npz', 'no npz');
		dropStep(folder, 2, {y, L1: {shape: [8, 1], values: new Float32Array(8).fill(Number.NaN)}});
		dropStep(folder, 3, {y: {shape: [4], values: Int32Array.of(0, 1, 0, 1)}, L1: {shape: [4, 1], values: new Float32Array(4)}});
		dropStep(folder, 4, {y});
		dropStep(folder, 5, {...good, 'act/L1': dropLayer()});
		dropStep(folder, 6, {...good, 'gmean/L1': number(1)});
		dropStep(folder, 7, {...good, loss: {shape: [3], values: new Float32Array(3)}});
		dropStep(folder, 8, {L1: dropLayer()});
		dropStep(folder, 9, good);
		const {state, events} = await once(folder);
		expect(stepsOf(state.history)).toEqual([0, 9]);
		const expected = [
			/^step-1\.npz is not an \.npz file/v,
			/^The array "L1" in step-00000002\.npz holds NaN/v,
			/^step-00000003\.npz has 4 rows and the run began with 8/v,
			/^step-00000004\.npz holds no activations/v,
			/^step-00000005\.npz holds the layer "L1" twice/v,
			/^The array "gmean\/L1" in step-00000006\.npz is alone: save gstd\/L1 beside it\.$/v,
			/^The array "loss" in step-00000007\.npz must be one number/v,
			/^step-00000008\.npz has no labels: save them once in meta\.npz/v,
		];
		expect(warningsIn(events)).toEqual(expected.map(said => expect.stringMatching(said) as string));
	});

	it('fails in a sentence where nothing can be read', async () => {
		const folder = path.join(temporaryFolder(), 'acts');
		const empty = await once(folder);
		expect(empty.events.at(-1)).toMatchObject({type: 'end', reason: 'failed', message: expect.stringMatching(/^There is no step in acts: a file step-00000000\.npz, see .*\.$/v) as string});
		dropFile(folder, 'step-1.npz', '');
		const bad = await once(folder);
		expect(bad.events.at(-1)).toMatchObject({type: 'end', reason: 'failed', message: expect.stringMatching(/^step-1\.npz is empty/v) as string});
	});

	it('keeps to the limits', async () => {
		const folder = temporaryFolder();
		dropStep(folder, 0, {y, L1: {shape: [8, 4000], values: new Float32Array(32_000)}});
		const {events} = await once(folder, {limits: npzLimits({numbers: 10_000})});
		expect(warningsIn(events)).toEqual([expect.stringMatching(/ibtop reads at most/v)]);
	});
});

describe('a directory that is followed', () => {
	it('may be empty, or not be there, for a while', async () => {
		const folder = path.join(temporaryFolder(), 'acts');
		const {events, state} = follow(folder);
		await until('it waits', () => events.length > 0);
		expect(warningsIn(events)).toEqual(['waiting for the first step in acts: a file step-00000000.npz, see "Watch any network" in the README']);
		dropStep(folder, 0, {y, L1: dropLayer()});
		await until('the first step', () => state.history.epochs.length === 1);
	});

	it('takes a file that comes late to its place', async () => {
		const folder = temporaryFolder();
		const {events, state} = follow(folder);
		dropStep(folder, 5, {y, L1: dropLayer(5)});
		await until('step 5', () => state.history.epochs.length === 1);
		dropStep(folder, 3, {y, L1: dropLayer(3)});
		dropStep(folder, 7, {y, L1: dropLayer(7)});
		await until('the others', () => state.history.epochs.length === 3);
		expect(stepsOf(state.history)).toEqual([3, 5, 7]);
		expect(events.filter(({type}) => type === 'resume')).toEqual([]);
	});

	it('knows a training that was started again by the step that it writes anew, and takes what it has written since', async () => {
		const folder = temporaryFolder();
		for (const step of [0, 1, 2, 3, 4]) {
			dropStep(folder, step, {y, L1: dropLayer(8)}, step);
		}

		const {events, state} = follow(folder);
		await until('all', () => state.history.epochs.length === 5);
		dropStep(folder, 3, {y, L1: dropLayer(3)}, 11);
		dropStep(folder, 2, {y, L1: dropLayer(2)}, 10);
		await until('the steps that were written anew', () => state.history.epochs.length === 4 && state.history.epochs.at(-1)!.layers[0]!.information['bins']!.x < 2.9);
		expect(stepsOf(state.history)).toEqual([0, 1, 2, 3]);
		expect(state.history.epochs.map(({layers}) => layers[0]!.information['uniform:30']!.x)).toEqual([3, 3, informationOf(2), informationOf(3)].map(bits => expect.closeTo(bits, 9) as number));
		expect(warningsIn(events)).toContain('step 2 was written anew: the training goes on from there');
		dropStep(folder, 4, {y, L1: dropLayer(4)}, 12);
		await until('the next', () => state.history.epochs.length === 5);
	});

	it('reads a step again without ado where only the last one is written anew', async () => {
		const folder = temporaryFolder();
		const {events, state} = follow(folder);
		dropStep(folder, 1, {y, L1: dropLayer(8)}, 1);
		await until('it', () => state.history.epochs.length === 1);
		dropStep(folder, 1, {y, L1: dropLayer(2)}, 2);
		await until('the other', () => state.history.epochs[0]!.layers[0]!.information['bins']!.x < 1);
		expect(stepsOf(state.history)).toEqual([1]);
		expect(warningsIn(events).filter(message => message.includes('anew'))).toEqual([]);
	});

	it('does not mind files that are removed', async () => {
		const folder = temporaryFolder();
		const file = dropStep(folder, 0, {y, L1: dropLayer()});
		const {state} = follow(folder);
		await until('it', () => state.history.epochs.length === 1);
		rmSync(file);
		dropStep(folder, 1, {y, L1: dropLayer()});
		await until('the next', () => state.history.epochs.length === 2);
		expect(existsSync(file)).toBe(false);
	});

	it('waits for labels that come after the first steps, and says so once', async () => {
		const folder = temporaryFolder();
		const {events, state} = follow(folder);
		for (const step of [0, 1, 2]) {
			dropStep(folder, step, {L1: dropLayer()});
		}

		await until('it says so', () => warningsIn(events).some(message => message.includes('has no labels')));
		dropStep(folder, 'meta.npz', {y});
		await until('the steps', () => state.history.epochs.length === 3);
		expect(stepsOf(state.history)).toEqual([0, 1, 2]);
		expect(warningsIn(events).filter(message => message.includes('has no labels'))).toHaveLength(1);
	});

	it('reads a file that was not complete when it was seen, and says nothing of it', async () => {
		const folder = temporaryFolder();
		let clock = 0;
		const {events, state} = follow(folder, {now: () => clock});
		const whole = dropStep(temporaryFolder(), 0, {y, L1: dropLayer()});
		dropFile(folder, 'step-0.npz', readFileSync(whole).subarray(0, 300));
		dropStep(folder, 1, {y, L1: dropLayer()});
		await until('the other', () => state.history.epochs.length === 1);
		clock += 900;
		dropFile(folder, 'step-0.npz', readFileSync(whole));
		await until('both', () => state.history.epochs.length === 2);
		clock += 10_000;
		dropFile(folder, 'step-2.npz', 'bad');
		await until('the bad one is seen', () => {
			clock += 1000;
			return warningsIn(events).some(message => message.startsWith('step-2.npz'));
		});
		expect(warningsIn(events).filter(message => message.includes('step-0.npz'))).toEqual([]);
	});

	it('obeys: pauses, goes on, and stops', async () => {
		const folder = temporaryFolder();
		const {events, state, asked, done} = follow(folder);
		dropStep(folder, 0, {y, L1: dropLayer()});
		await until('the first step', () => state.history.epochs.length === 1);
		asked.requests.push('pause');
		await until('it pauses', () => state.history.isPaused);
		dropStep(folder, 1, {y, L1: dropLayer()});
		asked.requests.push('resume');
		await until('it goes on', () => state.history.epochs.length === 2);
		asked.stop = 'SIGTERM';
		await done;
		expect(events.map(({type}) => type)).toEqual(['start', 'epoch', 'pause', 'resume', 'epoch', 'end']);
		expect(events.at(-1)).toEqual({
			type: 'end', reason: 'stopped', epoch: 1, message: 'SIGTERM',
		});
	});
});

describe('a run that goes on', () => {
	it('reads what it has not read, and what was written anew meanwhile', async () => {
		const folder = temporaryFolder();
		for (const step of [0, 1, 2]) {
			dropStep(folder, step, {y, L1: dropLayer()}, step);
		}

		const before = await once(folder, {estimators: undefined});
		dropStep(folder, 3, {y, L1: dropLayer()}, 3);
		const more = await once(folder, {past: await pastOf(before.events), estimators: undefined}, before.state.history);
		expect(more.events.map(event => event.type === 'epoch' ? event.step : event.type)).toEqual(['resume', 3, 'end']);
		expect(more.state.history.start!.estimators).toEqual(['bins', 'uniform:30', 'kde:0.1:loo']);
		expect(Object.keys((more.events[1] as EpochEvent).layers[0]!.information)).toEqual(['bins', 'uniform:30', 'kde:0.1:loo']);
		dropStep(folder, 1, {y, L1: dropLayer(2)}, 9);
		const again = await once(folder, {past: await pastOf([...before.events, ...more.events]), estimators: undefined}, more.state.history);
		expect(stepsOf(again.state.history)).toEqual([0, 1]);
	});
});

/** H of eight equally likely rows of which the last share a cell. */
function informationOf(cells: number): number {
	const last = 8 - cells + 1;
	return 3 - (last * Math.log2(last) / 8);
}
