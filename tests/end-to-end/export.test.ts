/** Figures and data of real runs, as files: `ibtop export`. */
import {execFileSync} from 'node:child_process';
import {
	appendFileSync, chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {
	beforeAll, describe, expect, it, vi,
} from 'vitest';
import {exportColumns} from '../../source/export/csv.js';
import {encodeLine} from '../../source/run/line.js';
import {hasPython} from '../helpers/python.js';
import {programFile, runProgram} from '../helpers/program.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 60_000});

const sentence = /^[^\p{Cc}\p{Cf}]+[.?]\n$/v;

/** A folder with the runs `single` and `several` (three repeats), which tests copy from. */
let shared: string;
beforeAll(async () => {
	shared = path.join(process.env['TMPDIR'] ?? '/tmp', `ibtop-export-${process.pid}`);
	mkdirSync(shared, {recursive: true});
	await runProgram(['run', '--epochs', '40', '--name', 'single'], {cwd: shared});
	await runProgram(['run', '--epochs', '25', '--repeats', '3', '--seed', '4', '--name', 'several'], {cwd: shared});
	return async () => {
		const {rm} = await import('node:fs/promises');
		await rm(shared, {recursive: true, force: true});
	};
}, 60_000);

/** A folder of the test's own with copies of the runs. */
function workplace(): string {
	const cwd = temporaryFolder();
	cpSync(path.join(shared, 'runs'), path.join(cwd, 'runs'), {recursive: true});
	return cwd;
}

describe('ibtop export', () => {
	it('writes all figures that fit, as SVG and specification, and the data as CSV, and tells the paths', async () => {
		const cwd = workplace();
		const {code, stdout, stderr} = await runProgram(['export', 'single', 'several', '--output', 'figures'], {cwd});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const pictures = ['several-plane', 'single+several-comparison', 'single+several-gradients', 'single+several-loss', 'single-plane'];
		expect(stdout.trimEnd().split('\n').toSorted()).toEqual(readdirSync(path.join(cwd, 'figures')).map(name => `figures/${name}`).toSorted());
		expect(readdirSync(path.join(cwd, 'figures')).toSorted()).toEqual([...pictures.flatMap(name => [`${name}.svg`, `${name}.vl.json`]), 'single+several.csv'].toSorted());
	});

	it('gives the same bytes each time, in every format', async () => {
		const cwd = workplace();
		const args = ['export', 'several', '--format', 'svg,png,csv,json,vl.json', '--figure', 'plane,loss', '--width', '60mm'];
		for (const output of ['one', 'two']) {
			expect(await runProgram([...args, '--output', output], {cwd})).toMatchObject({code: 0, stderr: ''});
		}

		const names = readdirSync(path.join(cwd, 'one')).toSorted();
		expect(names).toEqual(['several-loss.png', 'several-loss.svg', 'several-loss.vl.json', 'several-plane.png', 'several-plane.svg', 'several-plane.vl.json', 'several.csv', 'several.json']);
		for (const name of names) {
			expect(readFileSync(path.join(cwd, 'one', name)).equals(readFileSync(path.join(cwd, 'two', name))), name).toBe(true);
		}

		expect(readFileSync(path.join(cwd, 'one', 'several-plane.svg'), 'utf8')).toMatch(/^<svg [^>]*width="60mm"/v);
		expect(readFileSync(path.join(cwd, 'one', 'several-plane.png')).readUInt32BE(16)).toBe(Math.round(60 / 25.4 * 300));
		expect(JSON.parse(readFileSync(path.join(cwd, 'one', 'several.json'), 'utf8'))).toMatchObject({
			kind: 'ibtop-export', version: 1, runs: [{
				name: 'several', start: {seed: 4, repeats: 3}, repeats: [{seed: 4}, {seed: 5}, {seed: 6}], end: {reason: 'finished'},
			}],
		});
	});

	it('draws gradients and losses of several runs as one figure each, whose specification has all of them, and whose bytes are the same each time', async () => {
		const cwd = workplace();
		const args = ['export', 'single', 'several', '--figure', 'gradients,loss', '--format', 'svg,png,json,vl.json'];
		const names = ['single+several-gradients', 'single+several-loss'].flatMap(name => ['svg', 'png', 'vl.json'].map(ending => `${name}.${ending}`));
		for (const output of ['one', 'two']) {
			const {code, stdout, stderr} = await runProgram([...args, '--output', output], {cwd});
			expect({code, stderr, stdout}).toEqual({code: 0, stderr: '', stdout: [...names, 'single+several.json'].map(name => `${output}/${name}\n`).join('')});
		}

		for (const name of names) {
			expect(readFileSync(path.join(cwd, 'one', name)).equals(readFileSync(path.join(cwd, 'two', name)))).toBe(true);
		}

		type Row = {readonly run: string; readonly norm: string; readonly layer: number; readonly epoch: number; readonly value: number};
		const {datasets} = JSON.parse(readFileSync(path.join(cwd, 'one', 'single+several-gradients.vl.json'), 'utf8')) as {datasets: {gradients: readonly Row[]}};
		const event = runFiles(path.join(cwd, 'runs'), 'single').events().find(each => each.type === 'epoch' && each.epoch === 30);
		const {gradient, weightNorm} = (event as Extract<typeof event, {type: 'epoch'}>).layers[4]!;
		const row = datasets.gradients.find(({run, norm, layer, epoch}) => run === 'single' && norm === 'mean' && layer === 5 && epoch === 30)!;
		expect(row.value).toBeCloseTo(gradient!.mean / weightNorm!, 6);
		expect([...new Set(datasets.gradients.map(({run}) => run))]).toEqual(['single', 'several, median of 3 seeds']);
		expect(JSON.parse(readFileSync(path.join(cwd, 'one', 'single+several.json'), 'utf8'))).toMatchObject({runs: [{name: 'single'}, {name: 'several'}]});
	});

	it('keeps runs of one name in different folders apart, also in the CSV', async () => {
		const cwd = workplace();
		cpSync(path.join(cwd, 'runs', 'several'), path.join(cwd, 'other', 'single'), {recursive: true});
		const {code, stdout} = await runProgram(['export', 'single', 'other/single', '--figure', 'plane,loss', '--format', 'csv,vl.json'], {cwd});
		expect({code, stdout}).toEqual({code: 0, stdout: ['single-plane.vl.json', 'single__2_-plane.vl.json', 'single+single__2_-loss.vl.json', 'single+single__2_.csv', ''].join('\n')});
		const names = readFileSync(path.join(cwd, 'single+single__2_.csv'), 'utf8').trimEnd().split('\n').slice(1).map(line => line.split(',')[0]);
		expect([...new Set(names)]).toEqual(['single', 'single (2)']);
	});

	it('puts every number of the events into the CSV, with run and seed, a row each', async () => {
		const cwd = workplace();
		await runProgram(['export', 'single', 'several', '--format', 'csv'], {cwd});
		const [header, ...rows] = readFileSync(path.join(cwd, 'single+several.csv'), 'utf8').trimEnd().split('\n').map(line => line.split(','));
		expect(header).toEqual(exportColumns);
		const events = ['single', 'several'].flatMap(name => runFiles(path.join(cwd, 'runs'), name).events().flatMap(event => event.type === 'epoch' ? [{name, ...event}] : []));
		expect(rows).toHaveLength(events.length * 6 * 2);
		const one = events.find(event => event.name === 'several' && event.repeat === 2 && event.epoch === 7)!;
		const cell = (row: readonly string[], name: string) => row[header!.indexOf(name)];
		const row = rows.find(each => each[0] === 'several' && ['repeat', 'epoch', 'layer', 'estimator'].map(name => cell(each, name)).join(' ') === '2 7 5 bins')!;
		expect(row.slice(0, 5)).toEqual(['several', 'tanh', '5', '2', '7']);
		expect(Number(row[header!.indexOf('information_x_bits')])).toBe(one.layers[4]!.information['bins']!.x);
		expect(Number(row[header!.indexOf('gradient_ratio')])).toBe(one.layers[4]!.gradient!.ratio);
	});

	it('shows a run up to an epoch, and names a figure by epoch after that', async () => {
		const cwd = workplace();
		await runProgram(['export', 'single', '--epoch', '10', '--by', 'epoch', '--figure', 'plane', '--format', 'csv,vl.json'], {cwd});
		const {datasets} = JSON.parse(readFileSync(path.join(cwd, 'single-plane-by-epoch.vl.json'), 'utf8')) as {datasets: {plane: Array<{epoch?: number}>}};
		expect(Math.max(...datasets.plane.map(({epoch = 0}) => epoch))).toBe(10);
		expect(readFileSync(path.join(cwd, 'single.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(1 + (11 * 6 * 2));
	});

	it('says of a run that goes on how far it is, and exports it; also one that broke off in the middle of a line', async () => {
		const cwd = workplace();
		const events = path.join(cwd, 'runs', 'single', 'events.ndjson');
		const text = readFileSync(events);
		truncateSync(events, text.lastIndexOf('"epoch":30') + 40);
		const {code, stderr, stdout} = await runProgram(['export', 'single', '--figure', 'loss', '--format', 'svg'], {cwd});
		expect({code, stderr, stdout}).toEqual({code: 0, stderr: 'single has not ended: it is exported up to epoch 29.\n', stdout: 'single-loss.svg\n'});
	});

	it('replaces what it wrote before, but nothing through a link', async () => {
		const cwd = workplace();
		writeFileSync(path.join(cwd, 'mine'), 'mine');
		symlinkSync(path.join(cwd, 'mine'), path.join(cwd, 'single-loss.svg'));
		await runProgram(['export', 'single', '--figure', 'loss', '--format', 'svg'], {cwd});
		expect(readFileSync(path.join(cwd, 'mine'), 'utf8')).toBe('mine');
		expect(readFileSync(path.join(cwd, 'single-loss.svg'), 'utf8')).toContain('<svg');
	});

	it('makes plain file names of folders with others, and cells that no spreadsheet takes for a formula', async () => {
		const cwd = workplace();
		const name = '=cmd\u001B]0;x\u0007 b"<c>';
		cpSync(path.join(cwd, 'runs', 'single'), path.join(cwd, 'runs', name), {recursive: true});
		const {code, stdout} = await runProgram(['export', `runs/${name}`, '--format', 'svg,csv', '--figure', 'plane,loss'], {cwd});
		expect(code).toBe(0);
		expect(stdout).toMatch(/^(?:[\w.\-\/]+\n)+$/v);
		const csv = readdirSync(cwd).find(file => file.endsWith('.csv'));
		const [, first] = readFileSync(path.join(cwd, csv!), 'utf8').split('\n');
		expect(first).toMatch(/^"'=cmd b""<c>",tanh,1,\P{Cc}*$/v);
	});

	it.skipIf(!hasPython('numpy'))('writes CSV that ten lines of numpy read', async () => {
		const cwd = workplace();
		cpSync(path.join(cwd, 'runs', 'several'), path.join(cwd, 'runs', 'tanh-1'), {recursive: true});
		await runProgram(['export', 'tanh-1', '--format', 'csv'], {cwd});
		const script = fileURLToPath(new URL('read-csv.py', import.meta.url));
		expect(readFileSync(script, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(10);
		const told = execFileSync('/usr/bin/python3', [script], {cwd, encoding: 'utf8', env: {PYTHONDONTWRITEBYTECODE: '1'}});
		expect(told.trimEnd().split('\n')).toHaveLength(6);
		const events = runFiles(path.join(cwd, 'runs'), 'tanh-1').events().flatMap(event => event.type === 'epoch' && event.epoch === 25 ? [event.layers[4]!.information['bins']!.x] : []);
		const median = events.toSorted((a, b) => a - b)[1]!;
		expect(told).toMatch(new RegExp(`^layer 5: peak .*, end ${median.toFixed(3)} bits$`, 'mv'));
	});
});

/** A copy of `single`, as if nobody had told its gradients. */
function makeBare(cwd: string): void {
	const {events} = runFiles(path.join(cwd, 'runs'), 'single');
	const lines = events().map(event => event.type === 'epoch' ? {...event, layers: event.layers.map(layer => ({...layer, gradient: null}))} : event);
	cpSync(path.join(cwd, 'runs', 'single'), path.join(cwd, 'runs', 'bare'), {recursive: true});
	const file = path.join(cwd, 'runs', 'bare', 'events.ndjson');
	truncateSync(file, 0);
	for (const line of lines) {
		appendFileSync(file, encodeLine(line));
	}
}

describe('ibtop export refuses', () => {
	const breaking: ReadonlyArray<readonly [string, readonly string[], 1 | 2, RegExp, ((cwd: string) => void)?]> = [
		['an unknown format', ['single', '--format', 'svg,pgn'], 2, /^--format must be svg, png, csv, json or vl\.json, not "pgn"\. Did you mean "png"\?$/mv],
		['an unknown figure', ['single', '--figure', 'plan'], 2, /^--figure must be plane, gradients, loss or comparison, not "plan"\. Did you mean "plane"\?$/mv],
		['an unknown colouring', ['single', '--by', 'seed'], 2, /^--by must be layer or epoch, not "seed"\.$/mv],
		['a width without a unit', ['single', '--width', '80'], 2, /^--width must be a length from 30mm to 1000mm/mv],
		['an epoch that is none', ['single', '--epoch', 'last'], 2, /^--epoch must be a whole number from 0 on, not "last"\.$/mv],
		['an epoch after the last', ['single', '--epoch', '41'], 2, /^--epoch 41 is later than the last measured epoch of single, 40\.$/mv],
		['an estimator that was not measured', ['single', '--estimators', 'exact:8'], 1, /^The run single was not measured with "exact:8": give --estimators bins or width:0\.07\.$/mv],
		['a run that is not there', ['singel'], 2, /^There is no run "singel", .* Did you mean "single"\?$/mv],
		['a folder that cannot be made', ['single', '--output', 'file/inside'], 1, /^file\/inside cannot be made \(a part of its path is a file, not a folder\): name another folder with --output\.$/mv, cwd => {
			writeFileSync(path.join(cwd, 'file'), '');
		}],
		['a folder where nothing can be made', ['single', '--output', '/proc/ibtop'], 1, /^\/proc\/ibtop cannot be made \(.*\): name another folder with --output\.$/mv],
		['a file that cannot be written', ['single', '--format', 'csv', '--output', 'out'], 1, /^out\/single\.csv cannot be written \(.*\): name another folder with --output\.$/mv, cwd => {
			mkdirSync(path.join(cwd, 'out', 'single.csv', 'inside'), {recursive: true});
		}],
		['a run that broke off before its first epoch', ['single'], 1, /^The run runs\/single has measured nothing yet: there is nothing to export\.$/mv, cwd => {
			truncateSync(path.join(cwd, 'runs', 'single', 'events.ndjson'), 100);
		}],
		['a run of a newer version', ['single'], 1, /run\.json was written by a newer ibtop \(format 2; this one reads 1\): update ibtop\.$/mv, cwd => {
			const file = path.join(cwd, 'runs', 'single', 'run.json');
			writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1', '"version": 2'));
		}],
		['the gradients of a run without any', ['bare', '--figure', 'gradients'], 1, /^The run bare has no gradients to draw: choose --figure plane or loss\.$/mv, makeBare],
		['the gradients of several runs, of which one has none', ['single', 'bare', 'several', '--figure', 'gradients'], 1, /^The run bare has no gradients to draw: leave it out, or choose --figure plane or loss\.$/mv, makeBare],
	];

	it.each(breaking.map(([what, args, code, said, prepare]) => ({
		what, args, exitCode: code, said, prepare,
	})))('$what', async ({args, exitCode, said, prepare}) => {
		const cwd = workplace();
		prepare?.(cwd);
		const before = readdirSync(cwd).toSorted();
		const {code, stdout, stderr} = await runProgram(['export', ...args], {cwd});
		expect(stderr).toMatch(said);
		expect(stderr).toMatch(sentence);
		expect({code, stdout}).toEqual({code: exitCode, stdout: ''});
		expect(readdirSync(cwd).toSorted()).toEqual(before);
	});

	it.skipIf(process.getuid?.() === 0)('a folder without permission', async () => {
		const cwd = workplace();
		mkdirSync(path.join(cwd, 'closed'));
		chmodSync(path.join(cwd, 'closed'), 0o500);
		expect(await runProgram(['export', 'single', '--format', 'csv', '--output', 'closed'], {cwd})).toMatchObject({code: 1, stderr: expect.stringMatching(/permission is denied/v) as string});
	});

	it('PNG where the binary of resvg is not there, before it writes anything', async () => {
		const cwd = workplace();
		const hook = 'export const resolve = (name, context, next) => { if (name.startsWith("@resvg/")) throw new Error("Cannot find module"); return next(name, context); };';
		const asUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
		const node = ['--import', asUrl(`import {register} from 'node:module'; register(${JSON.stringify(asUrl(hook))});`)];
		const outcome = await runProgram(['export', 'single', '--format', 'svg,png'], {cwd, node});
		expect(outcome).toEqual({
			code: 1, signal: null, stdout: '', stderr: 'PNG needs the binary of @resvg/resvg-js, which is not there for this machine: run "npm ci" once more, or choose svg.\n',
		});
		expect(await runProgram(['export', 'single', '--format', 'svg', '--figure', 'loss'], {cwd, node})).toMatchObject({code: 0, stderr: ''});
	});

	it('its flags with other commands', async () => {
		const cwd = temporaryFolder();
		expect(await runProgram(['run', '--figure', 'plane'], {cwd})).toMatchObject({code: 2, stderr: 'There is no flag --figure. See ibtop --help.\n'});
	});
});

it('ibtop run loads neither Vega nor resvg', () => {
	expect(readFileSync(programFile, 'utf8')).not.toMatch(/vega-scenegraph|@resvg/v);
});
