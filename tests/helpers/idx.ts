/** Writes idx files, and folders of them, as those of MNIST are. */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';

/** An idx file of unsigned bytes. */
export function writeIdx(shape: readonly number[], values: ArrayLike<number>): Buffer {
	const header = Buffer.alloc(4 + (4 * shape.length));
	header.set([0, 0, 8, shape.length]);
	for (const [index, dimension] of shape.entries()) {
		header.writeUInt32BE(dimension, 4 + (4 * index));
	}

	return Buffer.concat([header, Uint8Array.from(values)]);
}

/** Images of 28 × 28, no two alike: the number of the image in the first two pixels, then a pattern with all grey values. */
export const imagePixels = (count: number, first = 0): Uint8Array =>
	Uint8Array.from({length: count * 784}, (_, index) => {
		const [image, pixel] = [first + Math.floor(index / 784), index % 784];
		return pixel < 2 ? (image >> (8 * pixel)) & 255 : ((7 * image) + pixel) % 256;
	});

export const imageLabels = (count: number, first = 0): Uint8Array => Uint8Array.from({length: count}, (_, index) => (3 * (first + index)) % 10);

/** The four files of so many images, by their original names; the test set goes on where the training set ends. */
export const idxFiles = (train: number, test: number): Record<string, Buffer> => ({
	'train-images-idx3-ubyte': writeIdx([train, 28, 28], imagePixels(train)),
	'train-labels-idx1-ubyte': writeIdx([train], imageLabels(train)),
	't10k-images-idx3-ubyte': writeIdx([test, 28, 28], imagePixels(test, train)),
	't10k-labels-idx1-ubyte': writeIdx([test], imageLabels(test, train)),
});

/** As archives pack them. */
export const packedFiles = (files: Readonly<Record<string, Buffer>>): Record<string, Buffer> =>
	Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));

/** Puts files into a folder, which is made if it is not there, and names the folder. */
export function putFiles(folder: string, files: Readonly<Record<string, Uint8Array>>): string {
	mkdirSync(folder, {recursive: true});
	for (const [name, bytes] of Object.entries(files)) {
		writeFileSync(path.join(folder, name), bytes);
	}

	return folder;
}
