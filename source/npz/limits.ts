/** How much a file may ask for. Nothing beyond is ever allocated: sizes are held against these before a byte is inflated. */
export type NpzLimits = {
	/** Bytes of the file itself. */
	readonly fileBytes: number;
	/** Members of the archive, arrays or not. */
	readonly entries: number;
	/** Bytes of one array: as saved, and as the numbers it becomes (an integer takes 8, a float16 4). At most 2 GiB, which Node can read at once. */
	readonly arrayBytes: number;
	/** Bytes of all arrays together, as saved and unpacked; they are read one at a time, so this bounds time, not memory. */
	readonly totalBytes: number;
	/** The flags that raise these, for whoever is refused. */
	readonly flags?: Readonly<Record<'fileBytes' | 'entries' | 'arrayBytes', string>>;
};

/** How large one array may be, and the end of the sentence that refuses a larger one. */
export type ArrayLimit = {readonly bytes: number; readonly remedy: string};

/** The end of a sentence that refuses: which flag would help, where one does. */
export const orRaise = ({flags}: NpzLimits, limit: 'fileBytes' | 'entries' | 'arrayBytes'): string => flags ? `, or raise ${flags[limit]}` : '';

/**
A file of 2 GiB, 1000 members, 1 GiB an array (60 000 rows × 4473 units of float32), 4 GiB in all. An array needs at most three
times its size in memory for a moment: packed, unpacked, and turned from Fortran's order.
*/
export const defaultNpzLimits: NpzLimits = {
	fileBytes: 2 * (2 ** 30),
	entries: 1000,
	arrayBytes: 2 ** 30,
	totalBytes: 4 * (2 ** 30),
};
