import {defaultNpzLimits, type NpzLimits} from '../npz/limits.js';

/** What a user may raise: bytes of a file, arrays in it, and numbers (rows × units) in one of them. */
export type ForeignLimits = {readonly fileBytes?: number | undefined; readonly entries?: number | undefined; readonly numbers?: number | undefined};

/** Node reads no more than 2 GiB at once. */
export const mostNumbers = 2 ** 28;

/** A number takes 8 bytes at the most. A file unpacks to at most twice its greatest size, as by default. */
export const npzLimits = ({fileBytes = defaultNpzLimits.fileBytes, entries = defaultNpzLimits.entries, numbers = defaultNpzLimits.arrayBytes / 8}: ForeignLimits): NpzLimits =>
	({
		fileBytes, entries, arrayBytes: 8 * numbers, totalBytes: Math.max(2 * fileBytes, 8 * numbers),
	});
