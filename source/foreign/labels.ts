import {entropyOfWeights} from '../dataset/dataset.js';
import {type UserError} from '../errors.js';
import {type Target} from '../information/entropy.js';
import {type NpyArray} from '../npz/npy.js';

/** What the labels of somebody's data tell: the target of the estimators, and how much there is to know of it. */
export type ForeignLabels = {
	readonly target: Target;
	readonly rows: number;
	/** H(Y), and I(X;Y), which is less where the labels are stochastic; in bits. */
	readonly entropy: number;
	readonly bound: number;
};

/** Makes the sentence that refuses an array. */
type Refuse = (complaint: string) => UserError;

/** Labels are held in a byte each. */
const mostClasses = 256;

/** Classes from `y`: whole numbers of any size, one a row, numbered in their order; or one-hot rows, where the columns are the classes. */
export function classesOf(array: NpyArray, refuse: Refuse): ForeignLabels {
	const {shape, values} = oneHotClasses(array) ?? array;
	const rows = shape[0] ?? 0;
	if (rows === 0 || values.length !== rows) {
		throw refuse(`must hold one class a row, and has the shape (${shape.join(', ')}); probabilities of classes go into "p_y"`);
	}

	if (values.some(value => !Number.isInteger(value))) {
		throw refuse('holds numbers that are not whole, so they are no classes: save integers, or probabilities as "p_y"');
	}

	const numbers = [...new Set(values)].toSorted((a, b) => a - b);
	if (numbers.length > mostClasses) {
		throw refuse(`holds ${numbers.length} different numbers, and ibtop takes at most ${mostClasses} classes: save classes, not values`);
	}

	const indexOf = new Map(numbers.map((number, index) => [number, index]));
	const labels = Uint8Array.from(values, value => indexOf.get(value)!);
	const entropy = entropyOfWeights(numbers.map((_, index) => labels.reduce((count, label) => count + Number(label === index), 0)));
	return {
		target: {classes: numbers.length, labels}, rows, entropy, bound: entropy,
	};
}

/** The column of the 1 in every row, if each row has one and zeros besides. */
function oneHotClasses({shape, values}: NpyArray): Pick<NpyArray, 'shape' | 'values'> | undefined {
	const [rows = 0, columns = 0] = shape;
	if (shape.length !== 2 || columns < 2) {
		return undefined;
	}

	const classes = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		const cells = values.subarray(row * columns, (row + 1) * columns);
		const place = cells.indexOf(1);
		if (place === -1 || cells.some((value, column) => value !== 0 && column !== place)) {
			return undefined;
		}

		classes[row] = place;
	}

	return {shape: [rows], values: classes};
}

/** Stochastic labels from `p_y`: p(y|x) of each class in a row that adds up to 1, or p(y=1|x) alone. */
export function probabilitiesOf({shape, values}: NpyArray, refuse: Refuse): ForeignLabels {
	const rows = shape[0] ?? 0;
	const columns = rows === 0 ? 0 : values.length / rows;
	if (rows === 0 || shape.length > 2 || columns === 0 || columns > mostClasses) {
		throw refuse(`must hold the probabilities of 1 to ${mostClasses} classes a row, and has the shape (${shape.join(', ')})`);
	}

	if (values.some(value => !(value >= 0 && value <= 1))) {
		throw refuse('must hold probabilities, and has numbers outside of 0 to 1');
	}

	const conditional = columns === 1 ? inPairs(values) : normalised(values, rows, columns, refuse);
	const classes = Math.max(2, columns);
	const prior = Array.from({length: classes}, () => 0);
	let uncertainty = 0;
	const labels = new Uint8Array(rows);
	for (let row = 0; row < rows; row++) {
		const probabilities = conditional.subarray(row * classes, (row + 1) * classes);
		labels[row] = probabilities.indexOf(Math.max(...probabilities));
		uncertainty += entropyOfWeights([...probabilities]) / rows;
		for (const [label, probability] of probabilities.entries()) {
			prior[label]! += probability;
		}
	}

	const entropy = entropyOfWeights(prior);
	return {
		target: {classes, labels, conditional}, rows, entropy, bound: Math.max(0, entropy - uncertainty),
	};
}

/** P(y=1|x) as p(y=0|x), p(y=1|x). */
const inPairs = (values: NpyArray['values']): Float64Array =>
	Float64Array.from({length: 2 * values.length}, (_, index) => index % 2 === 0 ? 1 - values[index / 2]! : values[(index - 1) / 2]!);

/** Rows divided by their sums, which float32 may leave a little beside 1. */
function normalised(values: NpyArray['values'], rows: number, columns: number, refuse: Refuse): Float64Array {
	const conditional = Float64Array.from(values);
	for (let row = 0; row < rows; row++) {
		const probabilities = conditional.subarray(row * columns, (row + 1) * columns);
		const sum = probabilities.reduce((total, probability) => total + probability, 0);
		if (Math.abs(sum - 1) > 1e-3) {
			throw refuse(`must hold probabilities that add up to 1 in every row, and in row ${row} they add up to ${Number(sum.toPrecision(4))}`);
		}

		for (let column = 0; column < columns; column++) {
			probabilities[column]! /= sum;
		}
	}

	return conditional;
}
