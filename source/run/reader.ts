import {setImmediate as breathe, setTimeout as sleep} from 'node:timers/promises';
import {failure} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type RunEvent} from './events.js';
import {decodeLine} from './line.js';
import {createSkimmer} from './skim.js';
import {type Line, openTail, type Tail} from './tail.js';

export type FollowOptions = {
	/** Ends the reading between two looks. */
	readonly signal?: AbortSignal;
	/** Whether nothing will be written any more; asked before a look, so that the last look sees everything. */
	readonly isOver?: () => boolean;
	/** Aborted when `isOver` becomes true, so that the last look need not be waited for. */
	readonly over?: AbortSignal;
	/** Milliseconds between looks. The file is polled, since watching is unreliable on network file systems. */
	readonly interval?: number;
	/** How many bytes, at the beginning, are those of a run that goes on: an `end` among them is none. */
	readonly known?: number;
	/** Goes on looking after an `end`: a run may be taken further. */
	readonly isPatient?: boolean;
	/** For viewers: where what is there already has more measured epochs of a repeat than this, most of them are left out. */
	readonly roomFor?: (repeats: number) => number;
	/** Told for every line that is damaged; it is skipped. */
	readonly onDamage?: () => void;
};

/** A run that begins is looked at more often in its first second, so that its first epoch is seen at once: milliseconds, and their growth. */
const firstPause = 10;
const longerEachTime = 1.1;

/** An event, the line of the file that holds it, and where the next one begins. */
export type Recorded = {readonly event: RunEvent; readonly line: string; readonly end: number};

/** The events of a run, from its first line on, waiting for more until an `end` that nothing follows, the signal, or `isOver`. */
export async function * followRun(file: string, options: FollowOptions = {}): AsyncGenerator<Recorded, void> {
	const {signal, isOver = () => false, over, interval = 100, known = 0, isPatient = false, roomFor, onDamage} = options;
	const tail = openTail(file);
	const waking = AbortSignal.any([signal, over].filter(each => each !== undefined));
	try {
		let hasEnded = false;
		function * eventsIn(lines: Iterable<Text>): Generator<Recorded> {
			for (const {text: line, end} of lines) {
				const event = eventOf(line, file, onDamage);
				if (event) {
					hasEnded = event.type === 'end' && end > known;
					yield {event, line, end};
				}
			}
		}

		if (roomFor) {
			yield * eventsIn(await skim(tail, roomFor, signal));
		}

		let pause = Math.min(firstPause, interval);
		for (let isLastLook = false; !isLastLook && !signal?.aborted;) {
			isLastLook = isOver();
			yield * eventsIn(textsOf(tail.read()));
			if (hasEnded && !isPatient) {
				return;
			}

			await sleep(isLastLook ? 0 : pause, undefined, {signal: waking}).catch(() => undefined);
			pause = Math.min(interval, pause * longerEachTime);
		}
	} finally {
		tail.close();
	}
}

/** A line, without its newline, and where the next one begins. */
type Text = {readonly text: string; readonly end: number};

/** Bytes between two moments at which others may do something. */
const breath = 2 ** 24;

/** What is worth decoding of what is there. */
async function skim(tail: Tail, roomFor: (repeats: number) => number, signal?: AbortSignal): Promise<readonly Text[]> {
	const skimmer = createSkimmer(tail.size(), roomFor);
	let breathed = 0;
	for (const line of tail.read()) {
		skimmer.take(line);
		if (line.end - breathed > breath) {
			breathed = line.end;
			await breathe();
			if (signal?.aborted) {
				return [];
			}
		}
	}

	return skimmer.kept();
}

function * textsOf(lines: Iterable<Line>): Generator<Text> {
	for (const {bytes, end} of lines) {
		yield {text: bytes.toString(), end};
	}
}

function eventOf(line: string, file: string, onDamage?: () => void): RunEvent | undefined {
	const decoded = decodeLine(line);
	if (decoded.kind === 'newer') {
		throw failure(`${safeText(file)} was written by a newer ibtop than this one: update ibtop.`);
	}

	if (decoded.kind === 'damaged') {
		onDamage?.();
	}

	return decoded.kind === 'event' ? decoded.event : undefined;
}
