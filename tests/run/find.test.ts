import {
	mkdirSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {findRun} from '../../source/run/find.js';
import {runDirectory} from '../../source/run/directory.js';
import {temporaryFolder} from '../helpers/workplace.js';

/** A folder that looks like a run: it has a `run.json`. */
function makeRun(root: string, name: string): string {
	const folder = path.join(root, name);
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'run.json'), '{}');
	return folder;
}

const begun = (folder: string) => statSync(path.join(folder, 'run.json')).birthtimeMs;

/** A run that was begun after another one, by the file system's clock. */
function makeLaterRun(root: string, name: string, before: string): string {
	for (;;) {
		const folder = makeRun(root, name);
		if (begun(folder) > begun(before)) {
			return folder;
		}

		rmSync(folder, {recursive: true});
	}
}

describe('the run that is meant', () => {
	it('is the one of that name in the runs folder', () => {
		const root = temporaryFolder();
		makeRun(root, 'one');
		const folder = makeRun(root, 'two');
		expect(findRun(root, 'two')).toEqual(runDirectory(folder));
	});

	it.each([
		['by its whole path', (folder: string) => folder],
		['by its path from here', (folder: string) => path.relative(process.cwd(), folder)],
		['with a slash at its end', (folder: string) => `${folder}/`],
		['by a path with detours', (folder: string) => path.join(folder, '..', '.', path.basename(folder))],
	])('is a folder, wherever it lies: %s', (_, given) => {
		const folder = makeRun(temporaryFolder(), 'elsewhere');
		expect(findRun(temporaryFolder(), given(folder))).toEqual(runDirectory(folder));
	});

	it('is found through a link', () => {
		const root = temporaryFolder();
		symlinkSync(makeRun(temporaryFolder(), 'elsewhere'), path.join(root, 'linked'));
		expect(findRun(root, 'linked').folder).toBe(path.join(root, 'linked'));
		expect(findRun(root, undefined).folder).toBe(path.join(root, 'linked'));
	});

	it.each([['a', 'b'], ['b', 'a']])('is, where none is named, the one that was begun last (%s, then %s)', (first, second) => {
		const root = temporaryFolder();
		const before = makeRun(root, first);
		makeLaterRun(root, second, before);
		expect(findRun(root, undefined).name).toBe(second);
	});

	it('is, where none is named, a run: folders without run.json do not count', () => {
		const root = temporaryFolder();
		const folder = makeRun(root, 'run');
		mkdirSync(path.join(root, 'later-but-no-run'));
		mkdirSync(path.join(root, 'strange', 'run.json'), {recursive: true});
		expect(findRun(root, undefined).folder).toBe(folder);
	});

	it.each([undefined, 'run-1'])('is found beside a stray file (%s)', name => {
		const root = temporaryFolder();
		makeRun(root, 'run-1');
		writeFileSync(path.join(root, 'notes.txt'), '');
		if (name === undefined) {
			expect(findRun(root, undefined).name).toBe('run-1');
		} else {
			expect(() => findRun(root, 'run-2')).toThrow('Did you mean "run-1"?');
		}
	});

	it('is not a file, which is told in a sentence', () => {
		const root = temporaryFolder();
		writeFileSync(path.join(root, 'notes.txt'), '');
		expect(() => findRun(root, 'notes.txt')).toThrow(expect.objectContaining({exitCode: 2}) as Error);
	});

	it('is not one whose folder is a broken circle of links, which does not hide the others', () => {
		const root = temporaryFolder();
		makeRun(root, 'run');
		symlinkSync(path.join(root, 'circle'), path.join(root, 'circle'));
		expect(findRun(root, undefined).name).toBe('run');
	});
});

describe('where there is no such run', () => {
	it('one is told what there is to do, where there is none at all', () => {
		const root = temporaryFolder();
		for (const each of [root, path.join(root, 'not', 'there')]) {
			expect(() => findRun(each, undefined)).toThrow(expect.objectContaining({
				exitCode: 2, message: `There is no run in ${each}: start one with "ibtop", or name another folder with --runs.`,
			}) as Error);
		}
	});

	it.each([
		['tanh-2', ' Did you mean "tanh-1"?'],
		['TANH-1', ' Did you mean "tanh-1"?'],
		['relu', ' Did you mean "relu-1"?'],
		['something-else', ''],
	])('one is told the nearest name for %s, if one is near', (name, hint) => {
		const root = temporaryFolder();
		makeRun(root, 'tanh-1');
		makeRun(root, 'relu-1');
		mkdirSync(path.join(root, 'tanh-2'));
		expect(() => findRun(root, name)).toThrow(expect.objectContaining({
			exitCode: 2, message: `There is no run "${name}", neither as a folder nor in ${root}.${hint}`,
		}) as Error);
	});

	it('the name is shown safely', () => {
		const root = temporaryFolder();
		expect(() => findRun(root, '\u001B]0;title\u0007x\u202E')).toThrow(`There is no run "x\uFFFD", neither as a folder nor in ${root}.`);
	});
});
