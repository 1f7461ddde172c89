import {setTimeout as sleep} from 'node:timers/promises';
import path from 'node:path';
import {reason, UserError} from '../errors.js';
import {type RunEvent} from '../run/events.js';
import {look, type Wishes} from '../training/obeying.js';
import {Complaints} from './complaints.js';
import {DropDirectory, stampOf, type StepFile} from './drop.js';
import {Reading, type ReadingOptions} from './reading.js';
import {LabelsMissing} from './step.js';
import {type StepEvent, Timeline} from './timeline.js';

/** Milliseconds between looks at the directory. */
const pollInterval = 250;

export type FollowOptions = ReadingOptions & {
	/** Ends when everything that is there has been read. */
	readonly isOnce: boolean;
	readonly wishes: Wishes;
	/** In milliseconds, from anywhere. */
	readonly now: () => number;
};

/** An event, and the file that is superfluous once the event is written. */
export type Followed = {readonly event: RunEvent; readonly file?: string};

/**
What an outside training writes into a drop directory, as the events of an ordinary run. Each file is read once; one that comes late
takes its place among the others, one that is written anew means that the training was started again from there. Ends only when asked
to, or with `isOnce`.
*/
export async function * followDirectory(options: FollowOptions): AsyncGenerator<Followed, void> {
	const follower = new Follower(options);
	try {
		yield * follower.follow();
	} finally {
		await follower.close();
	}
}

/**
Slow estimators that were not asked for rest for so many times as long as they have worked: the training has better use for the
processor, and a quarter of one is enough for a trail.
*/
const restForWork = 3;

/** A step whose slow estimators are at work. */
type Pending = {readonly file: StepFile; readonly since: number; readonly done: Promise<void>; event: StepEvent | undefined};

class Follower {
	readonly #options: FollowOptions;
	readonly #drop: DropDirectory;
	readonly #reading: Reading;
	readonly #timeline: Timeline;
	readonly #complaints: Complaints;
	readonly #unlabelled = new Set<number>();
	readonly #said = new Set<string>();
	#queue: StepFile[] = [];
	#pending: Pending | undefined;
	#restsUntil = -Infinity;

	constructor(options: FollowOptions) {
		this.#options = options;
		this.#drop = new DropDirectory(options.folder);
		this.#reading = new Reading(options);
		this.#timeline = new Timeline(options.past);
		this.#complaints = new Complaints(options.now);
		for (const {step, modified} of options.past.epochs) {
			this.#drop.take(step, {modified, size: -1});
		}
	}

