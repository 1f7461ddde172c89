import {Worker} from 'node:worker_threads';
import {packagePath} from '../../package.js';
import {Random, type RandomState} from '../../random.js';
import {createRing, type OrderTaker, takeFrom} from './ring.js';
import {type DrawerSetup} from './thread.js';

/** Samples beyond which drawing their order is a small part of a pass, and memory for the orders of several passes is not. */
const mostSamples = 2 ** 16;

/** Passes before a thread is started: while everything starts, there is better use for a free core. */
export const passesAlone = 512;

/** The order in which the samples are trained with, pass after pass. */
export type Orders = {
	/** That of the present pass, always in the same array. */
	readonly order: Int32Array;
	/** Goes on to the next pass. */
	readonly next: () => void;
	/** Of the stream that the next order is drawn from; null where the order stays. */
	readonly state: () => RandomState | null;
	readonly close: () => void;
};

/**
Draws each order out of the one before and a stream whose state is given, if the order does not stay. With `mayDrawAhead` a thread draws the
same orders before they are wanted: drawing takes a fourteenth of the training of a small network.
*/
export function createOrders(first: Int32Array, stream: RandomState | null, mayDrawAhead: boolean): Orders {
	const order = first.slice();
	let state = stream;
	let passes = 0;
	let taker: OrderTaker | undefined;
	return {
		order,
		next() {
			if (!state) {
				return;
			}

			if (mayDrawAhead && passes === passesAlone && order.length <= mostSamples) {
				taker = drawnInThread(order, state);
			}

			state = taker?.take(order) ?? shuffled(order, state);
			passes++;
		},
		state: () => state,
		close() {
			taker?.close();
		},
	};
}

/** Shuffles in place; the state of the stream after it. */
function shuffled(order: Int32Array, state: RandomState): RandomState {
	const random = new Random(state);
	random.shuffle(order);
	return random.state;
}

function drawnInThread(order: Int32Array, state: RandomState): OrderTaker {
	const ring = createRing(order.length);
	const setup: DrawerSetup = {ring, order, state};
	const worker = new Worker(packagePath('dist/orders.cjs'), {workerData: setup});
	// Whoever cannot have a thread draws alone: nothing but time depends on it.
	worker.on('error', () => undefined);
	worker.unref();
	return takeFrom(ring);
}
