import {PhaseAnnouncer} from '../../phase/announce.js';
import {
	type EndEvent, type EpochEvent, type PhaseEvent, type RunEvent, type StuckEvent, type TrainedStart, type WarningEvent,
} from '../../run/events.js';
import {Roster} from './roster.js';
import {createStuckWatch} from './stuck.js';

/** A training that is over, of a run of its own or one of several repeats. */
export type Training = {
	/** Of its run. */
	readonly start: TrainedStart;
	readonly seed: number;
	/** What its run warned of before it measured anything. */
	readonly warnings: readonly WarningEvent[];
	readonly epochs: readonly EpochEvent[];
	readonly end: EndEvent & {readonly reason: 'finished' | 'diverged'};
};

/**
The events of one run with repeats that consists of trainings of the same experiment, in the order of their seeds. Each repeat tells
what it tells when `conduct` trains it; as there, what different repeats tell of a measured epoch follows each other, here by seed.
*/
export function * mergedEvents(run: string, trainings: readonly Training[]): Generator<RunEvent, void> {
	const [first] = trainings as [Training];
	const seeds = trainings.map(({seed}) => seed);
	yield {
		...first.start,
		run,
		preset: {...first.start.preset, seed: first.seed, repeats: trainings.length},
		seed: first.seed,
		repeats: trainings.length,
		...(seeds.some((seed, index) => seed !== first.seed + index) && {seeds}),
	};
	yield * first.warnings;

	const roster = new Roster(1);
	const told = trainings.map((training, index) => tellings(training, index + 1));
	for (let isOver = false; !isOver;) {
		isOver = true;
		for (const telling of told) {
			for (const event of telling.next().value ?? []) {
				isOver = false;
				if (event.type === 'repeat-end') {
					roster.note(0, {kind: 'event', event});
				}

				yield event;
			}
		}
	}

	yield roster.end(undefined);
}

/** What one repeat tells, a measured epoch at a time; its end last. */
function * tellings({epochs, end}: Training, repeat: number): Generator<RunEvent[], undefined> {
	const announcer = new PhaseAnnouncer();
	const isStuck = createStuckWatch();
	for (const {type, ...event} of epochs) {
		const measured: EpochEvent = {type, repeat, ...event};
		const phases: PhaseEvent[] = announcer.take(measured).map(phase => ({...phase, repeat}));
		const stuck: StuckEvent[] = isStuck(measured) ? [{type: 'stuck', repeat, epoch: measured.epoch}] : [];
		yield [measured, ...phases, ...stuck];
	}

	const {reason, epoch = epochs.at(-1)?.epoch ?? 0, message} = end;
	yield [{
		type: 'repeat-end', repeat, reason, epoch, ...(message !== undefined && {message}),
	}];
}
