import {
	mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {seriesCsv} from '../../source/export/csv.js';
import {saveSnapshot} from '../../source/export/snapshot.js';
import {createRunDirectory} from '../../source/run/directory.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {temporaryFolder} from '../helpers/workplace.js';

const newRun = (root = temporaryFolder()) => createRunDirectory(root, 'test', false);
const history = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(1284));

describe('a snapshot', () => {
	it('is the screen, the series and everything, in files named after the epoch', () => {
		const run = newRun();
		const stem = saveSnapshot(run, ['first  ', ' second', '   '], history);
		expect(stem).toBe(path.join(run.snapshots, 'epoch-00001284'));
		expect(readdirSync(run.snapshots).toSorted()).toEqual(['epoch-00001284.csv', 'epoch-00001284.json', 'epoch-00001284.txt']);
		expect(readFileSync(`${stem}.txt`, 'utf8')).toBe('first\n second\n\n');
		expect(readFileSync(`${stem}.csv`, 'utf8')).toBe(seriesCsv(history));
		expect(readFileSync(`${stem}.json`, 'utf8')).toBe(`${JSON.stringify({
			kind: 'ibtop-snapshot', version: 1, run: 'test', ...history,
		})}\n`);
		expect(statSync(`${stem}.txt`).mode & 0o777).toBe(0o600);
	});

	it('never overwrites: the next one of an epoch has a number', () => {
		const run = newRun();
		const stems = ['one', 'two', 'three'].map(screen => saveSnapshot(run, [screen], history));
		expect(stems.map(stem => path.basename(stem))).toEqual(['epoch-00001284', 'epoch-00001284-2', 'epoch-00001284-3']);
		expect(stems.map(stem => readFileSync(`${stem}.txt`, 'utf8'))).toEqual(['one\n', 'two\n', 'three\n']);
	});

	it.each(['txt', 'csv', 'json'])('leaves a file alone that has the name of its .%s already, and writes all three elsewhere', ending => {
		const run = newRun();
		const taken = path.join(run.snapshots, `epoch-00001284.${ending}`);
		writeFileSync(taken, 'mine');
		const stem = saveSnapshot(run, ['screen'], history);
		expect(path.basename(stem)).toBe('epoch-00001284-2');
		expect(readFileSync(taken, 'utf8')).toBe('mine');
		expect(['txt', 'csv', 'json'].map(each => statSync(`${stem}.${each}`).size > 0)).toEqual([true, true, true]);
	});

	it('does not write through a link', () => {
		const run = newRun();
		const target = path.join(temporaryFolder(), 'target');
		symlinkSync(target, path.join(run.snapshots, 'epoch-00001284.txt'));
		saveSnapshot(run, ['screen'], history);
		expect(() => readFileSync(target)).toThrow('ENOENT');
	});

	it('of a run that has measured nothing yet is one of epoch 0', () => {
		expect(path.basename(saveSnapshot(newRun(), [], historyOf(exampleStart())))).toBe('epoch-00000000');
	});

	it('that cannot be written says so in a sentence', () => {
		const run = newRun();
		rmSync(run.snapshots, {recursive: true});
		expect(() => saveSnapshot(run, [], history)).toThrow(expect.objectContaining({
			exitCode: 1, message: `The snapshot ${run.snapshots}/epoch-00001284.txt cannot be written: it does not exist.`,
		}) as Error);
	});

	it.skipIf(!canMount)('on a full disk says so, and leaves no half of itself behind (needs root, to mount one)', () => {
		const disk = mountSmallDisk(1200);
		const run = newRun(disk.folder);
		disk.fill();
		expect(() => saveSnapshot(run, ['screen'], exampleHistory())).toThrow(/cannot be written: no space is left on the disk\.$/v);
		expect(readdirSync(run.snapshots)).toEqual([]);
		disk.free();
		expect(path.basename(saveSnapshot(run, ['screen'], exampleHistory()))).toMatch(/^epoch-\d{8}$/v);
	});

	it('finds no name where a folder is in its place, and still does not fail', () => {
		const run = newRun();
		mkdirSync(path.join(run.snapshots, 'epoch-00001284.txt'));
		expect(path.basename(saveSnapshot(run, [], history))).toBe('epoch-00001284-2');
	});
});
