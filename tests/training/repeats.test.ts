import {
	describe, expect, it, vi,
} from 'vitest';
import {builtin, epochEvents, eventsOf} from '../helpers/train.js';
import {type UserError} from '../../source/errors.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {loadPreset} from '../../source/preset/load.js';
import {type Preset} from '../../source/preset/schema.js';
import {type Request} from '../../source/run/control.js';
import {type EpochEvent, type RunEvent, runEventSchema} from '../../source/run/events.js';
import {createCheckpointTimer} from '../../source/training/checkpoint-timer.js';
import {createClock} from '../../source/training/clock.js';
import {type Wishes} from '../../source/training/obeying.js';
import {conduct} from '../../source/training/repeats/conduct.js';
import {createGate, openGate} from '../../source/training/repeats/gate.js';
import {
	checkMemory, enginesThatFit, memoryNeeds, repeatsThatFit,
} from '../../source/training/repeats/memory.js';
import {Roster} from '../../source/training/repeats/roster.js';
import {allRepeats, dealRepeats, repeatSeed} from '../../source/training/repeats/shares.js';
import {inSharedMemory, sharing} from '../../source/training/repeats/shared-dataset.js';
import {createStuckWatch} from '../../source/training/repeats/stuck.js';
import {measuredEpochs} from '../../source/training/schedule.js';

vi.setConfig({testTimeout: 120_000});

const tanh = loadPreset('tanh');
const withEpochs = (preset: Preset, epochs: number): Preset => ({...preset, training: {...preset.training, epochs}});
const noWishes: Wishes = {takeRequests: () => [], signal: () => undefined};

/** The events of a run with repeats. */
async function * conducting(preset: Preset, repeats: number, threads: number, wishes = noWishes): AsyncGenerator<RunEvent, void> {
	for await (const event of conduct({
		run: 'test', preset: {...preset, repeats}, dataset: loadDataset(preset.dataset, preset.seed), engine: builtin, wishes, clock: createClock(), checkpoints: createCheckpointTimer(0), threads,
	})) {
		if (event.type !== 'states') {
			yield event;
		}
	}
}

async function conducted(preset: Preset, repeats: number, threads: number): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const event of conducting(preset, repeats, threads)) {
		events.push(event);
	}

	return events;
}

/** What is measured of one repeat and found in it, without its number and without times, as the single run of its seed tells it. */
const numbersOf = (events: readonly RunEvent[], repeat?: number) => events
	.filter(event => event.type === 'epoch' || event.type === 'phase')
	.filter(event => event.repeat === repeat)
	.map(({repeat: _repeat, ...event}) => event.type === 'epoch' ? {...event, seconds: 0} : event);

/** A run with nothing beside it, and what is found in it. */
async function single(preset: Preset): Promise<RunEvent[]> {
	const announcer = new PhaseAnnouncer();
	const events = await eventsOf(preset);
	return events.flatMap(event => [event, ...announcer.take(event)]);
}

describe('a repeat', () => {
	it.each([
		['tanh', withEpochs(tanh, 40)],
		['relu, a slow estimator among the quick', {...withEpochs(loadPreset('relu'), 1), network: {...tanh.network, hidden: [4, 3]}, estimators: ['bins', 'kde:0.001', 'width:0.07']}],
		['values of 8 bits', withEpochs(loadPreset('relu-8bit'), 1)],
		['labels that are drawn', withEpochs(loadPreset('stochastic'), 6)],
	])('tells bit for bit what the single run with its seed tells, whatever runs beside it (%s)', async (_, preset) => {
		const alone = new Map<number, unknown>();
		for (const repeat of [1, 2, 3, 4, 5]) {
			alone.set(repeat, numbersOf(await single({...preset, seed: repeatSeed(7, repeat)})));
		}

		expect(new Set([...alone.values()].map(events => JSON.stringify(events))).size).toBe(5);
		for (const [repeats, threads] of [[1, 1], [3, 2], [5, 1], [5, 2]] as const) {
			const events = await conducted({...preset, seed: 7}, repeats, threads);
			for (let repeat = 1; repeat <= repeats; repeat++) {
				// As JSON, which tells numbers apart to their last bit, and the order of the fields.
				expect(JSON.stringify(numbersOf(events, repeat))).toBe(JSON.stringify(alone.get(repeat)));
			}
		}
	});

	it('that diverges ends alone, and the others go on', async () => {
		const preset: Preset = {
			...tanh,
			estimators: ['width:0.07'],
			network: {...tanh.network, activation: 'relu'},
			training: {...tanh.training, epochs: 12, optimizer: {name: 'sgd', learningRate: 100, momentum: 0.9}},
		};
		const events = await conducted(preset, 3, 2);
		const ends = events.filter(event => event.type === 'repeat-end').toSorted((a, b) => a.repeat - b.repeat);
		expect(ends).toEqual([
			{
				type: 'repeat-end', repeat: 1, reason: 'diverged', epoch: 1, message: expect.stringMatching(/^the (?:weights|activations) of layer \d became NaN/v) as string,
			},
			{
				type: 'repeat-end', repeat: 2, reason: 'finished', epoch: 12,
			},
			{
				type: 'repeat-end', repeat: 3, reason: 'finished', epoch: 12,
			},
		]);
		expect(epochEvents(events).filter(({repeat}) => repeat === 1).map(({epoch}) => epoch)).toEqual([0]);
		expect(epochEvents(events).filter(({repeat}) => repeat === 2)).toHaveLength(13);
		expect(events.at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 12});
	});
});

