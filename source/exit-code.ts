import process from 'node:process';
import {describeError, UserError} from './errors.js';

/** The exit code of a command; what goes wrong in it becomes a sentence. */
export async function exitCodeOf(command: () => Promise<number>): Promise<number> {
	try {
		return await command();
	} catch (error) {
		process.stderr.write(`${describeError(error, process.env)}\n`);
		return error instanceof UserError ? error.exitCode : 1;
	}
}
