import {execFileSync} from 'node:child_process';
import {
	chmodSync, mkdirSync, symlinkSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {temporaryFolder} from '../helpers/workplace.js';
import {outcomeOf} from './outcome.js';

/** This file, in a folder of the test's own. */
function put(text: string, name = 'x.npz'): string {
	const file = path.join(temporaryFolder(), name);
	writeFileSync(file, text);
	return file;
}

describe('a path that is no ordinary file', () => {
	const sentenceOf = (file: string) => outcomeOf(file).sentence?.replace(file, 'X');

	it('is refused where nothing is there', () => {
		expect(sentenceOf(path.join(temporaryFolder(), 'x.npz'))).toBe('X cannot be read (it does not exist): check the path and who may read it.');
		expect(sentenceOf(path.join(put(''), 'x.npz'))).toBe('X cannot be read (a part of its path is a file, not a folder): check the path and who may read it.');
		expect(outcomeOf('a\0b').sentence).toMatch(/^a\uFFFDb cannot be read \([^\p{Cc}]+\): check the path and who may read it\.$/v);
	});

	it('is refused where it is a folder, or a link that leads to one or nowhere', () => {
		const folder = temporaryFolder();
		mkdirSync(path.join(folder, 'runs.npz'));
		symlinkSync('runs.npz', path.join(folder, 'link.npz'));
		symlinkSync('circle.npz', path.join(folder, 'circle.npz'));
		expect(sentenceOf(path.join(folder, 'runs.npz'))).toBe('X cannot be read (it is a folder): name one .npz file.');
		expect(sentenceOf(path.join(folder, 'link.npz'))).toBe('X cannot be read (it is a folder): name one .npz file.');
		expect(sentenceOf(path.join(folder, 'circle.npz'))).toBe('X cannot be read (it is a circle of symbolic links): check the path and who may read it.');
	});

	it.runIf(process.getuid?.() !== 0)('is refused where it may not be read', () => {
		const file = put('secret');
		chmodSync(file, 0);
		expect(sentenceOf(file)).toBe('X cannot be read (permission is denied): check the path and who may read it.');
	});

	it.runIf(process.platform !== 'win32')('is refused at once where it is a pipe without a writer, or a device', () => {
		const pipe = path.join(temporaryFolder(), 'pipe.npz');
		execFileSync('mkfifo', [pipe]);
		const sentence = 'X is a pipe or a device, and ibtop must be able to jump in the file: save the arrays to an ordinary file and name that.';
		expect(sentenceOf(pipe)).toBe(sentence);
		expect(sentenceOf('/dev/zero')).toBe(sentence);
	});

	it('is shown safely, whatever its name', () => {
		const file = put('no zip', 'a\u001B[31mb\r\u202Ec.npz');
		expect(outcomeOf(file).sentence).toBe(`${path.dirname(file)}/ab\uFFFD\uFFFDc.npz is not an .npz file: save the arrays with np.savez or np.savez_compressed.`);
	});
});
