import {Worker} from 'node:worker_threads';
import {failure} from '../../errors.js';
import {packagePath} from '../../package.js';
import {type ThreadMessage, type ThreadSetup} from './messages.js';

export type Told = {readonly thread: number; readonly message: ThreadMessage};

export type Crew = {
	/** What the threads have told since the last call; waits for something at most so many milliseconds. Throws when a thread breaks. */
	readonly next: (milliseconds: number) => Promise<readonly Told[]>;
	/** Ends all threads, wherever they are. */
	readonly close: () => Promise<void>;
};

/** Starts a thread a setup. */
export function startCrew(setups: readonly ThreadSetup[]): Crew {
	let told: Told[] = [];
	let broken: Error | undefined;
	let wake = () => undefined as void;

	const workers = setups.map((setup, thread) => {
		const worker = new Worker(packagePath('dist/repeats.js'), {workerData: setup});
		let isOver = false;
		worker.on('message', (message: ThreadMessage) => {
			isOver ||= message.kind === 'over';
			told.push({thread, message});
			wake();
		});
		worker.on('error', error => {
			broken ??= asTold(error);
			wake();
		});
		worker.on('exit', code => {
			if (!isOver) {
				broken ??= failure(`A thread of the trainer ended with code ${code} in the middle of its repeats, and the run with it.`);
				wake();
			}
		});
		return worker;
	});

	return {
		async next(milliseconds) {
			if (told.length === 0 && !broken) {
				await new Promise<void>(resolve => {
					const timer = setTimeout(resolve, milliseconds);
					wake = () => {
						clearTimeout(timer);
						resolve();
					};
				});
			}

			const all = told;
			told = [];
			// First what had been told before it broke.
			if (broken && all.length === 0) {
				throw broken;
			}

			return all;
		},
		async close() {
			await Promise.all(workers.map(async worker => worker.terminate()));
		},
	};
}

/** An error of a thread arrives without its class. */
function asTold(error: Error): Error {
	if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') {
		return failure('A thread of the trainer ran out of memory: give fewer --repeats.');
	}

	return error.name === 'UserError' ? failure(error.message) : error;
}
