import {failure} from '../errors.js';
import {type RunEvent, type StartEvent} from '../run/events.js';
import {type PipeLine, readPipeLine} from './pipe-line.js';

/** An event, and whether it is of a type that can be shown; the others are only recorded. */
export type PipeEvent = {readonly event: RunEvent; readonly isKnown: boolean};

/** Undefined stands for a line that is too long to be an event. */
export type Lines = AsyncIterable<string | undefined>;

/** More are not named: all of them may be wrong. */
const mostNamed = 20;

/**
The events of design.md from lines of somebody else's. A line that is wrong is named by its number, as a warning, and the rest goes
on; a pipe that says nothing of a run's start is of no use, and that is thrown.
*/
export async function * pipeEvents(lines: Lines): AsyncGenerator<PipeEvent, void> {
	const early: string[] = [];
	const state: {number: number; named: number; start: StartEvent | undefined} = {number: 0, named: 0, start: undefined};
	for await (const text of lines) {
		state.number++;
		const line = soundLine(text, state.start);
		if (line.kind === 'newer') {
			throw failure(`Line ${state.number} of the pipe ${line.complaint}.`);
		}

		if (line.kind === 'wrong') {
			state.named++;
			if (state.named <= mostNamed + 1) {
				const message = state.named <= mostNamed ? `line ${state.number} ${line.complaint}` : `more lines are wrong; only the first ${mostNamed} are named`;
				yield * state.start ? [warning(message)] : [];
				early.push(message);
			}
		} else if (line.kind !== 'blank' && line.event.type === 'start') {
			state.start = line.event;
			yield {event: withSource(line.event), isKnown: true};
			// What came before it is told behind it, for there was no run yet.
			yield * early.map(message => warning(message));
		} else if (line.kind !== 'blank') {
			yield {event: line.event, isKnown: line.kind === 'event'};
		}
	}

	if (!state.start) {
		throw failure(`The pipe held no run: ${early[0] ?? 'send a start event first, as "ibtop run --json" does'}.`);
	}
}

function soundLine(text: string | undefined, start: StartEvent | undefined): PipeLine {
	const line: PipeLine = text === undefined ? {kind: 'wrong', complaint: 'is too long to be an event'} : readPipeLine(text);
	const complaint = line.kind === 'event' || line.kind === 'kept' ? complaintAbout(line.event, start) : undefined;
	return complaint === undefined ? line : {kind: 'wrong', complaint};
}

const warning = (message: string): PipeEvent => ({event: {type: 'warning', message}, isKnown: true});

/** Viewers are to know that nobody but the sender can do something about the training. */
const withSource = (start: StartEvent): StartEvent => ({...start, source: {...start.source, kind: 'pipe', name: start.source?.name ?? start.run}});

/** What is wrong with an event that is sound by itself. */
function complaintAbout(event: RunEvent, start: StartEvent | undefined): string | undefined {
	if (event.type === 'start') {
		return start ? 'starts a second run: a pipe carries one' : complaintAboutStart(event);
	}

	if (!start) {
		return 'comes before the start event: send that first';
	}

	const count = start.layers.length;
	if (event.type === 'epoch' && event.layers.some(({layer}, index) => layer !== index + 1 || layer > count)) {
		return `has layers that are not those of the start event, numbered from 1 to ${count} in this order`;
	}

	return event.type === 'phase' && event.layer > count ? `is about layer ${event.layer}, and there are ${count}` : undefined;
}

function complaintAboutStart({layers, bounds}: StartEvent): string | undefined {
	if (layers.some(({layer}, index) => layer !== index + 1)) {
		return 'has a wrong field "layers": they are numbered from 1, in their order';
	}

	return bounds.x > 0 && bounds.y >= 0 ? undefined : 'has a wrong field "bounds": x is H(X), above 0, and y is I(X;Y), in bits';
}
