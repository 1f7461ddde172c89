/** Prints rows under a header, columns aligned. */
export function printTable(header: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
	const widths = header.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	for (const row of [header, ...rows]) {
		console.log(row.map((cell, column) => cell.padStart(widths[column]!)).join('  '));
	}
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
