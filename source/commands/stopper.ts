import {setTimeout as sleep} from 'node:timers/promises';
import {sendRequest} from '../run/control.js';
import {type RunDirectory} from '../run/directory.js';
import {type TrainerProcess} from '../run/process.js';

/** Milliseconds that a trainer has to notice a request, and then a signal; a step of a wide network may take seconds. */
const patience = {request: 5000, signal: 10_000};

export type Stopper = {
	/** Asks the trainer to stop, and sees to it that it is gone; `by` is what the `end` event says. A second call gives it no time. */
	readonly stop: (by: string) => Promise<void>;
	/** Whether `stop` gave it no choice. */
	readonly isKilled: () => boolean;
};

/** Asks by a file first; a trainer that does not listen gets a signal, and in the end, or when asked again, no choice. */
export function stopper(run: RunDirectory, trainer: TrainerProcess): Stopper {
	let isStopping = false;
	let isKilled = false;
	const kill = () => {
		isKilled = true;
		trainer.kill('SIGKILL');
	};

	const isGone = async (milliseconds: number) => {
		const timer = new AbortController();
		const gone = await Promise.race([
			trainer.wait().then(() => true),
			sleep(milliseconds, false, {signal: timer.signal}).catch(() => false),
		]);
		timer.abort();
		return gone;
	};

	const stop = async (by: string) => {
		if (isStopping) {
			kill();
		} else if (!trainer.exit()) {
			isStopping = true;
			ask(run, trainer, by);
			if (await isGone(patience.request)) {
				return;
			}

			trainer.kill('SIGTERM');
			if (!await isGone(patience.signal)) {
				kill();
			}
		}

		await trainer.wait();
	};

	return {stop, isKilled: () => isKilled};
}

function ask(run: RunDirectory, trainer: TrainerProcess, by: string): void {
	try {
		sendRequest(run, 'stop', by);
	} catch {
		trainer.kill('SIGTERM');
	}
}
