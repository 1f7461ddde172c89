import {
	afterEach, beforeEach, describe, expect, it, vi,
} from 'vitest';
import {createStore} from '../../source/history/store.js';
import {type RunEvent} from '../../source/run/events.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

async function * recorded(events: readonly RunEvent[]): AsyncGenerator<{event: RunEvent}> {
	for (const event of events) {
		yield {event};
	}
}

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

describe('the store', () => {
	const events = [exampleStart(), ...Array.from({length: 50}, (_, epoch) => exampleEpoch(epoch))];

	it('makes a history of events', async () => {
		const store = createStore(() => 100);
		await store.consume(recorded(events));
		expect(store.get().epochs).toHaveLength(50);
	});

	it('tells its listeners of a burst of changes once, and of the last one always', async () => {
		const store = createStore(() => 100);
		const seen: number[] = [];
		store.subscribe(() => {
			seen.push(store.get().epochs.length);
		});
		await store.consume(recorded(events));
		await vi.advanceTimersByTimeAsync(100);
		expect(seen).toEqual([50]);
		await store.consume(recorded([exampleEpoch(60)]));
		await vi.advanceTimersByTimeAsync(100);
		expect(seen).toEqual([50, 51]);
	});

	it('tells at most once an interval', async () => {
		const store = createStore(() => 100);
		let calls = 0;
		store.subscribe(() => {
			calls++;
		});
		for (let epoch = 0; epoch < 100; epoch++) {
			await store.consume(recorded([exampleEpoch(epoch)]));
			await vi.advanceTimersByTimeAsync(10);
		}

		await vi.advanceTimersByTimeAsync(100);
		expect(calls).toBeGreaterThanOrEqual(9);
		expect(calls).toBeLessThanOrEqual(12);
	});

	it('asks for the interval anew each time, so that it may change', async () => {
		const intervals = [100, 300, 100];
		const store = createStore(() => intervals.shift() ?? 1000);
		const moments: number[] = [];
		const start = performance.now();
		store.subscribe(() => {
			moments.push(Math.round((performance.now() - start) / 10) * 10);
		});
		for (let epoch = 0; epoch < 50; epoch++) {
			await store.consume(recorded([exampleEpoch(epoch)]));
			await vi.advanceTimersByTimeAsync(10);
		}

		expect(moments).toEqual([0, 300, 400]);
	});

	it('tells nobody who has left', async () => {
		const store = createStore(() => 100);
		const listener = vi.fn<() => void>();
		store.subscribe(listener)();
		await store.consume(recorded(events));
		await vi.advanceTimersByTimeAsync(1000);
		expect(listener).not.toHaveBeenCalled();
	});

	it('counts damaged lines', () => {
		const store = createStore(() => 100);
		store.noteDamage();
		store.noteDamage();
		expect(store.get().damaged).toBe(2);
	});
});