	async * follow(): AsyncGenerator<Followed, void> {
		if (this.#options.past.start) {
			yield {event: {type: 'resume', ...this.#timeline.place}};
		}

		for (;;) {
			const stopped = yield * this.#obey();
			if (stopped !== undefined) {
				const {epoch} = this.#timeline.place;
				yield {
					event: {
						type: 'end', reason: 'stopped', epoch, message: stopped,
					},
				};
				return;
			}

			yield * this.#harvest();
			const next = this.#queue.shift() ?? this.#lookForMore();
			if (next) {
				yield * this.#take(next);
			} else if (this.#options.isOnce && !this.#pending) {
				yield * this.#finish();
				return;
			} else {
				yield * this.#rest();
			}
		}
	}

	async close(): Promise<void> {
		await this.#reading.close();
	}

	/** Who wants it to stop, if anybody does; after a pause, if one is asked for. */
	async * #obey(): AsyncGenerator<Followed, string | undefined> {
		let {stop, names} = await look(this.#options.wishes);
		if (names.has('checkpoint')) {
			yield {event: {type: 'warning', message: 'others train this network, so there is no checkpoint to write: what has been read is kept at once'}};
		}

		if (stop === undefined && names.has('pause') && !names.has('resume')) {
			yield {event: {type: 'pause', epoch: this.#timeline.place.epoch}};
			while (stop === undefined && !names.has('resume')) {
				await sleep(pollInterval);
				({stop, names} = await look(this.#options.wishes));
			}

			yield {event: {type: 'resume', ...this.#timeline.place}};
		}

		return stop;
	}

	/** The first of the files that are to be read; those without labels, too, if these may have come. */
	#lookForMore(): StepFile | undefined {
		if (this.#unlabelled.size > 0 && this.#reading.hasNewMeta) {
			for (const step of this.#unlabelled) {
				this.#drop.forget(step);
			}

			this.#unlabelled.clear();
		}

		this.#queue = this.#drop.look();
		return this.#queue.shift();
	}

	/** Reads a file. A bad one is noted, and the others go on. */
	async * #take(queued: StepFile): AsyncGenerator<Followed, void> {
		// As it is now: it may have been written anew, or be gone, since it was seen.
		const stamp = stampOf(queued.file);
		if (!stamp) {
			return;
		}

		const file = {...queued, ...stamp};
		this.#drop.take(file.step, file);
		try {
			yield * this.#enter(file);
		} catch (error) {
			if (error instanceof LabelsMissing) {
				this.#unlabelled.add(file.step);
				this.#complaints.noteLabels(this.#shown(error));
			} else {
				this.#complaints.note(file, this.#shown(error));
			}
		}
	}

	async * #enter(file: StepFile): AsyncGenerator<Followed, void> {
		const isWaitedFor = this.#reading.isPatient || this.#options.isOnce;
		const {news, quick, complete} = this.#reading.read(file, isWaitedFor || (!this.#pending && this.#options.now() >= this.#restsUntil));
		this.#complaints.clear(file);
		yield * news.map(event => ({event}));
		if (this.#timeline.has(file.step)) {
			yield * this.#timeline.startAgain(file.step).map(event => ({event}));
			this.#drop.startAgain(file);
			this.#queue = [];
			this.#forgetPending(step => step >= file.step);
		} else {
			this.#forgetPending(step => step === file.step);
		}

		if (!complete) {
			yield * this.#tell(quick, file);
			return;
		}

		this.#pending = pendingStep(file, quick, complete, this.#options.now());
		if (isWaitedFor) {
			await this.#pending.done;
			yield * this.#harvest();
		}
	}

	/** What was measured of these steps counts no more. */
	#forgetPending(isMeant: (step: number) => boolean): void {
		if (this.#pending && isMeant(this.#pending.file.step)) {
			this.#pending = undefined;
		}
	}

	/** What the slow estimators have found by now. */
	* #harvest(): Generator<Followed> {
		if (this.#pending?.event) {
			const {event, file, since} = this.#pending;
			const now = this.#options.now();
			this.#restsUntil = now + (restForWork * (now - since));
			this.#pending = undefined;
			yield * this.#tell(event, file);
		}
	}

	* #tell(event: StepEvent, {file}: StepFile): Generator<Followed> {
		const [first, ...others] = this.#timeline.add(event);
		yield {event: first!, file};
		yield * others.map(other => ({event: other}));
	}

	/** There is nothing to do for a while: says what has to be said by now, and waits. */
	async * #rest(): AsyncGenerator<Followed, void> {
		yield * this.#complaints.due(false).map(message => ({event: {type: 'warning', message} as const}));
		if (!this.#reading.hasBegun && !this.#said.has('waiting')) {
			this.#said.add('waiting');
			yield {event: {type: 'warning', message: this.#waiting}};
		}

		const sleeping = sleep(pollInterval);
		await (this.#pending ? Promise.race([this.#pending.done, sleeping]) : sleeping);
	}

	* #finish(): Generator<Followed> {
		const complaints = this.#complaints.due(true);
		yield * complaints.map(message => ({event: {type: 'warning', message} as const}));
		yield this.#reading.hasBegun
			? {event: {type: 'end', reason: 'finished', epoch: this.#timeline.place.epoch}}
			: {event: {type: 'end', reason: 'failed', message: this.#complaints.first ?? `There is no step in ${path.basename(this.#options.folder)}: ${fileNeeded}.`}};
	}

	get #waiting(): string {
		return `waiting for the first step in ${path.basename(this.#options.folder)}: ${fileNeeded}`;
	}

	/** What is wrong, with paths from the directory on. */
	#shown(error: unknown): string {
		const message = error instanceof UserError ? error.message : `A file cannot be read: ${reason(error)}.`;
		return message.replaceAll(`${this.#options.folder}${path.sep}`, '');
	}
}

const fileNeeded = 'a file step-00000000.npz, see "Watch any network" in the README';

function pendingStep(file: StepFile, quick: StepEvent, complete: () => Promise<StepEvent>, since: number): Pending {
	const pending: Pending = {
		file,
		since,
		event: undefined,
		done: complete().then(event => {
			pending.event = event;
		}, () => {
			// The slow estimators failed; what the quick ones found is as true as ever.
			pending.event = quick;
		}),
	};
	return pending;
}
