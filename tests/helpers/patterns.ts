/** The 4096 patterns of twelve bits in the order of binary counting, the most significant bit first. */
export const patternRows: ReadonlyArray<readonly number[]> = Array.from({length: 4096}, (_, row) =>
	Array.from({length: 12}, (_, bit) => (row >> (11 - bit)) & 1));
