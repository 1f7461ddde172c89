/** What is known of the label: its class for each sample, or p(y|x) where the labels are stochastic. */
export type Target = {
	readonly classes: number;
	readonly labels: Uint8Array;
	/** samples × classes, row-major; takes the place of `labels` where it is given. */
	readonly conditional?: Float64Array | undefined;
};

/** Bits about the input, I(X;T), and about the label, I(T;Y). */
export type Information = {readonly x: number; readonly y: number};

/** What an estimator says of a layer; where it has two bounds, `x` and `y` are the upper ones. */
export type Estimate = Information & {
	readonly lower?: Information;
	/** Standard error in bits, where only a random part of the rows was looked at. */
	readonly error?: Information;
};

/** Rows that fell into the same cell: for each row the number of its group, 0 … count − 1. */
export type Groups = {readonly ids: Int32Array; readonly count: number};

/**
Information of a layer that is a deterministic function of X, with X uniform over the rows and T the group of a row:
I(X;T) = H(T), and I(T;Y) = H(Y) − H(Y|T), where p(y|t) is the mean of p(y|x) over the rows of the group. Linear in rows.

With one-hot p(y|x) this equals H(T) − Σ_y p(y) H(T|Y=y) [S18; science.md section 4].
*/
export function informationOfGroups({ids, count}: Groups, target: Target): Information {
	const rows = ids.length;
	const {classes} = target;
	const mass = target.conditional ? conditionalMass(ids, count, target.conditional, classes) : labelMass(ids, count, target.labels, classes);
	const sizes = groupSizes(ids, count);
	const prior = new Float64Array(classes);
	let sizeTerm = 0;
	let massTerm = 0;
	for (let group = 0; group < count; group++) {
		for (let label = 0; label < classes; label++) {
			const weight = mass[(group * classes) + label]!;
			prior[label]! += weight;
			massTerm += timesLog(weight);
		}

		sizeTerm += timesLog(sizes[group]!);
	}

	return informationOfSums({
		rows, sizeTerm, massTerm, prior,
	});
}

/** Over groups t and classes y, where n counts rows: Σ_t n_t log2 n_t, Σ_t Σ_y n_ty log2 n_ty, and n_y. */
type Sums = {
	readonly rows: number;
	readonly sizeTerm: number;
	readonly massTerm: number;
	readonly prior: Float64Array | Int32Array;
};

/** With N rows, H(T) = log2 N − Σ_t n_t log2 n_t / N, and likewise H(Y) and H(Y|T). */
export function informationOfSums({rows, sizeTerm, massTerm, prior}: Sums): Information {
	const logRows = Math.log2(rows);
	let priorTerm = 0;
	for (const weight of prior) {
		priorTerm += timesLog(weight);
	}

	return {
		x: nonNegative(logRows - (sizeTerm / rows)),
		y: nonNegative(logRows - (priorTerm / rows) - ((sizeTerm - massTerm) / rows)),
	};
}

function groupSizes(ids: Int32Array, count: number): Int32Array {
	const sizes = new Int32Array(count);
	for (const id of ids) {
		sizes[id]! += 1;
	}

	return sizes;
}

/** How many rows of each class a group has: count × classes. */
function labelMass(ids: Int32Array, count: number, labels: Target['labels'], classes: number): Int32Array {
	const mass = new Int32Array(count * classes);
	for (let row = 0; row < ids.length; row++) {
		mass[(ids[row]! * classes) + labels[row]!]! += 1;
	}

	return mass;
}

/** The sum of p(y|x) over the rows of each group: count × classes. */
function conditionalMass(ids: Int32Array, count: number, conditional: Float64Array, classes: number): Float64Array {
	const mass = new Float64Array(count * classes);
	for (let row = 0; row < ids.length; row++) {
		for (let label = 0; label < classes; label++) {
			mass[(ids[row]! * classes) + label]! += conditional[(row * classes) + label]!;
		}
	}

	return mass;
}

/** n log2 n, which is 0 at 0 and at 1, where most of it is called. */
export const timesLog = (n: number): number => n === 0 || n === 1 ? 0 : n * Math.log2(n);

/** Rounding may leave −1e-16 where the truth is 0. */
const nonNegative = (bits: number): number => bits < 1e-12 ? 0 : bits;
