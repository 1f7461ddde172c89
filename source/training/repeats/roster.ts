import {type EndEvent, type RepeatEndEvent} from '../../run/events.js';
import {type RepeatState} from '../state.js';
import {type Standing, type ThreadMessage} from './messages.js';

type ThreadState = {round: number; heldBy: number; isOver: boolean; standings: readonly Standing[]; toldFor: number; states: readonly RepeatState[]};

/** What the trainer knows of its threads, from what they have told. */
export class Roster {
	readonly #threads: readonly ThreadState[];
	readonly #ends: RepeatEndEvent[];
	#furthest: number;

	/** `ends`: of repeats that had ended before. */
	constructor(threads: number, ends: readonly RepeatEndEvent[] = []) {
		this.#ends = [...ends];
		this.#furthest = Math.max(0, ...ends.map(({epoch}) => epoch));
		this.#threads = Array.from({length: threads}, () => ({
			round: -1, heldBy: -1, isOver: false, standings: [], toldFor: 0, states: [],
		}));
	}

	note(thread: number, message: ThreadMessage): void {
		const state = this.#threads[thread]!;
		switch (message.kind) {
			case 'event': {
				this.#noteEvent(message.event);
				break;
			}

			case 'round': {
				state.round = message.round;
				break;
			}

			case 'held': {
				state.heldBy = message.pause;
				state.standings = message.standings;
				break;
			}

			case 'states': {
				state.toldFor = message.asked;
				state.states = message.states;
				break;
			}

			case 'over': {
				state.isOver = true;
				state.standings = message.standings;
				state.states = message.states;
			}
		}
	}

	get isOver(): boolean {
		return this.#threads.every(({isOver}) => isOver);
	}

	/** The last round that all threads have been through that are not over. */
	get slowest(): number {
		return Math.min(...this.#threads.filter(({isOver}) => !isOver).map(({round}) => round));
	}

	/** The furthest epoch that a repeat has reached. */
	get furthest(): number {
		return Math.max(this.#furthest, ...this.#standings().map(({epoch}) => epoch));
	}

	/** Whether every thread stands still because of a pause. */
	isHeld(pause: number): boolean {
		return this.#threads.every(({isOver, heldBy}) => isOver || heldBy >= pause);
	}

	/** What all repeats need to go on, once every thread has told it that was asked by a number. */
	statesFor(asked: number): readonly RepeatState[] | undefined {
		return this.#threads.every(({isOver, toldFor}) => isOver || toldFor >= asked) ? this.#threads.flatMap(({states}) => states) : undefined;
	}

	/** How the run ended, once it is over; `stopper` is who stopped it, if anybody did. */
	end(stopper: string | undefined): EndEvent {
		const left = this.#standings();
		if (stopper !== undefined && left.length > 0) {
			return {
				type: 'end', reason: 'stopped', epoch: Math.min(...left.map(({epoch}) => epoch)), message: stopper,
			};
		}

		const finished = this.#ends.find(({reason}) => reason === 'finished');
		if (finished) {
			return {type: 'end', reason: 'finished', epoch: finished.epoch};
		}

		const {repeat, message} = this.#ends[0]!;
		return {
			type: 'end', reason: 'diverged', epoch: this.#furthest, message: `in all ${this.#ends.length} repeats; in repeat ${repeat} ${message ?? 'numbers became NaN'}`,
		};
	}

	#noteEvent(event: Extract<ThreadMessage, {kind: 'event'}>['event']): void {
		if (event.type === 'repeat-end') {
			this.#ends.push(event);
		}

		if (event.type === 'repeat-end' || event.type === 'epoch') {
			this.#furthest = Math.max(this.#furthest, event.epoch);
		}
	}

	#standings(): Standing[] {
		return this.#threads.flatMap(({standings}) => standings);
	}
}
