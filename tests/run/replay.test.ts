import {describe, expect, it} from 'vitest';
import {emptyHistory, reduce} from '../../source/history/reduce.js';
import {type RunEvent} from '../../source/run/events.js';
import {type Recorded} from '../../source/run/reader.js';
import {createReplay, type ReplayClock} from '../../source/run/replay.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

/** A clock that a test winds on: sleeping takes no time but its own, unless the test does something at a moment in between. */
function createClock(appointments: Array<readonly [at: number, work: () => void]> = []) {
	let now = 0;
	const clock: ReplayClock = {
		now: () => now,
		async sleep(milliseconds, signal) {
			const end = now + milliseconds;
			for (let next = appointments[0]; next && next[0] <= end && !signal.aborted; next = appointments[0]) {
				appointments.shift();
				now = Math.max(now, next[0]);
				next[1]();
			}

			now = signal.aborted ? now : end;
		},
	};
	return {
		clock,
		pass(milliseconds: number) {
			now += milliseconds;
		},
	};
}

async function * recorded(events: readonly RunEvent[]): AsyncGenerator<Recorded> {
	for (const event of events) {
		yield {event, line: '', end: 0};
	}
}

type Moment = readonly [milliseconds: number, what: string];

/** When what is told; `onEvent` may pass time, as a screen does. */
async function momentsOf(events: readonly RunEvent[], speed: number, {clock}: {clock: ReplayClock}, replay = createReplay({speed, clock}), signal = new AbortController().signal): Promise<Moment[]> {
	const moments: Moment[] = [];
	for await (const {event} of replay.play(recorded(events), signal)) {
		moments.push([Math.round(clock.now()), 'epoch' in event ? `${event.type} ${String(event.epoch)}` : event.type]);
	}

	return moments;
}

const at = (epoch: number, seconds: number, repeat?: number): RunEvent => ({...exampleEpoch(epoch, {seconds}), ...(repeat !== undefined && {repeat})});

describe('a replay', () => {
	it('tells each epoch when its time has come, and with it what follows from it', async () => {
		const events: RunEvent[] = [exampleStart(), at(0, 0.5), at(1, 1.25), {
			type: 'phase', layer: 1, event: 'diffusion', epoch: 0,
		}, at(2, 1.5), {type: 'end', reason: 'finished', epoch: 2}];
		await expect(momentsOf(events, 1, createClock())).resolves.toEqual([
			[0, 'start'], [500, 'epoch 0'], [1250, 'epoch 1'], [1250, 'phase 0'], [1500, 'epoch 2'], [1500, 'end 2'],
		]);
	});

	it('takes so many seconds of the run in one', async () => {
		await expect(momentsOf([at(0, 10), at(1, 20), at(2, 22)], 20, createClock())).resolves.toEqual([[500, 'epoch 0'], [1000, 'epoch 1'], [1100, 'epoch 2']]);
		await expect(momentsOf([at(0, 0.1), at(1, 0.2)], 0.1, createClock())).resolves.toEqual([[1000, 'epoch 0'], [2000, 'epoch 1']]);
	});

	it('makes nobody wait longer than two seconds', async () => {
		await expect(momentsOf([at(0, 0), at(1, 3600), at(2, 3601)], 1, createClock())).resolves.toEqual([[0, 'epoch 0'], [2000, 'epoch 1'], [3000, 'epoch 2']]);
	});

	it('does not wait for a clock that began anew, and goes on with that one', async () => {
		await expect(momentsOf([at(0, 1), at(1, 2), at(2, 0.5), at(3, 1)], 1, createClock())).resolves.toEqual([[1000, 'epoch 0'], [2000, 'epoch 1'], [2000, 'epoch 2'], [2500, 'epoch 3']]);
	});

	it('tells the epochs of all repeats by the clock that they share, and what a run went on from', async () => {
		const events: RunEvent[] = [at(0, 0.5, 1), at(0, 0.6, 2), at(1, 0.7, 2), {
			type: 'resume', epoch: 1, from: [{repeat: 2, epoch: 1, phases: []}],
		}, at(1, 0.9, 2)];
		await expect(momentsOf(events, 1, createClock())).resolves.toEqual([[500, 'epoch 0'], [600, 'epoch 0'], [700, 'epoch 1'], [700, 'resume 1'], [900, 'epoch 1']]);
	});

	it('makes up for short delays of whoever looks, and does not rush after long ones', async () => {
		const {clock, pass} = createClock();
		const moments: number[] = [];
		for await (const {event} of createReplay({speed: 1, clock}).play(recorded([0, 1, 2, 3, 4, 5].map(epoch => at(epoch, epoch / 10))), new AbortController().signal)) {
			moments.push(clock.now());
			pass(event.type === 'epoch' && event.epoch === 1 ? 60 : (event.type === 'epoch' && event.epoch === 3 ? 60_000 : 0));
		}

		expect(moments.slice(0, 4).map(moment => Math.round(moment))).toEqual([0, 100, 200, 300]);
		expect(moments[4]).toBe(60_300);
		expect(moments[5]).toBe(60_300);
	});

	it('lets others have a turn where there is nothing to wait for', async () => {
		const {clock, pass} = createClock();
		let sleeps = 0;
		const counting: ReplayClock = {
			now: clock.now,
			async sleep(milliseconds, signal) {
				sleeps++;
				await clock.sleep(milliseconds, signal);
			},
		};
		for await (const _ of createReplay({speed: 100_000, clock: counting}).play(recorded(Array.from({length: 100}, (__, epoch) => at(epoch, 0))), new AbortController().signal)) {
			pass(10);
		}

		expect(sleeps).toBeGreaterThan(20);
		expect(sleeps).toBeLessThan(40);
	});

	it('stands still from p to p, in the middle of a wait too, and says so as a run does', async () => {
		const pause = (isPaused: boolean) => () => {
			replay.pause(isPaused);
		};

		const wound = createClock([[300, pause(true)], [5300, pause(false)]]);
		const replay = createReplay({speed: 1, clock: wound.clock});
		const events = [at(0, 0), at(1, 1), at(2, 2)];
		await expect(momentsOf(events, 1, wound, replay)).resolves.toEqual([
			[0, 'epoch 0'], [300, 'pause 0'], [5300, 'resume 0'], [6000, 'epoch 1'], [7000, 'epoch 2'],
		]);
		let history = reduce(emptyHistory, exampleStart());
		for (const event of [at(0, 0), at(1, 1), {type: 'pause', epoch: 1}, {type: 'resume', epoch: 1}] as const) {
			history = reduce(history, event);
		}

		expect(history).toMatchObject({isPaused: false, epochs: [{epoch: 0}, {epoch: 1}]});
	});

	it('ends at a signal, in the middle of a wait', async () => {
		const abort = new AbortController();
		const wound = createClock([[300, () => {
			abort.abort();
		}]]);
		await expect(momentsOf([at(0, 0), at(1, 1)], 1, wound, createReplay({speed: 1, clock: wound.clock}), abort.signal)).resolves.toEqual([[0, 'epoch 0']]);
	});
});
