import {failure} from '../errors.js';
import {classesOf, probabilitiesOf} from '../foreign/labels.js';
import {type Target} from '../information/entropy.js';
import {type NpyArray} from '../npz/npy.js';
import {type NpzFile} from '../npz/read-npz.js';
import {refusalOfArray} from '../npz/refusal.js';
import {type Random} from '../random.js';
import {safeText} from '../safe-text.js';

/** One of the two sets of rows in a file; the names of its arrays end in `suffix`. */
export type Part = {readonly suffix: '' | '_test'; readonly rows: number};

/** The labels of all rows, in the order of the parts; `isDrawn` where the classes are yet to be drawn from their probabilities. */
export type FileLabels = {readonly target: Target; readonly isDrawn: boolean};

/** What `y` and `p_y` say. With both, `y` is trained on and must number the classes as the columns of `p_y` do. */
export function readFileLabels(npz: NpzFile, file: string, parts: readonly Part[]): FileLabels {
	const y = readJoined(npz, file, 'y', parts);
	const probabilities = readJoined(npz, file, 'p_y', parts);
	if (!y && !probabilities) {
		throw failure(`${safeText(file)} has no labels: save them as "y" (classes) or "p_y" (probabilities), as in np.savez(file, x=x, y=y).`);
	}

	if (!probabilities) {
		const {target} = classesOf(y!, refusalOfArray(file, 'y'));
		if (target.classes < 2) {
			throw refusalOfArray(file, 'y')('holds one class only, so there is nothing to learn: save rows of two classes or more');
		}

		return {target, isDrawn: false};
	}

	const {target} = probabilitiesOf(probabilities, refusalOfArray(file, 'p_y'));
	return y ? {target: {...target, labels: columnsOf(y, target.classes, file)}, isDrawn: false} : {target, isDrawn: true};
}

/** A class for each row, from its p(y|x). */
export function drawLabels({classes, conditional}: Target, random: Random): Uint8Array {
	return Uint8Array.from({length: conditional!.length / classes}, (_, row) => {
		let left = random.uniform();
		const label = conditional!.subarray(row * classes, (row + 1) * classes).findIndex(probability => {
			left -= probability;
			return left < 0;
		});
		// Rounding may leave a little where the probabilities are through.
		return label === -1 ? classes - 1 : label;
	});
}

function columnsOf(y: NpyArray, classes: number, file: string): Uint8Array {
	const wrong = y.values.find(value => !Number.isInteger(value) || value < 0 || value >= classes);
	if (wrong !== undefined || y.values.length !== y.shape[0]) {
		throw refusalOfArray(file, 'y')(`must number the columns of "p_y", one whole number from 0 to ${classes - 1} a row${wrong === undefined ? '' : `, and holds ${wrong}`}`);
	}

	return Uint8Array.from(y.values);
}

/** The array of all parts in one, `y` and `y_test`; undefined where there is neither. */
function readJoined(npz: NpzFile, file: string, name: 'y' | 'p_y', parts: readonly Part[]): NpyArray | undefined {
	const isThere = (array: string) => npz.names.includes(array);
	if (parts.length === 1 && isThere(`${name}_test`)) {
		throw failure(`${safeText(file)} has "${name}_test" and no "x_test": save the inputs of the test set too.`);
	}

	const missing = parts.map(({suffix}) => suffix).filter(suffix => !isThere(name + suffix));
	if (missing.length === parts.length) {
		return undefined;
	}

	if (missing.length > 0) {
		throw failure(`${safeText(file)} has no "${name}${missing[0]}" for its "x${missing[0]}": save the labels of both sets in the same way.`);
	}

	const arrays = parts.map(({suffix, rows}) => {
		const array = npz.read(name + suffix);
		if (array.shape[0] !== rows) {
			throw refusalOfArray(file, name + suffix)(`has the shape (${array.shape.join(', ')}), and "x${suffix}" has ${rows} rows: save one label for each row`);
		}

		return array;
	});
	const [first, second] = arrays as [NpyArray, NpyArray | undefined];
	if (!second) {
		return first;
	}

	const {shape} = second;
	if (shape.slice(1).join(',') !== first.shape.slice(1).join(',')) {
		throw refusalOfArray(file, `${name}_test`)(`has the shape (${shape.join(', ')}), and "${name}" has (${first.shape.join(', ')}): save as many columns in both`);
	}

	const values = new Float64Array(first.values.length + second.values.length);
	values.set(first.values);
	values.set(second.values, first.values.length);
	return {shape: [first.shape[0]! + shape[0]!, ...shape.slice(1)], kind: first.kind, values};
}
