import {failure, type UserError} from '../errors.js';
import {safeText} from '../safe-text.js';

/** Makes the one sentence that refuses a file or an array of it: the complaint says what is wrong and what to do about it. */
export type Refuse = (complaint: string) => UserError;

const refusalOf = (subject: string): Refuse => complaint => failure(`${subject} ${complaint}${complaint.endsWith('?') ? '' : '.'}`);

export const refusalOfFile = (file: string): Refuse => refusalOf(safeText(file));

export const refusalOfArray = (file: string, name: string): Refuse => refusalOf(`The array "${safeText(name, 60)}" in ${safeText(file)}`);

/** The complaint where what was written is not what is read: no setting of the writer helps, only the file anew. */
export const damaged = (what: string): string => `is damaged (${what}): copy the file again, or save it again with np.savez`;

/** "512 bytes", "1.5 MiB", "2 GiB"; rounded up, so that what is beyond a limit is not shown as the limit. */
export function showBytes(bytes: number): string {
	const [unit, size] = bytes >= 2 ** 30 ? ['GiB', 2 ** 30] as const : (bytes >= 2 ** 20 ? ['MiB', 2 ** 20] as const : ['bytes', 1] as const);
	return `${(Math.ceil(10 * bytes / size) / 10).toLocaleString('en-US')} ${unit}`;
}
