import {
	afterEach, beforeEach, describe, expect, it, vi,
} from 'vitest';
import {createFrameClock, type FrameClock} from '../../source/ui/frame-clock.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

/** A clock whose frames and recoveries are counted; `taken` is how long the terminal takes for a frame, in milliseconds. */
function clockWith(framesPerSecond: number, taken = 0): {clock: FrameClock; draws: () => number; recoveries: () => number; link: {taken: number}} {
	const link = {taken};
	let draws = 0;
	let recoveries = 0;
	const clock = createFrameClock(() => {
		draws++;
		return link.taken;
	}, framesPerSecond, () => {
		recoveries++;
	});
	return {
		clock, draws: () => draws, recoveries: () => recoveries, link,
	};
}

/** Asks for a frame every ten milliseconds, as a busy run does. */
function ask(clock: FrameClock, milliseconds: number): void {
	for (let time = 0; time < milliseconds; time += 10) {
		clock.request();
		vi.advanceTimersByTime(10);
	}
}

/** Frames drawn within some seconds of asking. */
function framesIn(seconds: number, {clock, draws}: ReturnType<typeof clockWith>): number {
	const before = draws();
	ask(clock, seconds * 1000);
	return draws() - before;
}

describe('the clock of the frames', () => {
	it('draws nothing until it is asked to', () => {
		const {draws} = clockWith(10);
		vi.advanceTimersByTime(10_000);
		expect(draws()).toBe(0);
	});

	it('draws the first frame at once', () => {
		const {clock, draws} = clockWith(10);
		clock.request();
		vi.advanceTimersByTime(0);
		expect(draws()).toBe(1);
	});

	it('draws once for many requests: what lies between is dropped, and nothing comes after', () => {
		const {clock, draws} = clockWith(10);
		for (let request = 0; request < 1000; request++) {
			clock.request();
		}

		vi.advanceTimersByTime(10_000);
		expect(draws()).toBe(1);
	});

	it('draws what was asked for too soon when its time has come, not before', () => {
		const {clock, draws} = clockWith(10);
		clock.request();
		vi.advanceTimersByTime(0);
		vi.advanceTimersByTime(30);
		clock.request();
		vi.advanceTimersByTime(69);
		expect(draws()).toBe(1);
		vi.advanceTimersByTime(1);
		expect(draws()).toBe(2);
	});

	it('draws at once again after a rest', () => {
		const {clock, draws} = clockWith(10);
		clock.request();
		vi.advanceTimersByTime(5000);
		clock.request();
		vi.advanceTimersByTime(0);
		expect(draws()).toBe(2);
	});

	it.each([1, 5, 10, 20, 50])('draws %d frames a second and no more, where that is asked for', framesPerSecond => {
		const given = clockWith(framesPerSecond);
		framesIn(1, given);
		expect(Math.abs(framesIn(10, given) - (10 * framesPerSecond))).toBeLessThanOrEqual(1);
		expect(given.clock.slowRate()).toBeUndefined();
	});
});

describe('on a slow link, the clock', () => {
	/** One frame, and the rate after it. */
	const step = ({clock}: ReturnType<typeof clockWith>): number | undefined => {
		clock.request();
		vi.advanceTimersByTime(1000);
		return clock.slowRate();
	};

	it('halves the rate frame by frame, down to one a second, and says so', () => {
		const given = clockWith(10, 3000);
		expect(given.clock.slowRate()).toBeUndefined();
		expect([1, 2, 3, 4, 5, 6].map(() => step(given))).toEqual([5, 2.5, 1.25, 1, 1, 1]);
		expect(Math.abs(framesIn(10, given) - 10)).toBeLessThanOrEqual(1);
	});

	it.each([
		[49, undefined],
		[50, undefined],
		[51, 5],
		[99, 5],
		[101, 2.5],
		[250, 1.25],
		[450, 1],
	])('settles, where a frame takes %d ms, on a rate at which that is half of the time (%s a second)', (taken, expected) => {
		const given = clockWith(10, taken);
		for (let frame = 0; frame < 8; frame++) {
			step(given);
		}

		expect(given.clock.slowRate()).toBe(expected);
	});

	it('waits that long: no frame is drawn in between, however often it is asked', () => {
		const given = clockWith(10, 3000);
		for (let frame = 0; frame < 4; frame++) {
			step(given);
		}

		given.clock.request();
		vi.advanceTimersByTime(0);
		const before = given.draws();
		ask(given.clock, 990);
		expect(given.draws()).toBe(before);
		ask(given.clock, 30);
		expect(given.draws()).toBe(before + 1);
	});

	it('recovers to the full rate, and says nothing more, when frames go quickly again', () => {
		const given = clockWith(10, 3000);
		for (let frame = 0; frame < 5; frame++) {
			step(given);
		}

		given.link.taken = 1;
		expect(given.clock.slowRate()).toBe(1);
		for (let frame = 0; frame < 19; frame++) {
			step(given);
		}

		expect(given.clock.slowRate()).toBe(1);
		expect(step(given)).toBe(2);
		for (let frame = 0; frame < 100; frame++) {
			step(given);
		}

		expect(given.clock.slowRate()).toBeUndefined();
		expect(Math.abs(framesIn(10, given) - 100)).toBeLessThanOrEqual(1);
	});

	it('does not go up for a few quick frames among slow ones', () => {
		const given = clockWith(10, 3000);
		for (let frame = 0; frame < 100; frame++) {
			given.link.taken = frame % 10 === 0 ? 3000 : 0;
			step(given);
		}

		expect(given.clock.slowRate()).toBe(1);
	});

	it('at one frame a second is not slower than asked for', () => {
		const given = clockWith(1, 3000);
		expect([1, 2, 3].map(() => step(given))).toEqual([undefined, undefined, undefined]);
		expect(Math.abs(framesIn(10, given) - 10)).toBeLessThanOrEqual(1);
	});
});

