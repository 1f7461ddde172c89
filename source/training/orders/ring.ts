import {type Random, type RandomState} from '../../random.js';

/** Bytes of the orders that are drawn ahead, and passes at the most. */
const ringBytes = 2 ** 22;
const mostPasses = 256;

/**
Milliseconds after which whoever draws looks again how many orders were used: after twice as many where none was. To wake it would take whoever
trains a third of a millisecond, more than drawing.
*/
const shortestWait = 10;
const longestWait = 1000;

/** Numbers at the beginning: how many orders have been drawn, and how many used, or `closed`. */
const drawnAt = 0;
const usedAt = 1;
const headerNumbers = 2;
const closed = -1;

/** Of the stream, in front of each order. */
const stateNumbers = 4;

/** The orders of the next passes in memory that two threads share: one draws them, the other uses them. */
export type OrderRing = {readonly shared: SharedArrayBuffer; readonly samples: number};

export function createRing(samples: number): OrderRing {
	const orderBytes = (stateNumbers + samples) * 4;
	const passes = Math.min(mostPasses, Math.max(1, Math.floor(ringBytes / orderBytes)));
	return {shared: new SharedArrayBuffer((headerNumbers * 4) + (passes * orderBytes)), samples};
}

type Place = {readonly state: Int32Array; readonly order: Int32Array};

function viewsOf({shared, samples}: OrderRing): {header: Int32Array; places: readonly Place[]} {
	const headerBytes = headerNumbers * 4;
	const orderBytes = (stateNumbers + samples) * 4;
	return {
		header: new Int32Array(shared, 0, headerNumbers),
		places: Array.from({length: (shared.byteLength - headerBytes) / orderBytes}, (_, index) => {
			const start = headerBytes + (index * orderBytes);
			return {state: new Int32Array(shared, start, stateNumbers), order: new Int32Array(shared, start + (stateNumbers * 4), samples)};
		}),
	};
}

/** The work of the thread that draws: order after order, out of the one that it begins with and its stream, until the ring is closed. */
export function drawAhead(ring: OrderRing, order: Int32Array, random: Random): void {
	const {header, places} = viewsOf(ring);
	for (let pass = 0; ; pass++) {
		random.shuffle(order);
		let wait = shortestWait;
		let used = Atomics.load(header, usedAt);
		while (used !== closed && pass - used >= places.length) {
			Atomics.wait(header, usedAt, used, wait);
			const seen = used;
			used = Atomics.load(header, usedAt);
			wait = used === seen ? Math.min(longestWait, 2 * wait) : shortestWait;
		}

		if (used === closed) {
			return;
		}

		const place = places[pass % places.length]!;
		place.order.set(order);
		place.state.set(random.state);
		Atomics.store(header, drawnAt, pass + 1);
	}
}

/** The end of the ring where orders are used. */
export type OrderTaker = {
	/**
	Copies the order of the next pass, and tells the state of the stream after it; `undefined` where it has not been drawn yet: then whoever
	asks has to draw it.
	*/
	readonly take: (order: Int32Array) => RandomState | undefined;
	/** Ends the work of the thread that draws. */
	readonly close: () => void;
};

export function takeFrom(ring: OrderRing): OrderTaker {
	const {header, places} = viewsOf(ring);
	let pass = 0;
	return {
		take(order) {
			const place = Atomics.load(header, drawnAt) > pass ? places[pass % places.length] : undefined;
			let state: RandomState | undefined;
			if (place) {
				const [a, b, c, counter] = place.state;
				order.set(place.order);
				state = [a!, b!, c!, counter!];
			}

			pass++;
			Atomics.store(header, usedAt, pass);
			return state;
		},
		close() {
			Atomics.store(header, usedAt, closed);
			Atomics.notify(header, usedAt);
		},
	};
}
