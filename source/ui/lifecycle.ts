import process from 'node:process';

/** Errors of a stream whose terminal is gone. */
const hangupCodes: ReadonlySet<string | undefined> = new Set(['EIO', 'EPIPE', 'ENXIO', 'EBADF']);
export const isHangup = (error: unknown): boolean => hangupCodes.has((error as NodeJS.ErrnoException | undefined)?.code);

export type Listeners = {
	/** The terminal has another size. */
	readonly repaint: () => void;
	/** The process goes on after it slept. */
	readonly comeBack: () => void;
	readonly signal: (name: 'SIGINT' | 'SIGTERM') => void;
	/** The connection is lost: by signal, or because reading or writing fails. */
	readonly hangup: () => void;
	readonly error: (error: unknown) => void;
};

/** Listens to the terminal and the system; returns how to stop that. */
export function listen({
	repaint, comeBack, signal, hangup, error,
}: Listeners, keyboard: NodeJS.ReadStream): () => void {
	const fail = (cause: unknown) => {
		(isHangup(cause) ? hangup : error)(cause);
	};

	// Left in place for good: what is written last may fail as well, and nobody is there to be told.
	for (const stream of [keyboard, process.stdout, process.stderr]) {
		stream.on('error', fail);
	}

	process.stdout.on('resize', repaint);
	process.on('SIGCONT', comeBack);
	process.on('SIGHUP', hangup);
	process.on('SIGINT', signal);
	process.on('SIGTERM', signal);
	process.on('uncaughtException', fail);
	return () => {
		process.stdout.off('resize', repaint);
		process.off('SIGCONT', comeBack);
		process.off('SIGHUP', hangup);
		process.off('SIGINT', signal);
		process.off('SIGTERM', signal);
		process.off('uncaughtException', fail);
	};
}
