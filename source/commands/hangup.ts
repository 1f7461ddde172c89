import process from 'node:process';
import {isatty} from 'node:tty';

/** Node aborts at its end if it cannot reset a terminal that is gone; the signal, with nobody listening, ends the process properly. */
export function dieOfHangup(): void {
	if (!isatty(1)) {
		process.removeAllListeners('SIGHUP');
		process.kill(process.pid, 'SIGHUP');
	}
}
