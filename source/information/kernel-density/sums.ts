/** One sum for each query, of the kernel of the upper and of the lower bound of [KT17]. */
export type Sums = {readonly upper: Float64Array; readonly lower: Float64Array};

export type KernelSums = {
	/** The queries, in the order of their sums. */
	readonly queries: Int32Array;
	/** S_i = Σ_j K(t_i, t_j) over all rows j, i itself among them. */
	readonly all: Sums;
	/** The same over the rows of i's own class, or of the kernels times the weights of the rows j. */
	readonly part: Sums;
};

/** Which part of the sums is wanted: the rows of the query's own class, or the rows weighted. */
export type Part = {readonly labels: Uint8Array} | {readonly weights: Float64Array};

export function allRows(count: number): Int32Array {
	const rows = new Int32Array(count);
	for (let row = 0; row < count; row++) {
		rows[row] = row;
	}

	return rows;
}
