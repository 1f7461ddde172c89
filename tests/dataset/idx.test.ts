import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {imagePixels, writeIdx} from '../helpers/idx.js';
import {refusalOf} from '../helpers/refusal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {openIdx} from '../../source/dataset/idx.js';

function put(bytes: Uint8Array): string {
	const file = path.join(temporaryFolder(), 'idx');
	writeFileSync(file, bytes);
	return file;
}

const pixels = imagePixels(20);
const images = writeIdx([20, 28, 28], pixels);

describe('an idx file', () => {
	it.each([
		['plain', images],
		['packed', gzipSync(images)],
		['packed without being made smaller', gzipSync(images, {level: 0})],
	])('that is %s has the shape of its header and the bytes behind it', (_, bytes) => {
		const {shape, read} = openIdx(put(bytes), 3);
		expect(shape).toEqual([20, 28, 28]);
		expect(Buffer.compare(read(), pixels)).toBe(0);
	});

	it('may have one dimension', () => {
		const {shape, read} = openIdx(put(writeIdx([3], [7, 0, 255])), 1);
		expect(shape).toEqual([3]);
		expect([...read()]).toEqual([7, 0, 255]);
	});
});

describe('an idx file is refused', () => {
	const wrongType = Uint8Array.from(images);
	wrongType[2] = 0x0D;
	const huge = writeIdx([60_000, 28, 28], []);

	it.each<readonly [string, Uint8Array, string]>([
		['that is empty', new Uint8Array(), 'is cut off: it has 0 bytes, and the header of an idx3 file takes 16: copy the file again.'],
		['that is cut off in its header', images.subarray(0, 15), 'is cut off: it has 15 bytes, and the header of an idx3 file takes 16: copy the file again.'],
		['that is cut off in its numbers', images.subarray(0, 1016), 'has 1,000 bytes after its header, which says 15,680 (20 × 28 × 28): copy the file again.'],
		['that goes on after its end', Buffer.concat([images, Uint8Array.of(0)]), 'has 15,681 bytes after its header, which says 15,680 (20 × 28 × 28): copy the file again.'],
		['of other dimensions', writeIdx([15_696], [...images]), 'begins with 00 00 08 01, and an idx3 file of bytes with 00 00 08 03: another file has this name, so copy the right one.'],
		['of other numbers than bytes', wrongType, 'begins with 00 00 0d 03, and an idx3 file of bytes with 00 00 08 03: another file has this name, so copy the right one.'],
		['that is something else', Buffer.from('<html><body>404 Not Found</body></html>'), 'begins with 3c 68 74 6d, and an idx3 file of bytes with 00 00 08 03: another file has this name, so copy the right one.'],
		['that says it has nothing', writeIdx([0, 28, 28], []), 'says that it holds 0 × 28 × 28 bytes, and ibtop reads 1 to 1,073,741,824: copy the file again.'],
		['that says it has more than there is room for', writeIdx([2 ** 31, 2 ** 31, 2 ** 31], []), 'says that it holds 2147483648 × 2147483648 × 2147483648 bytes, and ibtop reads 1 to 1,073,741,824: copy the file again.'],
	])('%s', (_, bytes, complaint) => {
		const file = put(bytes);
		expect(refusalOf(() => openIdx(file, 3))).toBe(`${file} ${complaint}`);
	});

	it.each([
		['cut off', gzipSync(images).subarray(0, -20), /cannot be unpacked, so it is cut off or damaged/v],
		['of fewer numbers than its header says', gzipSync(huge), /has 0 bytes after its header, which says 47,040,000/v],
		['of more numbers than its header says', gzipSync(Buffer.concat([images, new Uint8Array(10_000_000)])), /unpacks to more than its header says/v],
		['of one number more than its header says', gzipSync(Buffer.concat([images, Uint8Array.of(0)])), /has 15,681 bytes after its header/v],
	])('when it is read, packed and %s', (_, bytes, said) => {
		const idx = openIdx(put(bytes), 3);
		expect(refusalOf(() => idx.read())).toMatch(said);
	});

	it('that is packed and damaged from the beginning', () => {
		const bytes = gzipSync(images);
		bytes.fill(0xFF, 10, 40);
		expect(refusalOf(() => openIdx(put(bytes), 3))).toMatch(/cannot be unpacked/v);
	});

	it('that is not there, or is none', () => {
		const folder = temporaryFolder();
		mkdirSync(path.join(folder, 'idx'));
		expect(refusalOf(() => openIdx(path.join(folder, 'none'), 3))).toBe(`${folder}/none cannot be read (it does not exist): check the path and who may read it.`);
		expect(refusalOf(() => openIdx(path.join(folder, 'idx'), 3))).toBe(`${folder}/idx is not an ordinary file: name a folder with the four files of MNIST.`);
		expect(refusalOf(() => openIdx('/dev/zero', 3))).toMatch(/not an ordinary file/v);
	});
});
