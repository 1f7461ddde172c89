import {type StepFile} from './drop.js';

/** Milliseconds that a file which cannot be read must stay as it is before it is called bad: its writer may be at work on it. */
const grace = 1000;

/** More are not named: a training that has diverged writes a bad file a step. */
const mostNamed = 100;

type Complaint = {readonly sentence: string; readonly since: number; isTold: boolean};

/** The files that cannot be read. Each is named once, for as long as it stays as it is. */
export class Complaints {
	/** What was said first, if anything was. */
	first: string | undefined;
	readonly #complaints = new Map<number, Complaint>();
	readonly #now: () => number;
	#named = 0;

	constructor(now: () => number) {
		this.#now = now;
	}

	note({step}: StepFile, sentence: string): void {
		this.#complaints.set(step, {sentence, since: this.#now(), isTold: false});
	}

	/** That files have no labels is said once for all of them. */
	noteLabels(sentence: string): void {
		if (!this.#complaints.has(-1)) {
			this.#complaints.set(-1, {sentence, since: this.#now(), isTold: false});
		}
	}

	/** The file has been read after all. */
	clear({step}: StepFile): void {
		this.#complaints.delete(step);
	}

	/** What is to be said by now; with `isLast`, nothing waits for a writer any more. */
	due(isLast: boolean): string[] {
		return [...this.#complaints.values()].filter(({isTold, since}) => !isTold && (isLast || this.#now() - since >= grace)).flatMap(complaint => {
			complaint.isTold = true;
			this.#named++;
			this.first ??= complaint.sentence;
			return this.#named <= mostNamed ? [complaint.sentence] : (this.#named === mostNamed + 1 ? [`More files cannot be read; only the first ${mostNamed} are named.`] : []);
		});
	}
}
