import {appendFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {emptyHistory, type History, reduce} from '../../source/history/reduce.js';
import {type RunEvent} from '../../source/run/events.js';
import {decodeLine, encodeLine} from '../../source/run/line.js';
import {followRun} from '../../source/run/reader.js';
import {createSkimmer} from '../../source/run/skim.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';
import {temporaryFolder} from '../helpers/workplace.js';

const epochOf = (epoch: number, loss: number, repeat?: number): RunEvent => {
	const {type, ...rest} = exampleEpoch(epoch, {layers: 1});
	return {
		type, ...(repeat !== undefined && {repeat}), ...rest, loss,
	};
};

const resumeAt = (epoch: number, repeat?: number): RunEvent => ({
	type: 'resume', epoch, from: [{...(repeat !== undefined && {repeat}), epoch, phases: []}],
});
const upTo = (first: number, end: number, loss: number, repeat?: number) =>
	Array.from({length: end - first}, (_, index) => epochOf(first + index, loss, repeat));

/** What a skimmer with so much room keeps of a file whose end is far away. */
function skimmed(lines: readonly string[], room: number): string[] {
	const skimmer = createSkimmer(Infinity, () => room);
	for (const [index, line] of lines.entries()) {
		skimmer.take({bytes: Buffer.from(line.trimEnd()), end: index});
	}

	return skimmer.kept().map(({text}) => `${text}\n`);
}

function historyOf(lines: readonly string[]): History {
	let history = emptyHistory;
	for (const line of lines) {
		const decoded = decodeLine(line.trimEnd());
		history = decoded.kind === 'event' ? reduce(history, decoded.event) : history;
	}

	return history;
}

const livesIn = (lines: readonly string[]) => historyOf(lines).epochs.map(({epoch, loss}) => `${epoch} of life ${loss}`);

const start = exampleStart({hidden: [3]});
/** Where a run is stopped, and from where it goes on. */
const turn = fc.record({length: fc.integer({min: 1, max: 150}), back: fc.nat({max: 120})});

/** The events of a run that was killed again and again; the loss tells which life an epoch is of. */
function livesOf(turns: ReadonlyArray<{length: number; back: number}>, repeat?: number): RunEvent[] {
	let epoch = 0;
	return turns.flatMap(({length, back}, life) => {
		const from = Math.max(0, epoch - back);
		epoch = from + length;
		return [...(life === 0 ? [] : [resumeAt(from, repeat)]), ...upTo(from, epoch, life, repeat)];
	});
}

describe('skimming a file', () => {
	it('keeps everything, damaged lines too, where there is room', () => {
		const lines = [start, ...upTo(0, 50, 1)].map(event => encodeLine(event)).with(7, 'garbage\n').with(9, encodeLine(epochOf(8, 1)).replace('"epoch":8', '"epoch":3'));
		expect(skimmed(lines, 49)).toEqual(lines);
	});

	it('keeps the first epoch, the order, all that is no epoch, and no more epochs than there is room for, of a run of many lives', () => {
		fc.assert(fc.property(fc.array(turn, {minLength: 1, maxLength: 8}), turns => {
			const events = [start, ...livesOf(turns), {type: 'end', reason: 'finished'} as const];
			const lines = events.map(event => encodeLine(event));
			const kept = skimmed(lines, 60);
			expect(kept).toEqual(lines.filter(line => kept.includes(line)));
			const isEpoch = (line: string) => line.startsWith('{"type":"epoch"');
			expect(kept.filter(line => !isEpoch(line))).toEqual(lines.filter(line => !isEpoch(line)));
			expect(kept.filter(line => isEpoch(line)).length).toBeLessThanOrEqual(60);
			// What counts is what counts in the whole file: each epoch of its last life.
			const [all, some] = [lines, kept].map(list => livesIn(list));
			expect(some).toEqual(all!.filter(epoch => some!.includes(epoch)));
			expect(some![0]).toBe(all![0]);
			expect(historyOf(kept).end).toEqual({type: 'end', reason: 'finished'});
		}), {numRuns: 40});
	});

	it('does so for each of several repeats', () => {
		const lines = [{...start, repeats: 2}, ...Array.from({length: 300}, (_, epoch) => [epochOf(epoch, 1, 1), epochOf(epoch, 2, 2)]).flat()].map(event => encodeLine(event));
		const history = historyOf(skimmed(lines, 60));
		const [one, other] = history.repeats.map(repeat => repeat.history.epochs.map(({epoch}) => epoch));
		expect(one).toEqual(other);
		expect(one!.length).toBeGreaterThan(20);
		expect(one!.length).toBeLessThanOrEqual(60);
		expect(history.epochs.map(({epoch}) => epoch)).toEqual(one);
		expect(history.epochs[5]!.loss).toBe(1.5);
	});

	it.each([
		['far ahead', '"epoch":150', '"epoch":999999'],
		['back', '"epoch":150', '"epoch":3'],
	])('is not misled by a damaged line that says an epoch %s', (_, from, to) => {
		const sound = upTo(0, 400, 1).map(event => encodeLine(event));
		const lines = sound.with(150, sound[150]!.replace(from, to));
		const [damaged, whole] = [lines, sound].map(list => historyOf(skimmed(list, 60)).epochs.map(({epoch}) => epoch));
		expect(damaged!.filter(epoch => epoch !== 151)).toEqual(whole!.filter(epoch => epoch !== 150));
	});
});

describe('following a very long run', () => {
	const epochs = 5000;
	const roomFor = () => 400;

	it('gives of what is there a part, its last half of a megabyte whole, and then all that comes', async () => {
		const file = path.join(temporaryFolder(), 'events.ndjson');
		writeFileSync(file, [start, ...Array.from({length: epochs}, (_, epoch) => exampleEpoch(epoch))].map(event => encodeLine(event)).join(''));
		const abort = new AbortController();
		const seen: number[] = [];
		for await (const {event} of followRun(file, {roomFor, interval: 1, signal: abort.signal})) {
			if (event.type !== 'epoch') {
				continue;
			}

			seen.push(event.epoch);
			if (event.epoch === epochs - 1) {
				appendFileSync(file, Array.from({length: 500}, (_, index) => encodeLine(exampleEpoch(epochs + index))).join(''));
			}

			if (event.epoch === epochs + 499) {
				abort.abort();
			}
		}

		const last = Math.floor((2 ** 19) / encodeLine(exampleEpoch(epochs)).length) - 1;
		expect(seen.slice(0, 20)).toEqual(Array.from({length: 20}, (_, epoch) => epoch));
		expect(seen.slice(-500 - last)).toEqual(Array.from({length: 500 + last}, (_, index) => epochs - last + index));
		expect(seen.length).toBeLessThan(400 + last + 600);
	});

	it('says that a newer ibtop wrote it', async () => {
		const file = path.join(temporaryFolder(), 'events.ndjson');
		writeFileSync(file, encodeLine({...start, version: 2}));
		await expect(followRun(file, {roomFor}).next()).rejects.toMatchObject({exitCode: 1});
	});
});
