import {crc32} from 'node:zlib';

/** After the signature of 8 bytes and IHDR, which is 13 bytes of data in a chunk. */
const place = 8 + 12 + 13;

/** The same PNG with its dots to the inch in it (a pHYs chunk), so that a text processor sets it in the size it was made for. */
export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array {
	const dotsPerMetre = Math.round(dotsPerInch / 0.0254);
	const chunk = Buffer.alloc(21);
	chunk.writeUInt32BE(9, 0);
	chunk.write('pHYs', 4, 'latin1');
	chunk.writeUInt32BE(dotsPerMetre, 8);
	chunk.writeUInt32BE(dotsPerMetre, 12);
	chunk.writeUInt8(1, 16);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
	return Buffer.concat([png.subarray(0, place), chunk, png.subarray(place)]);
}
