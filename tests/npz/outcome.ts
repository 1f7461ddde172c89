import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {UserError} from '../../source/errors.js';
import {type NpzLimits} from '../../source/npz/limits.js';
import {readNpz} from '../../source/npz/read-npz.js';
import {withTemporaryFolder} from '../helpers/python.js';

/** All that a reader gets of a file, as text, or the sentence by which it is refused. */
export type Outcome = {readonly result: string; readonly sentence?: never} | {readonly result?: never; readonly sentence: string};

/** Reads every array of a file. Any error that is no sentence for people ends the test. */
export function outcomeOf(file: string, limits?: NpzLimits): Outcome {
	try {
		return {
			result: readNpz(file, npz => JSON.stringify([npz.names, npz.ignored, npz.names.map(name => {
				const {shape, kind, values} = npz.read(name);
				return [shape, kind, [...values]];
			})]), limits),
		};
	} catch (error) {
		if (!(error instanceof UserError) || error.exitCode !== 1) {
			throw error;
		}

		return {sentence: error.message};
	}
}

/** The same of these bytes, as if they were the file `x.npz`. */
export const outcomeOfBytes = (bytes: Uint8Array, limits?: NpzLimits): Outcome => withTemporaryFolder(folder => {
	const file = path.join(folder, 'x.npz');
	writeFileSync(file, bytes);
	const {sentence, result} = outcomeOf(file, limits);
	return sentence === undefined ? {result} : {sentence: sentence.replace(file, 'x.npz')};
});
