/** The pictures that `s` saves beside text and data. */
import {
	cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	beforeAll, expect, it, vi,
} from 'vitest';
import {programFile, runProgram} from '../helpers/program.js';
import {openSession, type Session} from '../helpers/terminal.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {epochColor} from '../../source/chart/palette.js';

vi.setConfig({testTimeout: 60_000});

let shared: string;
beforeAll(async () => {
	shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-pictures-${process.pid}`);
	mkdirSync(shared, {recursive: true});
	await runProgram(['run', '--epochs', '30', '--name', 'over'], {cwd: shared});
	return async () => {
		const {rm} = await import('node:fs/promises');
		await rm(shared, {recursive: true, force: true});
	};
}, 60_000);

function watch(node: readonly string[] = []): {session: Session; snapshots: string} {
	const cwd = temporaryFolder();
	cpSync(path.join(shared, 'runs'), path.join(cwd, 'runs'), {recursive: true});
	const session = openSession(process.execPath, [...node, programFile, 'watch', 'over'], {cwd, columns: 100, rows: 30});
	return {session, snapshots: path.join(cwd, 'runs', 'over', 'snapshots')};
}

it('the screen and the plane, as SVG and PNG, while the screen goes on', async () => {
	const {session, snapshots} = watch();
	await session.waitFor(/epoch 30\/30/v);
	session.press('c');
	// A colour that only the way from the first epoch to the last has.
	await session.waitFor(() => session.output.includes(`38;5;${epochColor(0.8)}`));
	session.press('s');
	await session.waitFor(/saved epoch-00000030\.\{txt,csv,json\} in runs\/over\/snapshots/v);
	// The pictures are not there yet, or just now: the screen answers in between.
	session.press('?');
	await session.waitFor(/this help/v);
	session.press('?');
	await session.waitFor(/saved epoch-00000030 with \.svg, -plane\.svg, \.png, -plane\.png there too/v);
	const name = (ending: string) => path.join(snapshots, `epoch-00000030${ending}`);
	expect(readdirSync(snapshots).toSorted()).toEqual(['-plane.png', '-plane.svg', '.csv', '.json', '.png', '.svg', '.txt'].map(ending => path.basename(name(ending))));
	expect(readFileSync(name('.svg'), 'utf8')).toMatch(/^<svg [^>]*viewBox.*FINISHED/sv);
	expect(readFileSync(name('-plane.svg'), 'utf8')).toMatch(/^<svg [^>]*width="85mm".*I\(X;T\) \(bits\).*>epoch</sv);
	const widthOf = (file: string) => readFileSync(file).readUInt32BE(16);
	expect([widthOf(name('.png')), widthOf(name('-plane.png'))]).toEqual([2 * ((100 * 9) + 24), 1004]);
	expect(statSync(name('.png')).mode & 0o777).toBe(0o600);
	session.press('s');
	await session.waitFor(/saved epoch-00000030-2 with .*png there too/v);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
});

it('are there also when the user leaves at once', async () => {
	const {session, snapshots} = watch();
	await session.waitFor(/epoch 30\/30/v);
	session.press('s');
	await session.waitFor(/saved epoch-00000030\./v);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
	expect(readdirSync(snapshots)).toHaveLength(7);
});

it('say in a sentence why they cannot be written, and leave the screen as it was', async () => {
	const {session, snapshots} = watch();
	await session.waitFor(/epoch 30\/30/v);
	writeFileSync(path.join(snapshots, 'epoch-00000030.svg'), 'mine');
	session.press('s');
	await session.waitFor(/The picture .*epoch-00000030\.svg cannot be written/v);
	expect(readFileSync(path.join(snapshots, 'epoch-00000030.svg'), 'utf8')).toBe('mine');
	expect(existsSync(path.join(snapshots, 'epoch-00000030.json'))).toBe(true);
	session.press('q');
	await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
});
