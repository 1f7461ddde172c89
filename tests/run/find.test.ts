import {
	cpSync, mkdirSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {findRun} from '../../source/run/find.js';
import {newManifest, runDirectory} from '../../source/run/directory.js';
import {loadPreset} from '../../source/preset/load.js';
import {temporaryFolder} from '../helpers/workplace.js';

const manifest = newManifest({
	name: 'test', preset: loadPreset('tanh'), seed: 1, engine: {asked: 'auto'}, versions: {ibtop: '0.1.0'}, created: '', host: 'here',
});
const hour = (hours: number): string => new Date(Date.UTC(2026, 10, 20, hours)).toISOString();

/** A run without events. */
function makeRun(root: string, name: string, created = hour(12)): string {
	const folder = path.join(root, name);
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, 'run.json'), JSON.stringify({...manifest, name, created}));
	return folder;
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

	it.each([['a', 'b'], ['b', 'a']])('is, where none is named, the one that was created last (%s, then %s)', (first, second) => {
		const root = temporaryFolder();
		makeRun(root, first, hour(9));
		makeRun(root, second, hour(10));
		expect(findRun(root, undefined).name).toBe(second);
	});

	it('is, where none is named, the one that was created last, though an older one has been copied since', () => {
		const root = temporaryFolder();
		makeRun(root, 'new', hour(10));
		cpSync(makeRun(temporaryFolder(), 'old', hour(9)), path.join(root, 'old'), {recursive: true});
		makeRun(root, 'other', hour(8));
		expect(findRun(root, undefined).name).toBe('new');
	});

	it('is, where none is named, the same one every time, though another was created at the same moment', () => {
		const root = temporaryFolder();
		for (const name of ['c', 'a', 'b']) {
			makeRun(root, name);
		}

		expect(findRun(root, undefined).name).toBe('a');
	});

	const later = {...manifest, created: hour(23)};

	it.each([
		['not JSON', '{"kind":"ibtop-run","created":"2027'],
		['empty', ''],
		['of something else', JSON.stringify({...later, kind: 'another'})],
		['of a newer ibtop', JSON.stringify({...later, version: 2})],
		['without a date', JSON.stringify({...later, created: undefined})],
		['with a date that is none', JSON.stringify({...later, created: 'yesterday'})],
		['far too long', JSON.stringify({...later, more: 'x'.repeat(1_000_000)})],
	])('is, where none is named, one that can be read: a run.json that is %s is passed over', (_, text) => {
		const root = temporaryFolder();
		makeRun(root, 'sound');
		writeFileSync(path.join(makeRun(root, 'zz-damaged'), 'run.json'), text);
		expect(findRun(root, undefined).name).toBe('sound');
		expect(findRun(root, 'zz-damaged').name).toBe('zz-damaged');
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
	it('one is told what there is to do, where there are some but none can be read', () => {
		const root = temporaryFolder();
		for (const name of ['one', 'two']) {
			writeFileSync(path.join(makeRun(root, name), 'run.json'), '{}');
		}

		expect(() => findRun(root, undefined)).toThrow(expect.objectContaining({
			exitCode: 2, message: `No run in ${root} can be read: name one to see why, start one with "ibtop", or name another folder with --runs.`,
		}) as Error);
	});

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