describe('a run with repeats', () => {
	it('starts once, ends each repeat and then itself, and tells events that the contract knows', async () => {
		const events = await conducted(withEpochs(tanh, 3), 4, 2);
		expect(events[0]).toMatchObject({
			type: 'start', run: 'test', seed: 1, repeats: 4, preset: {seed: 1, repeats: 4}, engine: 'builtin',
		});
		expect(events.filter(({type}) => type === 'start')).toHaveLength(1);
		expect(events.at(-1)).toEqual({type: 'end', reason: 'finished', epoch: 3});
		for (const repeat of [1, 2, 3, 4]) {
			const own = events.filter(event => 'repeat' in event && event.repeat === repeat);
			expect(epochEvents(own).map(({epoch}) => epoch)).toEqual([0, 1, 2, 3]);
			expect(own.at(-1)).toEqual({
				type: 'repeat-end', repeat, reason: 'finished', epoch: 3,
			});
		}

		for (const event of events) {
			const line = JSON.stringify(event);
			expect(runEventSchema.parse(JSON.parse(line))).toEqual(event);
		}

		const seconds = epochEvents(events).map(event => event.seconds);
		expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
	});

	it('lets all repeats grow together, though some threads have more to do than others', async () => {
		const grid = [...measuredEpochs(20)];
		const places = new Map([1, 2, 3, 4, 5, 6].map(repeat => [repeat, -1]));
		let furthestApart = 0;
		for (const {repeat, epoch} of epochEvents(await conducted({...withEpochs(tanh, 20), estimators: ['bins']}, 6, 4))) {
			places.set(repeat!, grid.indexOf(epoch));
			furthestApart = Math.max(furthestApart, Math.max(...places.values()) - Math.min(...places.values()));
		}

		expect(furthestApart).toBeLessThanOrEqual(3);
	});

	it('has diverged when all its repeats have', async () => {
		const preset: Preset = {
			...tanh,
			estimators: ['width:0.07'],
			network: {...tanh.network, activation: 'linear'},
			training: {...tanh.training, epochs: 100, optimizer: {name: 'sgd', learningRate: 10, momentum: 0.9}},
		};
		const events = await conducted(preset, 3, 2);
		expect(events.filter(({type}) => type === 'repeat-end')).toHaveLength(3);
		const said = /^in all 3 repeats; in repeat \d the (?:weights|activations) of layer \d became NaN or infinite by epoch \d; try a smaller learning rate$/v;
		expect(events.at(-1)).toMatchObject({type: 'end', reason: 'diverged', message: expect.stringMatching(said) as string});
	});

	it('is paused by one event, tells no epoch until it goes on, and is stopped where it stands', async () => {
		const requests: Request[] = [];
		const wishes: Wishes = {takeRequests: () => requests.splice(0), signal: () => undefined};
		const events: RunEvent[] = [];
		for await (const event of conducting(withEpochs(tanh, 100_000), 3, 2, wishes)) {
			events.push(event);
			if (event.type === 'epoch' && event.epoch === 3) {
				requests.push({name: 'pause', by: 'a test'});
			}

			if (event.type === 'pause') {
				requests.push({name: 'resume', by: 'a test'});
			}

			if (event.type === 'resume' && events.filter(({type}) => type === 'resume').length === 2) {
				requests.push({name: 'stop', by: 'a test'});
			}

			if (event.type === 'epoch' && event.epoch === 12) {
				requests.push({name: 'pause', by: 'a test'});
			}
		}

		const kinds = events.filter(({type}) => type === 'pause' || type === 'resume').map(({type}) => type);
		expect(kinds.slice(0, 4)).toEqual(['pause', 'resume', 'pause', 'resume']);
		for (const [index, event] of events.entries()) {
			if (event.type === 'pause') {
				expect(events[index + 1]).toEqual({type: 'resume', epoch: event.epoch});
				expect(event.epoch).toBeGreaterThanOrEqual(Math.max(...epochEvents(events.slice(0, index)).map(({epoch}) => epoch)));
			}
		}

		const last = new Map(epochEvents(events).map(({repeat, epoch}) => [repeat, epoch]));
		expect(events.at(-1)).toMatchObject({type: 'end', reason: 'stopped', message: 'a test'});
		expect((events.at(-1) as {epoch: number}).epoch).toBeGreaterThanOrEqual(Math.min(...last.values()));
		expect(events.filter(({type}) => type === 'repeat-end')).toEqual([]);
	});

	it('ends its threads when its reader leaves', async () => {
		for await (const event of conducting(withEpochs(tanh, 100_000), 2, 2)) {
			if (event.type === 'epoch') {
				break;
			}
		}
	});
});