describe('without a frame for five seconds, the clock', () => {
	/** A clock that has been slowed to one frame a second, right after its last frame. */
	const slowed = () => {
		const given = clockWith(10, 3000);
		for (let frame = 0; frame < 5; frame++) {
			given.clock.request();
			vi.advanceTimersToNextTimer();
			vi.advanceTimersByTime(frame < 4 ? 1000 : 0);
		}

		expect([given.draws(), given.clock.slowRate(), given.recoveries()]).toEqual([5, 1, 0]);
		return given;
	};

	it('counts a slow link as quick again, and says so once', () => {
		const {clock, draws, recoveries} = slowed();
		vi.advanceTimersByTime(4999);
		expect([clock.slowRate(), recoveries()]).toEqual([1, 0]);
		vi.advanceTimersByTime(1);
		expect([clock.slowRate(), recoveries()]).toEqual([undefined, 1]);
		vi.advanceTimersByTime(60_000);
		expect([draws(), recoveries()]).toEqual([5, 1]);
	});

	it('has the full rate by the time that it says so', () => {
		const rates: Array<number | undefined> = [];
		const clock = createFrameClock(() => 3000, 10, () => {
			rates.push(clock.slowRate());
		});
		clock.request();
		vi.advanceTimersByTime(0);
		expect(clock.slowRate()).toBe(5);
		vi.advanceTimersByTime(5000);
		expect(rates).toEqual([undefined]);
	});

	it('draws at the full rate again, where the link is quick by now', () => {
		const given = slowed();
		given.link.taken = 0;
		vi.advanceTimersByTime(5000);
		expect(Math.abs(framesIn(10, given) - 100)).toBeLessThanOrEqual(1);
		expect(given.recoveries()).toBe(1);
	});

	it('slows down anew, step by step, where the link is still slow, and recovers anew', () => {
		const {clock, recoveries} = slowed();
		vi.advanceTimersByTime(5000);
		clock.request();
		vi.advanceTimersByTime(0);
		expect(clock.slowRate()).toBe(5);
		vi.advanceTimersByTime(4999);
		expect([clock.slowRate(), recoveries()]).toEqual([5, 1]);
		vi.advanceTimersByTime(1);
		expect([clock.slowRate(), recoveries()]).toEqual([undefined, 2]);
	});

	it('counts them from the last frame', () => {
		const {clock, draws, recoveries} = slowed();
		vi.advanceTimersByTime(4900);
		clock.request();
		vi.advanceTimersByTime(0);
		expect(draws()).toBe(6);
		vi.advanceTimersByTime(4999);
		expect([clock.slowRate(), recoveries()]).toEqual([1, 0]);
		vi.advanceTimersByTime(1);
		expect([clock.slowRate(), recoveries()]).toEqual([undefined, 1]);
	});

	it('has nothing to say where the link is quick', () => {
		const {clock, recoveries} = clockWith(10);
		clock.request();
		vi.advanceTimersByTime(60_000);
		expect(recoveries()).toBe(0);
	});

	it('has nothing to say where it has recovered by quick frames', () => {
		const given = slowed();
		given.link.taken = 0;
		ask(given.clock, 100_000);
		expect(given.clock.slowRate()).toBeUndefined();
		vi.advanceTimersByTime(60_000);
		expect(given.recoveries()).toBe(0);
	});

	it('has nothing to say once it has been stopped', () => {
		const {clock, recoveries} = slowed();
		clock.stop();
		vi.advanceTimersByTime(60_000);
		expect([recoveries(), vi.getTimerCount()]).toEqual([0, 0]);
	});
});

describe('a clock that has been stopped', () => {
	it('does not draw what was asked for before', () => {
		const {clock, draws} = clockWith(10);
		clock.request();
		clock.stop();
		vi.advanceTimersByTime(10_000);
		expect(draws()).toBe(0);
	});

	it('does not draw what is asked for afterwards', () => {
		const {clock, draws} = clockWith(10);
		clock.stop();
		clock.request();
		vi.advanceTimersByTime(10_000);
		expect(draws()).toBe(0);
	});

	it('may be stopped twice, or before it has begun', () => {
		const {clock, draws} = clockWith(10);
		clock.stop();
		clock.stop();
		expect(draws()).toBe(0);
	});
});
