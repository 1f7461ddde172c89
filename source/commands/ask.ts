import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {formatCount} from '../chart/format.js';
import {failure, reason, usage} from '../errors.js';
import {type RequestName, sendRequest} from '../run/control.js';
import {isForeign, type RunDirectory, runsRoot} from '../run/directory.js';
import {type RunEvent} from '../run/events.js';
import {findRun} from '../run/find.js';
import {glanceAt, type RunState} from '../run/glance.js';
import {decodeLine} from '../run/line.js';
import {openTail, type Tail} from '../run/tail.js';
import {type GivenFlags, textOf} from './experiment.js';
import {shownPath} from './verdict.js';

/** Requests that have a command of their own, the events that answer them, and what is said then. */
const answers: Readonly<Record<RequestName, {readonly types: ReadonlyArray<RunEvent['type']>; readonly done: string}>> = {
	pause: {types: ['pause', 'end'], done: 'is paused'},
	resume: {types: ['resume', 'end'], done: 'goes on'},
	checkpoint: {types: ['checkpoint', 'warning', 'end'], done: 'has a checkpoint'},
	stop: {types: ['end'], done: 'has stopped'},
};

/** Milliseconds that an answer may take; a step of a wide network takes seconds. */
const patience = 30_000;
const lookInterval = 20;

/** `ibtop pause|stop|… RUN`: asks the trainer of a run for something, and waits for its answer. Returns what to say. */
export async function askRun(given: GivenFlags, name: RequestName, runName: string | undefined): Promise<string> {
	if (runName === undefined) {
		throw usage(`ibtop ${name} needs the name of a run: "ibtop ls" lists them.`);
	}

	return askOf(findRun(runsRoot(textOf(given, 'runs'), process.env), runName), name);
}

/** Asks the trainer of a run; says what came of it. */
export async function askOf(run: RunDirectory, name: RequestName): Promise<string> {
	const where = shownPath(run.folder);
	const {manifest, state} = glanceAt(run);
	checkSense(where, name, state);
	if (isForeign(manifest) && manifest.source.kind === 'pipe') {
		throw failure(`The events of ${where} come from a pipe: ${name} the training where it runs.`);
	}

	const tail = openTail(run.events);
	try {
		// What is there already is no answer.
		exhaust(tail);

		try {
			sendRequest(run, name, `ibtop ${name}`);
		} catch (error) {
			throw failure(`${name} cannot be asked for in ${shownPath(run.control)}: ${reason(error)}.`);
		}

		const event = await answer(tail, name);
		if (!event) {
			throw failure(`The trainer of ${where} has not answered for ${patience / 1000} s; the request stands until it does: is it in the middle of a long step?`);
		}

		if (event.type === 'warning') {
			throw failure(`${where}: ${event.message}`);
		}

		return `${where} ${event.type === 'end' && name !== 'stop' ? `has ended (${event.reason})` : answers[name].done}${epochText(event)}.`;
	} finally {
		tail.close();
	}
}

function exhaust(tail: Tail): void {
	const lines = tail.read();
	while (!lines.next().done) {
		// On to the end.
	}
}

const epochText = (event: RunEvent): string => 'epoch' in event && typeof event.epoch === 'number' ? ` at epoch ${formatCount(event.epoch)}` : '';

function checkSense(where: string, name: RequestName, state: RunState): void {
	if (!['waiting', 'running', 'paused', 'silent'].includes(state)) {
		throw failure(`The run ${where} ${state === 'died' ? 'has no trainer any more: it died' : `has ended (${state})`}; there is nothing to ${name}.`);
	}

	if ((name === 'pause' && state === 'paused') || (name === 'resume' && state === 'running')) {
		throw failure(`The run ${where} is ${state} already.`);
	}
}

async function answer(tail: Tail, name: RequestName): Promise<RunEvent | undefined> {
	for (const start = performance.now(); performance.now() - start < patience;) {
		for (const {bytes} of tail.read()) {
			const decoded = decodeLine(bytes.toString());
			if (decoded.kind === 'event' && answers[name].types.includes(decoded.event.type)) {
				return decoded.event;
			}
		}

		await sleep(lookInterval);
	}

	return undefined;
}
