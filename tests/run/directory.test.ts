import {
	existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {
	checkRunName, createRunDirectory, defaultRunName, newManifest, readManifest, runDirectory, runsRoot, writeFileAtomically, writeManifest,
} from '../../source/run/directory.js';
import {loadPreset} from '../../source/preset/load.js';
import {canMount, mountSmallDisk} from '../helpers/disk.js';
import {temporaryFolder} from '../helpers/workplace.js';

const manifest = newManifest({
	name: 'test', preset: loadPreset('tanh'), seed: 1, engine: {asked: 'auto'}, versions: {ibtop: '0.1.0'}, created: '2026-11-20T15:42:22.000Z', host: 'here',
});

describe('the name of a run', () => {
	it.each(['a', '7', 'tanh-2026-11-20-154222', 'A.b_c-d', 'x'.repeat(64), '0..'])('may be %j', name => {
		expect(checkRunName(name)).toBe(name);
	});

	it.each([
		'', '.', '..', '../up', 'a/b', String.raw`a\b`, '/abs', '-flag', '_x', '.hidden', 'a b', 'ä', 'a\nb', 'a\0', '\u001B[31mred', 'x'.repeat(65), 'con:', 'a\u202Eb',
	])('may not be %j, which is said in one safe sentence', name => {
		expect(() => checkRunName(name)).toThrow(expect.objectContaining({
			exitCode: 2,
			message: expect.stringMatching(/^--name "[^\p{Cc}\p{Cf}]*" is no name for a run: use letters, digits, "\.", "_" and "-", at most 64, a letter or digit first\.$/v) as string,
		}) as Error);
	});

	it('is by default the preset\'s, with the local date and time', () => {
		expect(defaultRunName('tanh', new Date(2026, 0, 2, 3, 4, 5))).toBe('tanh-2026-01-02-030405');
		expect(checkRunName(defaultRunName('x'.repeat(40), new Date()))).toBeTruthy();
	});
});

describe('where runs lie', () => {
	it.each([
		['./a', {IBTOP_RUNS: 'b'}, 'a'],
		[undefined, {IBTOP_RUNS: 'b'}, 'b'],
		[undefined, {IBTOP_RUNS: ''}, 'runs'],
		['', {}, 'runs'],
		[undefined, {}, 'runs'],
		['/tmp/x', {IBTOP_RUNS: 'b'}, '/tmp/x'],
	])('is, with --runs %s and %j, %s', (flag, environment, expected) => {
		expect(runsRoot(flag, environment)).toBe(path.resolve(expected));
	});
});

describe('the directory of a run', () => {
	it('is made with its folders, for its owner only, and the root above it if need be', () => {
		const root = path.join(temporaryFolder(), 'deep', 'runs');
		const run = createRunDirectory(root, 'test', false);
		expect(run).toEqual(runDirectory(path.join(root, 'test')));
		expect(readdirSync(run.folder).toSorted()).toEqual(['control', 'snapshots']);
		for (const folder of [root, run.folder, run.control, run.snapshots]) {
			expect(statSync(folder).mode & 0o777).toBe(0o700);
		}
	});

	it('is never one that is there already', () => {
		const root = temporaryFolder();
		mkdirSync(path.join(root, 'test'));
		expect(() => createRunDirectory(root, 'test', false)).toThrow(expect.objectContaining({
			exitCode: 2, message: `The run ${root}/test exists already: choose another --name.`,
		}) as Error);
		expect(readdirSync(path.join(root, 'test'))).toEqual([]);
	});

	it.each([
		['a file', (place: string) => {
			writeFileSync(place, '');
		}],
		['a link to a folder', (place: string) => {
			symlinkSync('/tmp', place);
		}],
		['a link that leads nowhere', (place: string) => {
			symlinkSync('/nowhere/at/all', place);
		}],
	])('is never made through or over %s', (_, make) => {
		const root = temporaryFolder();
		make(path.join(root, 'test'));
		expect(() => createRunDirectory(root, 'test', false)).toThrow('exists already');
	});

	it('gets a number where nobody chose the name and it is taken', () => {
		const root = temporaryFolder();
		expect([1, 2, 3].map(() => createRunDirectory(root, 'test', true).name)).toEqual(['test', 'test-2', 'test-3']);
	});

	it.runIf(process.platform === 'linux')('cannot be made where a file system lets nothing be made, and says so at once', () => {
		expect(() => createRunDirectory('/proc/x', 'test', false)).toThrow(/^The runs folder \/proc\/x cannot be made/v);
	});

	it('cannot be made below a file', () => {
		const file = path.join(temporaryFolder(), 'file');
		writeFileSync(file, '');
		expect(() => createRunDirectory(path.join(file, 'runs'), 'test', false)).toThrow(expect.objectContaining({
			exitCode: 1, message: `The runs folder ${file}/runs cannot be made (a part of its path is a file, not a folder): name another with --runs.`,
		}) as Error);
	});

	it.skipIf(!canMount)('is not made, and leaves nothing behind, on a disk that is full (needs root, to mount one)', () => {
		const disk = mountSmallDisk(64);
		disk.fill();
		expect(() => createRunDirectory(path.join(disk.folder, 'runs'), 'test', false)).toThrow(expect.objectContaining({
			exitCode: 1, message: expect.stringMatching(/cannot be made \(no space is left on the disk\): free some space or name another folder with --runs\.$/v) as string,
		}) as Error);
		expect(existsSync(path.join(disk.folder, 'runs', 'test'))).toBe(false);
	});
});

describe('run.json', () => {
	it('comes back as it was written', () => {
		const run = createRunDirectory(temporaryFolder(), 'test', false);
		writeManifest(run, {...manifest, pid: 42, pidStarted: '12345'});
		expect(readManifest(run)).toEqual({...manifest, pid: 42, pidStarted: '12345'});
		expect(readdirSync(run.folder).toSorted()).toEqual(['control', 'run.json', 'snapshots']);
		expect(statSync(run.manifest).mode & 0o777).toBe(0o600);
	});

	it('keeps fields that a later version added', () => {
		const run = createRunDirectory(temporaryFolder(), 'test', false);
		writeFileSync(run.manifest, JSON.stringify({...manifest, later: 'field'}));
		expect(readManifest(run)).toMatchObject({later: 'field'});
	});

	it.each([
		['is not there', undefined, /run\.json cannot be read \(it does not exist\): is test a run of ibtop\?$/v],
		['is not JSON', '{"kind":', /run\.json cannot be read \(it is not JSON\): is test a run of ibtop\?$/v],
		['is newer', JSON.stringify({...manifest, version: 2}), /run\.json was written by a newer ibtop \(format 2; this one reads 1\): update ibtop\.$/v],
		['is of another kind', JSON.stringify({...manifest, kind: 'ibtop-snapshot'}), /run\.json is not the description of an ibtop run: its field "kind" is wrong\.$/v],
		['lacks a field', JSON.stringify({...manifest, host: undefined}), /its field "host" is wrong\.$/v],
		['has a preset that is none', JSON.stringify({...manifest, preset: {...manifest.preset, seed: -1}}), /its field "preset\.seed" is wrong\.$/v],
		['is null', 'null', /run\.json is not the description of an ibtop run/v],
		['is a list', '[]', /run\.json is not the description of an ibtop run/v],
	])('that %s is told in one sentence', (_, contents, message) => {
		const run = createRunDirectory(temporaryFolder(), 'test', false);
		if (contents !== undefined) {
			writeFileSync(run.manifest, contents);
		}

		expect(() => readManifest(run)).toThrow(expect.objectContaining({exitCode: 1, message: expect.stringMatching(message) as string}) as Error);
	});
});

describe('an atomic write', () => {
	it('replaces the whole file, or nothing', () => {
		const folder = temporaryFolder();
		const file = path.join(folder, 'file');
		writeFileAtomically(file, 'first');
		writeFileAtomically(file, 'second');
		expect(readFileSync(file, 'utf8')).toBe('second');
		expect(readdirSync(folder)).toEqual(['file']);
	});

	it.skipIf(!canMount)('leaves the file as it was on a disk that is full (needs root, to mount one)', () => {
		const disk = mountSmallDisk(64);
		const file = path.join(disk.folder, 'file');
		writeFileAtomically(file, 'first');
		disk.fill();
		expect(() => {
			writeFileAtomically(file, 'x'.repeat(10_000));
		}).toThrow(expect.objectContaining({code: 'ENOSPC'}) as Error);
		expect(readFileSync(file, 'utf8')).toBe('first');
		expect(readdirSync(disk.folder).toSorted()).toEqual(['file', 'filling']);
	});
});
