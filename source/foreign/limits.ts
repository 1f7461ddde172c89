import {defaultNpzLimits, type NpzLimits} from '../npz/limits.js';

/** What a user may raise: bytes of a file, arrays in it, and numbers (rows × units) in one of them. */
export type ForeignLimits = {readonly fileBytes?: number | undefined; readonly entries?: number | undefined; readonly numbers?: number | undefined};

const flags = {fileBytes: '--max-file', entries: '--max-arrays', arrayBytes: '--max-numbers'};

const defaultNumbers = defaultNpzLimits.arrayBytes / 8;

/** Node reads no more than 2 GiB at once. */
export const mostNumbers = 2 ** 28;

/** Bytes that the header of an array may take besides its numbers. */
const roomForHeader = 10_240;

/** A number takes 8 bytes at the most. A file unpacks to at most twice its greatest size, as by default. */
export const npzLimits = ({fileBytes = defaultNpzLimits.fileBytes, entries = defaultNpzLimits.entries, numbers = defaultNumbers}: ForeignLimits): NpzLimits =>
	({
		fileBytes, entries, arrayBytes: (8 * numbers) + roomForHeader, totalBytes: Math.max(2 * fileBytes, 8 * numbers), flags,
	});
