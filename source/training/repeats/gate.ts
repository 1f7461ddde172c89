/**
What the trainer lets its threads do, in memory that they share: a thread asks at every breath, which costs nothing, and sleeps where
it may not go on. So it never needs a turn of its event loop, and a pause or a stop reaches it within a step.
*/

/** Places in the shared array: counts changes, what is asked for, and the last round that may be begun. */
const version = 0;
const command = 1;
const allowed = 2;

const commands = {go: 0, pause: 1, stop: 2} as const;

/** The trainer's side. */
export type Gate = {
	readonly memory: SharedArrayBuffer;
	/** Lets threads begin rounds up to this one. */
	readonly allow: (round: number) => void;
	/** Holds the threads; each answers with a number that is at least the one returned. */
	readonly pause: () => number;
	readonly go: () => void;
	readonly stop: () => void;
};

export function createGate(): Gate {
	const memory = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
	const words = new Int32Array(memory);
	const change = (place: number, value: number): number => {
		Atomics.store(words, place, value);
		const changes = Atomics.add(words, version, 1) + 1;
		Atomics.notify(words, version);
		return changes;
	};

	return {
		memory,
		allow(round) {
			if (Atomics.load(words, allowed) !== round) {
				change(allowed, round);
			}
		},
		pause: () => change(command, commands.pause),
		go() {
			change(command, commands.go);
		},
		stop() {
			change(command, commands.stop);
		},
	};
}

/** A thread's side: waits, the whole thread, until it may work on `round`; false where it must stop. `onHold` hears of a pause. */
export type Pass = (round: number) => boolean;

export function openGate(memory: SharedArrayBuffer, onHold: (pause: number) => void): Pass {
	const words = new Int32Array(memory);
	let told = -1;
	return round => {
		for (;;) {
			const changes = Atomics.load(words, version);
			const asked = Atomics.load(words, command);
			if (asked === commands.stop) {
				return false;
			}

			if (asked === commands.go && round <= Atomics.load(words, allowed)) {
				return true;
			}

			if (asked === commands.pause && told !== changes) {
				told = changes;
				onHold(changes);
			}

			Atomics.wait(words, version, changes);
		}
	};
}
