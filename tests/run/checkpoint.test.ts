import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {crc32} from 'node:zlib';
import {
	describe, expect, it, vi,
} from 'vitest';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {UserError} from '../../source/errors.js';
import {readCheckpoint, writeCheckpoint} from '../../source/run/checkpoint.js';
import {runDirectory} from '../../source/run/directory.js';
import {type RepeatState} from '../../source/training/state.js';

vi.setConfig({testTimeout: 60_000});

const parameters = (seed: number) => ({weights: [Float32Array.of(seed, -0, 1e-40), Float32Array.of(3.5)], biases: [Float32Array.of(), Float32Array.of(seed / 3)]});

const states: RepeatState[] = [1, 4].map(repeat => ({
	repeat,
	state: {
		epoch: 1234 + repeat,
		order: Int32Array.of(3, 1, 2, 0),
		random: repeat === 1 ? [1, -2, 2_147_483_647, -2_147_483_648] : null,
		engine: {
			parameters: parameters(repeat), steps: 99, slots: [parameters(7), parameters(8)], ...(repeat === 4 && {ranges: [[-6, 0.1 + 0.2], [0, 1e-300]] as const}),
		},
	},
}));

const run = () => runDirectory(temporaryFolder());

describe('a checkpoint', () => {
	it('comes back as it was written, to the last bit', () => {
		const place = run();
		writeCheckpoint(place, states);
		expect(readCheckpoint(place)).toEqual(states);
		writeCheckpoint(place, states.slice(1));
		expect(readCheckpoint(place)).toEqual(states.slice(1));
	});

	it('is none where there is no file', () => {
		expect(readCheckpoint(run())).toEqual([]);
	});

	it('is refused in a sentence when it is cut or changed anywhere, and never read wrong', () => {
		const place = run();
		writeCheckpoint(place, states);
		const bytes = readFileSync(place.checkpoint);
		let refused = 0;
		const check = (damaged: Buffer, what: string) => {
			writeFileSync(place.checkpoint, damaged);
			try {
				// Where what a person may read was changed, but nothing that counts, it is as it was.
				expect(readCheckpoint(place), what).toEqual(states);
			} catch (error) {
				expect(error, what).toBeInstanceOf(UserError);
				expect((error as Error).message, what).toMatch(/checkpoint\.bin (?:is damaged: remove it|was written by a newer ibtop|cannot be read)/v);
				refused++;
			}
		};

		for (let index = 0; index < bytes.length; index++) {
			check(bytes.subarray(0, index), `cut at ${index}`);
			const flipped = Buffer.from(bytes);
			flipped[index]! ^= 1 << (index % 8);
			check(flipped, `byte ${index}`);
		}

		expect(refused).toBeGreaterThan((2 * bytes.length) - 40);
	});

	it('of a newer version is refused', () => {
		const place = run();
		const body = Buffer.from('[]\n');
		writeFileSync(place.checkpoint, Buffer.concat([Buffer.from(`${JSON.stringify({
			kind: 'ibtop-checkpoint', version: 2, bytes: body.length, crc: crc32(body).toString(16).padStart(8, '0'),
		})}\n`), body]));
		expect(() => readCheckpoint(place)).toThrow(/written by a newer ibtop \(format 2; this one reads 1\): update ibtop/v);
	});

	it('is refused where a sound description speaks of more than there is', () => {
		const place = run();
		writeCheckpoint(place, states.slice(0, 1));
		const text = readFileSync(place.checkpoint, 'latin1');
		const body = Buffer.from(text.slice(text.indexOf('\n') + 1).replace('"order":4', '"order":9'), 'latin1');
		writeFileSync(place.checkpoint, Buffer.concat([Buffer.from(`${JSON.stringify({
			kind: 'ibtop-checkpoint', version: 1, bytes: body.length, crc: crc32(body).toString(16).padStart(8, '0'),
		})}\n`), body]));
		expect(() => readCheckpoint(place)).toThrow('is damaged');
	});

	it.skipIf(!canMount)('leaves the one before as it is where there is no room, and no draft (needs root, to mount a disk)', () => {
		const disk = mountSmallDisk(64);
		const place = runDirectory(disk.folder);
		writeCheckpoint(place, states);
		disk.fill();
		const large: RepeatState = {...states[0]!, state: {...states[0]!.state, order: new Int32Array(50_000)}};
		expect(() => {
			writeCheckpoint(place, [large]);
		}).toThrow('ENOSPC');
		expect(readCheckpoint(place)).toEqual(states);
		disk.free();
		expect(existsSync(`${place.checkpoint}.${process.pid}.tmp`)).toBe(false);
	});
});
