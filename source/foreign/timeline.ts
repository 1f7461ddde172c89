import {PhaseAnnouncer} from '../phase/announce.js';
import {type EpochEvent, type RunEvent} from '../run/events.js';
import {type ForeignPast} from './past.js';

/** An `epoch` event of an outside training: it knows its step, and when its file was written. */
export type StepEvent = EpochEvent & {readonly step: number; readonly modified: number};

type Place = {readonly epoch: number; readonly step: number};

/** The steps that have been measured and count, and what follows from them: switches, onsets, and where the training is. */
export class Timeline {
	readonly #announcer = new PhaseAnnouncer();
	readonly #epochs = new Map<number, number>();
	#last = 0;

	/** Of a run that goes on: what it holds. */
	constructor({epochs}: ForeignPast) {
		this.#announcer.recall(epochs);
		for (const event of epochs) {
			this.#note(event);
		}
	}

	has(step: number): boolean {
		return this.#epochs.has(step);
	}

	/** The last epoch and step. */
	get place(): Place {
		return {epoch: this.#epochs.get(this.#last) ?? 0, step: this.#last};
	}

	/** One more measurement, wherever its place is; returns it and what is to be announced. */
	add(event: StepEvent): RunEvent[] {
		this.#note(event);
		return [event, ...this.#announcer.take(event)];
	}

	/** The training was started again, and has written a step anew: what was measured from there on counts no more. */
	startAgain(step: number): RunEvent[] {
		const place = {epoch: this.#epochs.get(step) ?? 0, step};
		const isLast = step === this.#last;
		for (const each of [...this.#epochs.keys()].filter(later => later >= step)) {
			this.#epochs.delete(each);
		}

		this.#last = step;
		this.#announcer.forgetFrom(place);
		const resume = {type: 'resume', ...place} as const;
		return isLast ? [resume] : [resume, {type: 'warning', message: `step ${step} was written anew: the training goes on from there`}];
	}

	#note({step, epoch}: StepEvent): void {
		this.#epochs.set(step, epoch);
		this.#last = Math.max(this.#last, step);
	}
}
