/** Something that the user can mend: one sentence, and the exit code (2 for wrong usage, 1 for a failure, 0 where nothing is left to do). */
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly exitCode: 0 | 1 | 2;

	constructor(message: string, exitCode: 0 | 1 | 2) {
		super(message);
		this.exitCode = exitCode;
	}
}

export const usage = (message: string): UserError => new UserError(message, 2);
export const failure = (message: string): UserError => new UserError(message, 1);

/** What the system said, as part of a sentence: "no space is left on the device" rather than "ENOSPC: …, write". */
export function reason(error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	return (code && systemReasons[code]) ?? message ?? String(error);
}

const systemReasons: Record<string, string> = {
	EACCES: 'permission is denied',
	EDQUOT: 'the disk quota is used up',
	EEXIST: 'it exists already',
	EISDIR: 'it is a folder',
	ELOOP: 'it is a circle of symbolic links',
	EMFILE: 'too many files are open',
	ENAMETOOLONG: 'the name is too long',
	ENOENT: 'it does not exist',
	ENOSPC: 'no space is left on the disk',
	ENOTDIR: 'a part of its path is a file, not a folder',
	EPERM: 'permission is denied',
	EROFS: 'the file system is read-only',
};

/** What is shown for an error that reached the top: a sentence, and the stack only if `IBTOP_DEBUG` asks for it. */
export function describeError(error: unknown, environment: NodeJS.ProcessEnv): string {
	if (environment['IBTOP_DEBUG'] && error instanceof Error) {
		return error.stack ?? error.message;
	}

	return error instanceof UserError ? error.message : `Something went wrong inside ibtop: ${reason(error).replace(/\.$/v, '')}. Set IBTOP_DEBUG=1 to see where.`;
}
