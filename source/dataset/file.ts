/**
A person's own data from an .npz file: `x` (the first dimension are the rows, all others their features), and for each row its class
in `y`, p(y|x) in `p_y`, or both; and the same as `x_test`, `y_test`, `p_y_test` where a test set is kept apart.
*/
import path from 'node:path';
import {failure} from '../errors.js';
import {type NpzFile, readNpz} from '../npz/read-npz.js';
import {refusalOfArray} from '../npz/refusal.js';
import {type Random} from '../random.js';
import {safeText} from '../safe-text.js';
import {type Dataset, type DataShape, rowRange} from './dataset.js';
import {jointOf} from './distinct.js';
import {drawLabels, type Part, readFileLabels} from './file-labels.js';

export type OwnFile = {
	readonly name: 'file';
	readonly path: string;
	/** Whether the rows are all the inputs that there are, and not a sample of them. */
	readonly population: boolean;
};

/** With an absolute path, which says the same wherever it is read. */
export const locateFile = (options: OwnFile): OwnFile => ({...options, path: path.resolve(options.path)});

/** From the headers of the inputs, and from the labels. */
export function describeFile({path: file}: OwnFile): DataShape {
	return readNpz(file, npz => {
		const {parts, features} = partsOf(npz, file);
		const rows = rowsOf(parts);
		return {
			...rows, features, classes: readFileLabels(npz, file, parts).target.classes, measured: rows.samples,
		};
	});
}

/**
Inputs are taken as they are, as float32. The information is over all rows, those of a test set included. Where there is only `p_y`,
the labels to train on are drawn from it once.
*/
export function loadFile({name, path: file, population}: OwnFile, random: Random): Dataset {
	return readNpz(file, npz => {
		const {parts, features} = partsOf(npz, file);
		const {samples, trainable} = rowsOf(parts);
		const {target, isDrawn} = readFileLabels(npz, file, parts);
		const labels = isDrawn ? drawLabels(target, random) : target.labels;
		const inputs = readInputs(npz, file, parts, features);
		return {
			name,
			samples,
			features,
			classes: target.classes,
			inputs,
			labels,
			isDrawn,
			isSample: !population,
			...jointOf(inputs, features, {...target, labels}),
			...(trainable < samples && {split: {train: rowRange(0, trainable), test: rowRange(trainable, samples)}}),
		};
	});
}

const rowsOf = (parts: readonly Part[]) => ({samples: parts.reduce((sum, {rows}) => sum + rows, 0), trainable: parts[0]!.rows});

/** The shapes of `x` and, if it is there, `x_test`, which must agree. */
function partsOf(npz: NpzFile, file: string): {parts: Part[]; features: number} {
	if (!npz.names.includes('x')) {
		throw failure(`${safeText(file)} has no inputs: save them as "x", a row a sample, as in np.savez(file, x=x, y=y).`);
	}

	const suffixes: ReadonlyArray<Part['suffix']> = npz.names.includes('x_test') ? ['', '_test'] : [''];
	const found = suffixes.map(suffix => {
		const shape = npz.shapeOf(`x${suffix}`);
		const [rows = 0, ...rest] = shape;
		const features = rest.reduce((product, dimension) => product * dimension, 1);
		if (rows === 0 || features === 0) {
			throw refusalOfArray(file, `x${suffix}`)(`has the shape (${shape.join(', ')}), in which there are no inputs: save a row a sample`);
		}

		return {suffix, rows, features};
	});
	const [{features}] = found as [typeof found[number]];
	const other = found.find(part => part.features !== features);
	if (other) {
		throw refusalOfArray(file, 'x_test')(`has ${other.features} features a row, and "x" has ${features}: save rows of one length`);
	}

	return {parts: found, features};
}

/** Rows × features, those of the test set last. */
function readInputs(npz: NpzFile, file: string, parts: readonly Part[], features: number): Float32Array {
	const inputs = new Float32Array(rowsOf(parts).samples * features);
	let start = 0;
	for (const {suffix, rows} of parts) {
		const part = inputs.subarray(start, start + (rows * features));
		part.set(npz.read(`x${suffix}`).values);
		if (part.some(value => !Number.isFinite(value))) {
			throw refusalOfArray(file, `x${suffix}`)('holds NaN, infinities or numbers beyond float32, which no network can take: leave these rows out, or scale them');
		}

		start += part.length;
	}

	return inputs;
}
