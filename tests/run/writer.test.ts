import {
	appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {encodeLine} from '../../source/run/line.js';
import {openTail} from '../../source/run/tail.js';
import {openEventWriter} from '../../source/run/writer.js';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';
import {textsOf} from '../helpers/tail.js';
import {temporaryFolder} from '../helpers/workplace.js';

const read = (file: string) => readFileSync(file, 'utf8');
const linesOf = (...events: RunEvent[]) => events.map(event => encodeLine(event)).join('');
const warning: RunEvent = {type: 'warning', message: expect.stringContaining('could not be written for a while') as string};
const fullDevice = '/dev/full';

describe('the event writer', () => {
	it('has a line in the file when it says so', () => {
		const file = path.join(temporaryFolder(), 'events.ndjson');
		const writer = openEventWriter(file);
		const events = [exampleStart(), exampleEpoch(0), exampleEpoch(1)];
		for (const [index, event] of events.entries()) {
			expect(writer.append(event)).toBe(true);
			expect(read(file)).toBe(linesOf(...events.slice(0, index + 1)));
		}

		writer.close();
	});

	it('appends to what is there', () => {
		const file = path.join(temporaryFolder(), 'events.ndjson');
		writeFileSync(file, linesOf(exampleStart()));
		const writer = openEventWriter(file);
		writer.append(exampleEpoch(0));
		writer.close();
		expect(read(file)).toBe(linesOf(exampleStart(), exampleEpoch(0)));
	});

	it.skipIf(!existsSync(fullDevice))('says that nothing could be written, again and again, and never throws', () => {
		const writer = openEventWriter(fullDevice);
		expect(writer.append(exampleStart())).toBe(false);
		expect(writer.append(exampleEpoch(0))).toBe(false);
		expect(writer.retry()).toBe(false);
		writer.close();
	});

	it.skipIf(!canMount)('keeps the lines that a full disk does not take, cuts off the half of one, and writes all, with one warning, when there is room (needs root, to mount a disk)', () => {
		const disk = mountSmallDisk(16);
		const file = path.join(disk.folder, 'events.ndjson');
		const writer = openEventWriter(file);
		const taken: RunEvent[] = [exampleStart()];
		expect(writer.append(taken[0]!)).toBe(true);
		disk.fill();
		let refused: RunEvent | undefined;
		for (let epoch = 0; !refused && epoch < 100; epoch++) {
			const event = exampleEpoch(epoch);
			if (writer.append(event)) {
				taken.push(event);
			} else {
				refused = event;
			}
		}

		// Not a byte of the refused line is left, though a part of it did fit into the last block.
		expect(refused).toBeDefined();
		expect(read(file)).toBe(linesOf(...taken));
		expect(writer.retry()).toBe(false);
		expect(writer.append(exampleEpoch(200))).toBe(false);
		expect(read(file)).toBe(linesOf(...taken));

		disk.free();
		expect(writer.append(exampleEpoch(300))).toBe(true);
		writer.close();
		const lines = read(file).split('\n').slice(0, -1);
		const warnings = lines.filter(line => line.startsWith('{"type":"warning"'));
		expect(warnings.map(line => JSON.parse(line) as unknown)).toEqual([expect.objectContaining(warning)]);
		expect(lines.filter(line => !warnings.includes(line)).map(line => `${line}\n`).join('')).toBe(linesOf(...taken, refused!, exampleEpoch(200), exampleEpoch(300)));
	});

	it.skipIf(!canMount)('ends the file with the end event, though it had to wait (needs root, to mount a disk)', () => {
		const disk = mountSmallDisk(64);
		const file = path.join(disk.folder, 'events.ndjson');
		const writer = openEventWriter(file);
		writer.append(exampleStart());
		disk.fill();
		for (let epoch = 0; writer.append(exampleEpoch(epoch));) {
			epoch++;
		}

		expect(writer.append({type: 'end', reason: 'finished', epoch: 99})).toBe(false);
		disk.free();
		expect(writer.retry()).toBe(true);
		writer.close();
		expect(read(file).endsWith(encodeLine({type: 'end', reason: 'finished', epoch: 99}))).toBe(true);
	});

	it.skipIf(!canMount)('is followed by a reader that sees each line once, whole, in order, whatever the disk did (needs root, to mount one)', () => {
		const disk = mountSmallDisk(64);
		const file = path.join(disk.folder, 'events.ndjson');
		const writer = openEventWriter(file);
		const tail = openTail(file);
		const seen: string[] = [];
		let refused = -1;
		for (let epoch = 0; epoch < 40; epoch++) {
			if (epoch === 3) {
				disk.fill();
			}

			if (epoch === 20) {
				disk.free();
				// The reader has looked between the short write of the refused line and the cut.
				const {size} = statSync(file);
				appendFileSync(file, encodeLine(exampleEpoch(refused)).slice(0, 400));
				seen.push(...textsOf(tail));
				truncateSync(file, size);
			}

			if (!writer.append(exampleEpoch(epoch)) && refused === -1) {
				refused = epoch;
			}

			seen.push(...textsOf(tail));
		}

		writer.close();
		tail.close();
		const epochs = Array.from({length: 40}, (_, epoch) => encodeLine(exampleEpoch(epoch)).slice(0, -1));
		const isWarning = (line: string) => line.startsWith('{"type":"warning"');
		expect(refused).toBeGreaterThan(0);
		expect(seen.filter(line => !isWarning(line))).toEqual(epochs);
		expect(seen.filter(line => isWarning(line))).toHaveLength(1);
	});
});