describe('the gate', () => {
	it('lets a round through that is allowed, and stops every one once it is told to', () => {
		const gate = createGate();
		const pass = openGate(gate.memory, {onHold: () => undefined, onKeep: () => undefined});
		expect(pass(0)).toBe(true);
		gate.allow(2);
		expect(pass(2)).toBe(true);
		gate.stop();
		expect(pass(2)).toBe(false);
		expect(pass(9)).toBe(false);
	});

	it('numbers its pauses upwards', () => {
		const gate = createGate();
		const first = gate.pause();
		gate.go();
		expect(gate.pause()).toBeGreaterThan(first);
	});
});

describe('the roster', () => {
	const held = (pause: number, ...standings: Array<{repeat: number; epoch: number}>) => ({kind: 'held', pause, standings} as const);

	it('knows the slowest thread that has something to do, and the furthest epoch', () => {
		const roster = new Roster(2);
		expect(roster.slowest).toBe(-1);
		roster.note(0, {kind: 'round', round: 4});
		roster.note(1, {kind: 'round', round: 3});
		expect(roster.slowest).toBe(3);
		roster.note(1, {kind: 'over', standings: [], states: []});
		expect(roster.slowest).toBe(4);
		roster.note(0, held(1, {repeat: 1, epoch: 8}, {repeat: 3, epoch: 7}));
		expect(roster.furthest).toBe(8);
		expect(roster.isOver).toBe(false);
	});

	it('waits for every thread to stand still for this pause, and not for an earlier one', () => {
		const roster = new Roster(2);
		roster.note(0, held(3));
		roster.note(1, held(1));
		expect(roster.isHeld(2)).toBe(false);
		roster.note(1, held(4));
		expect(roster.isHeld(2)).toBe(true);
	});

	it('says of a stopped run the least epoch of what had not ended, and nothing of a stop that came too late', () => {
		const roster = new Roster(2);
		roster.note(0, {
			kind: 'event', event: {
				type: 'repeat-end', repeat: 1, reason: 'finished', epoch: 9,
			},
		});
		roster.note(0, {kind: 'over', standings: [], states: []});
		roster.note(1, {kind: 'over', standings: [{repeat: 2, epoch: 6}, {repeat: 4, epoch: 5}], states: []});
		expect(roster.end('SIGTERM')).toEqual({
			type: 'end', reason: 'stopped', epoch: 5, message: 'SIGTERM',
		});
		roster.note(1, {kind: 'over', standings: [], states: []});
		expect(roster.end('SIGTERM')).toEqual({type: 'end', reason: 'finished', epoch: 9});
	});
});

describe('shares', () => {
	it('deal every repeat once, and none more than one above the others', () => {
		expect(dealRepeats(allRepeats(5), 2)).toEqual([[1, 3, 5], [2, 4]]);
		expect(dealRepeats([2, 4, 6], 3)).toEqual([[2], [4], [6]]);
		for (const [count, threads] of [[50, 8], [7, 4], [1, 1], [1000, 64]] as const) {
			const shares = dealRepeats(allRepeats(count), threads);
			expect(shares).toHaveLength(threads);
			expect(shares.flat().toSorted((a, b) => a - b)).toEqual(Array.from({length: count}, (_, index) => index + 1));
			const sizes = shares.map(({length}) => length);
			expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
		}
	});
});

