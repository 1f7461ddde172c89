import {Buffer} from 'node:buffer';
import {appendFileSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {type RunEvent} from '../../source/run/events.js';
import {encodeLine} from '../../source/run/line.js';
import {followRun, type FollowOptions} from '../../source/run/reader.js';
import {openTail} from '../../source/run/tail.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';
import {textsOf} from '../helpers/tail.js';
import {until} from '../helpers/until.js';
import {temporaryFolder} from '../helpers/workplace.js';

const end: RunEvent = {type: 'end', reason: 'finished', epoch: 3};
const eventFile = () => path.join(temporaryFolder(), 'events.ndjson');
const linesOf = (...events: RunEvent[]) => events.map(event => encodeLine(event)).join('');

/** Follows a run in the background; `events` grows. */
function follow(file: string, options: FollowOptions = {}) {
	const events: RunEvent[] = [];
	const lines: string[] = [];
	const done = (async () => {
		for await (const {event, line} of followRun(file, {interval: 1, ...options})) {
			events.push(event);
			lines.push(line);
		}
	})();
	return {events, lines, done};
}

describe('following a run', () => {
	it('gives each event with the line that holds it, until the end', async () => {
		const file = eventFile();
		const all = [exampleStart(), exampleEpoch(0), exampleEpoch(1), end];
		writeFileSync(file, linesOf(...all));
		const {events, lines, done} = follow(file);
		await done;
		expect(events).toEqual(all);
		expect(lines.map(line => `${line}\n`).join('')).toBe(linesOf(...all));
	});

	it('waits for a file that is not there yet', async () => {
		const file = eventFile();
		const {events, done} = follow(file);
		writeFileSync(file, linesOf(exampleStart(), end));
		await done;
		expect(events).toEqual([exampleStart(), end]);
	});

	it('waits at a line that is not complete', async () => {
		const file = eventFile();
		const line = encodeLine({type: 'warning', message: 'über → 𝛼'});
		writeFileSync(file, line.slice(0, 40));
		let looks = 0;
		let damaged = 0;
		const {events, done} = follow(file, {
			isOver() {
				looks++;
				return false;
			},
			onDamage() {
				damaged++;
			},
		});
		await until('it has looked at the half line', () => looks > 2);
		expect(events).toEqual([]);
		appendFileSync(file, line.slice(40) + linesOf(end));
		await done;
		expect(events).toEqual([{type: 'warning', message: 'über → 𝛼'}, end]);
		expect(damaged).toBe(0);
	});

	it('skips damaged lines and counts them', async () => {
		const file = eventFile();
		const broken = encodeLine(exampleEpoch(0)).replace('"epoch":0', '"epoch":9');
		writeFileSync(file, [linesOf(exampleStart()), broken, 'garbage\n', '\n', linesOf(exampleEpoch(1), end)].join(''));
		let damaged = 0;
		const {events, done} = follow(file, {
			onDamage() {
				damaged++;
			},
		});
		await done;
		expect(events).toEqual([exampleStart(), exampleEpoch(1), end]);
		expect(damaged).toBe(3);
	});

	it('skips events that it does not know without calling them damaged', async () => {
		const file = eventFile();
		const unknown = encodeLine({type: 'later', epoch: 3} as unknown as RunEvent);
		writeFileSync(file, linesOf(exampleStart()) + unknown + linesOf(end));
		let damaged = 0;
		const {events, done} = follow(file, {
			onDamage() {
				damaged++;
			},
		});
		await done;
		expect(events).toEqual([exampleStart(), end]);
		expect(damaged).toBe(0);
	});

	it('says that a newer ibtop wrote it', async () => {
		const file = eventFile();
		writeFileSync(file, encodeLine({...exampleStart(), version: 2}));
		await expect(follow(file).done).rejects.toMatchObject({exitCode: 1, message: expect.stringContaining('was written by a newer ibtop than this one: update ibtop.') as string});
	});

	it('ends when nothing will come any more, and still sees what was written last', async () => {
		const file = eventFile();
		writeFileSync(file, linesOf(exampleStart()));
		let looks = 0;
		const {events, done} = follow(file, {
			isOver() {
				looks++;
				if (looks === 2) {
					// Between the look before and the last one.
					appendFileSync(file, linesOf(exampleEpoch(0)) + encodeLine(exampleEpoch(1)).slice(0, 30));
				}

				return looks === 2;
			},
		});
		await done;
		expect(events).toEqual([exampleStart(), exampleEpoch(0)]);
	});

	it('ends at a signal, at once', async () => {
		const file = eventFile();
		writeFileSync(file, linesOf(exampleStart()));
		const abort = new AbortController();
		const {events, done} = follow(file, {signal: abort.signal, interval: 3_600_000});
		await until('the first event', () => events.length === 1);
		abort.abort();
		await done;
		expect(events).toEqual([exampleStart()]);
	});
});

describe('the tail of a file', () => {
	it('gives a line when its last byte is there, and none before, whatever characters are cut in two', () => {
		const file = eventFile();
		const line = 'über → 𝛼';
		writeFileSync(file, '');
		const tail = openTail(file);
		for (const byte of Buffer.from(line)) {
			appendFileSync(file, Buffer.of(byte));
			expect(textsOf(tail)).toEqual([]);
		}

		appendFileSync(file, '\n');
		expect(textsOf(tail)).toEqual([line]);
		tail.close();
	});

	it('puts together lines that are longer than its buffer, with characters on its border', () => {
		const file = eventFile();
		const long = `${'x'.repeat(65_535)}→${'y'.repeat(200_000)}`;
		writeFileSync(file, `${long}\nshort\n\nrest`);
		const tail = openTail(file);
		expect(textsOf(tail)).toEqual([long, 'short', '']);
		appendFileSync(file, ' of it\n');
		expect(textsOf(tail)).toEqual(['rest of it']);
		expect(textsOf(tail)).toEqual([]);
		tail.close();
	});

	it('gets the line right that was cut back on a full disk and written again', () => {
		const file = eventFile();
		writeFileSync(file, 'first\nsecond, bro');
		const tail = openTail(file);
		expect(textsOf(tail)).toEqual(['first']);
		truncateSync(file, 'first\n'.length);
		expect(textsOf(tail)).toEqual([]);
		appendFileSync(file, 'second, broken off and whole again\nthird\n');
		expect(textsOf(tail)).toEqual(['second, broken off and whole again', 'third']);
		tail.close();
	});
});
