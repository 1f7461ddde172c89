/** What is known of the label: its class for each sample, or p(y|x) where the labels are stochastic. */
export type Target = {
	readonly classes: number;
	readonly labels: Uint8Array;
	/** samples × classes, row-major; takes the place of `labels` where it is given. */
	readonly conditional?: Float64Array | undefined;
};

/** Bits about the input, I(X;T), and about the label, I(T;Y). */
export type Information = {readonly x: number; readonly y: number};

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
	const sizes = new Float64Array(count);
	const mass = new Float64Array(count * classes);
	const prior = new Float64Array(classes);
	for (let row = 0; row < rows; row++) {
		sizes[ids[row]!]! += 1;
	}

	addMass(mass, ids, target);
	let sizeTerm = 0;
	let massTerm = 0;
	for (let group = 0; group < count; group++) {
		sizeTerm += timesLog(sizes[group]!);
		for (let label = 0; label < classes; label++) {
			const weight = mass[(group * classes) + label]!;
			prior[label]! += weight;
			massTerm += timesLog(weight);
		}
	}

	const priorTerm = prior.reduce((sum, weight) => sum + timesLog(weight), 0);
	const logRows = Math.log2(rows);
	return {
		x: nonNegative(logRows - (sizeTerm / rows)),
		y: nonNegative(logRows - (priorTerm / rows) - ((sizeTerm - massTerm) / rows)),
	};
}

/** Adds up p(y|x) by group: count × classes. */
function addMass(mass: Float64Array, ids: Int32Array, {classes, labels, conditional}: Target): void {
	if (!conditional) {
		for (let row = 0; row < ids.length; row++) {
			mass[(ids[row]! * classes) + labels[row]!]! += 1;
		}

		return;
	}

	for (let row = 0; row < ids.length; row++) {
		for (let label = 0; label < classes; label++) {
			mass[(ids[row]! * classes) + label]! += conditional[(row * classes) + label]!;
		}
	}
}

/** n log2 n, which is 0 at 0 and at 1, where most of it is called. */
const timesLog = (n: number): number => n === 0 || n === 1 ? 0 : n * Math.log2(n);

/** Rounding may leave −1e-16 where the truth is 0. */
const nonNegative = (bits: number): number => bits < 1e-12 ? 0 : bits;