describe('a data set that is shared', () => {
	const stochastic = loadPreset('stochastic').dataset;

	it('is the same, and its memory is that of every data set that holds the same', () => {
		const own = loadDataset(tanh.dataset, 1);
		const shared = inSharedMemory(own);
		expect({...shared, inputs: [...shared.inputs], labels: [...shared.labels]}).toEqual({...own, inputs: [...own.inputs], labels: [...own.labels]});
		expect(shared.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
		expect(sharing(loadDataset(tanh.dataset, 2), shared)).toEqual(shared);
		expect(sharing(loadDataset(tanh.dataset, 2), shared).labels).toBe(shared.labels);
	});

	it('leaves each repeat the labels that its own seed draws', () => {
		const shared = inSharedMemory(loadDataset(stochastic, 1));
		const own = loadDataset(stochastic, 2);
		const both = sharing(own, shared);
		expect(both.inputs).toBe(shared.inputs);
		expect(both.conditional).toBe(shared.conditional);
		expect(both.labels).toBe(own.labels);
		expect([...own.labels]).not.toEqual([...shared.labels]);
	});
});

describe('a repeat is stuck', () => {
	const epochAt = (epoch: number, train: number | null) => ({
		type: 'epoch', epoch, seconds: 0, loss: 1, accuracy: {train, test: null}, layers: [],
	}) satisfies EpochEvent;

	it.each([
		['below 0.55 at the first measured epoch from 1000 on', [[999, 0.4], [1012, 0.5499], [1033, 0.5]], 1012],
		['not at 0.55', [[1000, 0.55], [1020, 0.4]], undefined],
		['not before', [[0, 0.4], [500, 0.4], [999, 0.4]], undefined],
		['not where it had learnt by then', [[999, 0.4], [1000, 0.9], [1020, 0.5]], undefined],
	] as const)('%s', (_, epochs, expected) => {
		const isStuck = createStuckWatch();
		const found = epochs.filter(([epoch, train]) => isStuck(epochAt(epoch, train))).map(([epoch]) => epoch);
		expect(found).toEqual(expected === undefined ? [] : [expected]);
	});
});

describe('memory', () => {
	const refusal = (preset: Preset, bytes: number): UserError | undefined => {
		try {
			checkMemory(preset, () => bytes);
		} catch (error) {
			return error as UserError;
		}

		return undefined;
	};

	it('is enough for fifty repeats of tanh in one gigabyte', () => {
		expect(repeatsThatFit(tanh, 8, 1e9)).toBeGreaterThan(50);
		expect(refusal({...tanh, repeats: 50}, 1e9)).toBeUndefined();
	});

	it('is counted so that a repeat more does not fit', () => {
		const {fixed, thread, repeat} = memoryNeeds(tanh);
		expect(repeatsThatFit(tanh, 2, fixed + (2 * thread) + (7 * repeat))).toBe(7);
		expect(repeatsThatFit(tanh, 2, fixed + (2 * thread) + (7 * repeat) - 1)).toBe(6);
		expect(repeatsThatFit(tanh, 2, 1e6)).toBe(0);
	});

	it('grows with the parameters, the batch and the epochs', () => {
		const {repeat} = memoryNeeds(tanh);
		expect(memoryNeeds({...tanh, network: {...tanh.network, hidden: [1000, 1000]}}).repeat).toBeGreaterThan(repeat + (1e6 * 36));
		expect(memoryNeeds({...tanh, training: {...tanh.training, batchSize: 3276}}).repeat).toBeGreaterThan(repeat);
		expect(memoryNeeds(withEpochs(tanh, 100_000)).repeat).toBeGreaterThan(repeat);
	});

	it('that does not do is refused with how many fit, as wrong usage', () => {
		const wide = {...tanh, repeats: 1000, network: {...tanh.network, hidden: [1000, 1000]}};
		const {message, exitCode} = refusal(wide, 4e9)!;
		expect(exitCode).toBe(2);
		expect(message).toMatch(/^1000 repeats need about \d+ GB of memory, and 4\.0 GB are free: at most \d+ fit, so give --repeats \d+ or fewer\.$/v);
		const fit = Number(/--repeats (?<fit>\d+)/v.exec(message)!.groups!['fit']);
		expect(refusal({...wide, repeats: fit}, 4e9)).toBeUndefined();
		expect(refusal({...wide, repeats: fit + 1}, 4e9)).toBeDefined();
		expect(refusal(wide, 1e8)!.message).toMatch(/^1000 repeats need about \d+ GB of memory, and 0\.1 GB are free: give --repeats 1\.$/v);
	});

	it('of the threads\' engines ends before that of a large machine', () => {
		const wide = {...tanh, repeats: 1000, network: {...tanh.network, hidden: [1000, 1000]}};
		const fit = enginesThatFit(wide, 1);
		expect(fit * 4e6 * 4).toBeLessThan(2e9);
		expect(enginesThatFit(wide, 3)).toBe(3 * fit);
		expect(enginesThatFit(tanh, 1)).toBeGreaterThan(1000);
		const {message, exitCode} = refusal({...wide, network: {...tanh.network, hidden: [10_000, 5000]}}, 1e15)!;
		expect(exitCode).toBe(2);
		expect(message).toMatch(/^1000 networks of this size do not fit into the \d+ threads that this machine runs: at most (?<fit>\d+) fit, so give --repeats \k<fit> or fewer\.$/v);
	});

	it('of a single run is not asked for', () => {
		expect(refusal(tanh, 0)).toBeUndefined();
	});
});
