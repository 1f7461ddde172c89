import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {Worker} from 'node:worker_threads';
import {
	afterEach, expect, it, vi,
} from 'vitest';
import {packagePath} from '../../source/package.js';
import {loadPreset} from '../../source/preset/load.js';
import {Random, type RandomState} from '../../source/random.js';
import {createOrders, passesAlone} from '../../source/training/orders/orders.js';
import {createRing, type OrderRing, takeFrom} from '../../source/training/orders/ring.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {train} from '../../source/training/train.js';
import {builtin} from '../helpers/train.js';

const first = (samples: number): Int32Array => Int32Array.from({length: samples}, (_, index) => index);
const stream = (): RandomState => Random.stream(7, 'batches').state;

/** The orders of the passes and the states of the stream after them, where nothing is drawn ahead. */
function * drawn(samples: number): Generator<{order: Int32Array; state: RandomState}, never> {
	const order = first(samples);
	const random = new Random(stream());
	for (;;) {
		random.shuffle(order);
		yield {order: order.slice(), state: random.state};
	}
}

/** Many arrays are compared, and to compare them number by number takes long. */
const areSame = (a: Int32Array, b: Int32Array): boolean => Buffer.compare(new Uint8Array(a.buffer), new Uint8Array(b.buffer)) === 0;

const workers: Worker[] = [];

function startDrawer(ring: OrderRing): Worker {
	const worker = new Worker(packagePath('dist/orders.cjs'), {workerData: {ring, order: first(ring.samples), state: stream()}});
	workers.push(worker);
	return worker;
}

afterEach(async () => {
	await Promise.all(workers.splice(0).map(async worker => worker.terminate()));
});

/** Takes the orders of so many passes, with pauses in milliseconds; how many of them were there. Those that are must be right. */
async function takeAll(ring: OrderRing, passes: number, pause: (pass: number) => number, isEnough = (_taken: number) => false): Promise<number> {
	const taker = takeFrom(ring);
	const expected = drawn(ring.samples);
	const order = new Int32Array(ring.samples);
	let taken = 0;
	for (let pass = 0; pass < passes && !isEnough(taken); pass++) {
		const next = expected.next().value;
		const state = taker.take(order);
		if (state) {
			expect(state).toEqual(next.state);
			expect(areSame(order, next.order)).toBe(true);
			taken++;
		}

		const milliseconds = pause(pass);
		if (milliseconds > 0) {
			await sleep(milliseconds);
		}
	}

	return taken;
}

// As many of the first fit into the ring as may be, three of the second.
it.each([[300, 1000], [2 ** 18, 20]])('orders of %d samples that a thread draws ahead are those that whoever trains would draw', async (samples, passes) => {
	const ring = createRing(samples);
	startDrawer(ring);
	const header = new Int32Array(ring.shared);
	await vi.waitUntil(() => Atomics.load(header, 0) > 0, 10_000);
	const taken = await takeAll(ring, passes, pass => pass % Math.ceil(passes / 20) === 0 ? 30 : 0);
	expect(taken).toBeGreaterThan(passes / 2);
});

it('a thread that is late draws on, and its orders are taken from where it has caught up', async () => {
	const ring = createRing(1000);
	const taken = await takeAll(ring, 5000, pass => {
		if (pass === 100) {
			startDrawer(ring);
		}

		return pass > 100 ? 2 : 0;
	}, count => count === 50);
	expect(taken).toBe(50);
});

it.each([0, 300])('the thread ends when the ring is closed, also while it waits (after %d ms)', async milliseconds => {
	const ring = createRing(10);
	const worker = startDrawer(ring);
	const exit = once(worker, 'exit');
	await sleep(milliseconds);
	takeFrom(ring).close();
	expect(await exit).toEqual([0]);
});

it('orders are the same whether another thread may draw them or not, and so are the states to go on from', async () => {
	const samples = 500;
	const expected = drawn(samples);
	const orders = createOrders(first(samples), stream(), true);
	const alone = createOrders(first(samples), stream(), false);
	for (let pass = 0; pass < 3 * passesAlone; pass++) {
		orders.next();
		alone.next();
		const {order, state} = expected.next().value;
		expect(areSame(orders.order, order)).toBe(true);
		expect(orders.state()).toEqual(state);
		expect(areSame(alone.order, order)).toBe(true);
		expect(alone.state()).toEqual(state);
		// Time for the thread to start and to fill the ring, out of which the next orders are taken then.
		if (pass === passesAlone) {
			await sleep(500);
		}
	}

	orders.close();
	alone.close();
});

it('an order that stays is left alone', () => {
	const orders = createOrders(first(5), null, true);
	orders.next();
	expect([...orders.order]).toEqual([0, 1, 2, 3, 4]);
	expect(orders.state()).toBeNull();
	orders.close();
});

it('a training whose orders are drawn ahead says the same, and is left in the same states', async () => {
	const loaded = loadPreset('tanh');
	const preset = {...loaded, training: {...loaded.training, epochs: passesAlone + 300}};
	const dataset = loadDataset(preset.dataset, preset.seed);
	const said = async (mayDrawAhead: boolean) => {
		const events: unknown[] = [];
		for await (const event of train({
			run: 'test', preset, dataset, engine: builtin, seconds: () => 0, mayDrawAhead, isProbedElsewhere: true,
		})) {
			if (event.type === 'boundary') {
				if (event.isMeasured && event.epoch % 50 < 5) {
					events.push(event.capture());
				}
			} else if (event.type !== 'breath') {
				events.push(event);
			}
		}

		return events;
	};

	expect(await said(true)).toEqual(await said(false));
});
