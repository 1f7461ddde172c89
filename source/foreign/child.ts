/**
The process that reads what others train: `node foreign.js RUN-FOLDER`. Reads `run.json`, follows the drop directory that it names,
writes `events.ndjson`, obeys `control/` and signals. Like a trainer it never waits for a viewer, and goes on without one.
*/
import {existsSync, rmSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {
	describeError, failure, reason, UserError,
} from '../errors.js';
import {claimRun} from '../run/claim.js';
import {takeRequests} from '../run/control.js';
import {
	isForeign, readManifest, removeDrafts, runDirectory, writeManifest,
} from '../run/directory.js';
import {type EndEvent} from '../run/events.js';
import {processStart} from '../run/process.js';
import {followRun} from '../run/reader.js';
import {type EventWriter, openEventWriter} from '../run/writer.js';
import {followDirectory} from './follow-directory.js';
import {npzLimits} from './limits.js';
import {foreignPast} from './past.js';

/** Milliseconds that a full disk is given for the last event, and between tries. */
const lastEventPatience = 2000;
const retryInterval = 50;

const run = runDirectory(process.argv[2]!);
const caught: {signal?: NodeJS.Signals} = {};
for (const name of ['SIGTERM', 'SIGINT'] as const) {
	process.on(name, () => {
		caught.signal ??= name;
	});
}

process.on('SIGHUP', () => undefined);

async function followSource(writer: EventWriter): Promise<EndEvent> {
	const manifest = readManifest(run);
	if (!isForeign(manifest) || manifest.source.path === undefined) {
		throw failure('This run has no drop directory.');
	}

	const {path: folder, estimators, consume = false, once = false, limits = {}} = manifest.source;
	const pidStarted = processStart(process.pid);
	writeManifest(run, {...manifest, pid: process.pid, ...(pidStarted !== undefined && {pidStarted})});
	const remove = consume ? consumer(writer) : () => undefined;
	for await (const {event, file} of followDirectory({
		run: run.name,
		folder,
		past: await foreignPast(followRun(run.events, {isOver: () => true})),
		estimators,
		isOnce: once,
		limits: npzLimits(limits),
		wishes: {takeRequests: () => takeRequests(run), signal: () => caught.signal ?? (existsSync(run.manifest) ? undefined : 'its folder was removed')},
		now: () => performance.now(),
	})) {
		if (event.type === 'end') {
			return event;
		}

		const isWritten = writer.append(event);
		if (file !== undefined && isWritten) {
			remove(file);
		}
	}

	throw new Error('reading ended without saying why');
}

/** Deletes files that have been read; where that is not allowed, says so once. */
function consumer(writer: EventWriter): (file: string) => void {
	let hasFailed = false;
	return file => {
		try {
			rmSync(file);
		} catch (error) {
			if (!hasFailed) {
				writer.append({type: 'warning', message: `files that have been read cannot be deleted (${reason(error)}): look at who may write into the folder`});
			}

			hasFailed = true;
		}
	};
}

/** The last event matters most: on a full disk it is tried for a while. */
async function writeLast(writer: EventWriter, event: EndEvent): Promise<void> {
	let isWritten = writer.append(event);
	for (const start = performance.now(); !isWritten && performance.now() - start < lastEventPatience;) {
		await sleep(retryInterval);
		isWritten = writer.retry();
	}
}

let writer: EventWriter | undefined;
try {
	process.once('exit', claimRun(run));
	removeDrafts(run);
	writer = openEventWriter(run.events);
	const patient = writer;
	setInterval(() => {
		patient.retry();
	}, retryInterval * 20).unref();
	await writeLast(writer, await followSource(writer));
} catch (error) {
	const message = describeError(error, process.env);
	console.error(message);
	if (writer) {
		await writeLast(writer, {type: 'end', reason: 'failed', message: error instanceof UserError ? message : message.split('\n')[0]!});
	}

	process.exitCode = 1;
}
