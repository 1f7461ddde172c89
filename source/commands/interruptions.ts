import process from 'node:process';
import {isHangup} from '../ui/lifecycle.js';

/** What ends a command before its time; a silent one has nobody left to speak to. */
export type Interruption = {readonly by: string; readonly exitCode: number; readonly isSilent: boolean};

/** Ctrl-C, SIGTERM and a reader that went away stop the training; SIGHUP and a terminal that is gone only end the printing. */
export function watchInterruptions(onInterruption: (interruption: Interruption) => void, onHangup: () => void): void {
	process.on('SIGINT', () => {
		onInterruption({by: 'Ctrl-C', exitCode: 130, isSilent: false});
	});
	process.on('SIGTERM', () => {
		onInterruption({by: 'SIGTERM', exitCode: 143, isSilent: false});
	});
	process.on('SIGHUP', onHangup);
	let isLost = false;
	const lose = (error: NodeJS.ErrnoException) => {
		// Every line that was on its way fails by itself: that is no second wish to stop, which would leave the trainer no time.
		if (isLost) {
			return;
		}

		isLost = true;
		if (error.code === 'EPIPE') {
			onInterruption({by: 'the reader of the output went away', exitCode: 0, isSilent: true});
		} else if (isHangup(error)) {
			onHangup();
		} else {
			onInterruption({by: 'the output cannot be written', exitCode: 1, isSilent: true});
		}
	};

	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', lose);
	}
}
