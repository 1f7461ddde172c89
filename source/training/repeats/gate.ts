/**
What the trainer lets its threads do, in memory that they share: a thread asks at every breath, which costs nothing, and sleeps where
it may not go on. So it never needs a turn of its event loop, and a pause or a stop reaches it within a step.
*/

/** Places in the shared array: counts changes, what is asked for, the last round that may be begun, and how often states were asked for. */
const version = 0;
const command = 1;
const allowed = 2;
const keeps = 3;

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
	/** Asks the threads for the states of their repeats, which they tell with the number returned. */
	readonly keep: () => number;
};

export function createGate(): Gate {
	const memory = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT);
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
		keep() {
			const asked = Atomics.load(words, keeps) + 1;
			change(keeps, asked);
			return asked;
		},
	};
}

/** What a thread does when it is asked to stand still, or for its states. */
export type GateKeeping = {readonly onHold: (pause: number) => void; readonly onKeep: (asked: number) => void};

/** A thread's side: waits, the whole thread, until it may work on `round`; false where it must stop. */
export type Pass = (round: number) => boolean;

export function openGate(memory: SharedArrayBuffer, {onHold, onKeep}: GateKeeping): Pass {
	const words = new Int32Array(memory);
	let told = -1;
	let kept = 0;
	return round => {
		for (;;) {
			const changes = Atomics.load(words, version);
			const asked = Atomics.load(words, command);
			if (asked === commands.stop) {
				return false;
			}

			const keep = Atomics.load(words, keeps);
			if (keep !== kept) {
				kept = keep;
				onKeep(keep);
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
