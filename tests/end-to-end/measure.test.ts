/** `ibtop measure FILE.npz`: given activations, once. */
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {
	describe, expect, it, vi,
} from 'vitest';
import {closedFormLayer} from '../helpers/closed-form.js';
import {writeNpz} from '../helpers/npz.js';
import {runProgram} from '../helpers/program.js';
import {hasPython, runPython} from '../helpers/python.js';
import {temporaryFolder} from '../helpers/workplace.js';
import {deterministicLabels} from '../../source/dataset/symmetric-rule.js';

vi.setConfig({testTimeout: 120_000});

const layerA = closedFormLayer(1, 0.6, 3);
const labels = {shape: [4096], values: Int32Array.from(deterministicLabels())};
const asArray = ({rows, units, values}: typeof layerA) => ({shape: [rows, units], values});

/** A folder with files, by name. */
function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
	const folder = temporaryFolder();
	for (const [name, bytes] of Object.entries(files)) {
		writeFileSync(path.join(folder, name), bytes);
	}

	return folder;
}

type Answer = {readonly rows: number; readonly layers: ReadonlyArray<{readonly name: string; readonly information: Record<string, {readonly x: number; readonly y: number}>}>};

describe('ibtop measure', () => {
	it('says as JSON what science.md says of the closed-form layer, under every estimator asked for, layers in the file\'s order', async () => {
		const cwd = folderWith({
			'a.npz': writeNpz({
				'act/second': asArray(layerA), y: labels, first: asArray(layerA), 'grad/first': {shape: [2, 3], values: new Float32Array(6)}, loss: {shape: [], values: Float64Array.of(1)},
			}),
		});
		const {code, stdout, stderr} = await runProgram(['measure', 'a.npz', '--json', '--estimators', 'bins,exact:8,kde:0.001'], {cwd});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const {rows, layers} = JSON.parse(stdout) as Answer;
		expect(rows).toBe(4096);
		expect(layers.map(({name}) => name)).toEqual(['second', 'first']);
		for (const {information} of layers) {
			expect(Object.keys(information)).toEqual(['bins', 'exact:8', 'kde:0.001']);
			expect(information['bins']).toEqual({x: expect.closeTo(8.877_614_855, 8) as number, y: expect.closeTo(0.690_936_804, 8) as number});
			expect(information['exact:8']).toEqual({x: expect.closeTo(8.887_238_637, 8) as number, y: expect.closeTo(0.698_094_799, 8) as number});
			expect(information['kde:0.001']).toEqual({
				x: expect.closeTo(8.859_525_305, 4) as number,
				y: expect.closeTo(0.678_574_445, 4) as number,
				lower: {x: expect.closeTo(8.588_291_786, 4) as number, y: expect.closeTo(0.570_313_84, 4) as number},
			});
		}
	});

	it('prints a table that fits the width, with every estimator once', async () => {
		const cwd = folderWith({'a.npz': writeNpz({y: labels, L1: asArray(layerA)})});
		const {code, stdout} = await runProgram(['measure', 'a.npz'], {cwd});
		expect(code).toBe(0);
		for (const title of ['bins 30', 'width 0.07', 'uniform 30', 'quantile 30', 'exact 8-bit', 'kde 0.001 upper', 'lower']) {
			expect(stdout.split(title)).toHaveLength(2);
		}

		expect(stdout).toMatch(/^L1 +3 +8\.878 {2}0\.691 /mv);
		expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
	});

	it('says where every row has a cell of its own', async () => {
		const values = Float64Array.from({length: 64}, (_, row) => row);
		const cwd = folderWith({'a.npz': writeNpz({y: {shape: [64], values: Int32Array.from(values, row => row % 2)}, L1: {shape: [64, 1], values}})});
		const {stdout} = await runProgram(['measure', 'a.npz', '--estimators', 'width:0.07,exact:8'], {cwd});
		expect(stdout).toMatch(/^Saturated under every estimator, .*: L1\./mv);
	});

	it('takes stochastic labels', async () => {
		const cwd = folderWith({'a.npz': writeNpz({p_y: {shape: [4], values: Float64Array.of(1, 0, 0.5, 0.5)}, L1: {shape: [4], values: Float64Array.of(0, 1, 2, 3)}})});
		const {stdout} = await runProgram(['measure', 'a.npz', '--json', '--estimators', 'width:1'], {cwd});
		expect(JSON.parse(stdout)).toMatchObject({bounds: {x: 2, y: 0.5}, layers: [{information: {'width:1': {x: 2, y: 0.5}}}]});
	});

	it('ends quietly where nobody reads', async () => {
		const cwd = folderWith({'a.npz': writeNpz({y: labels, L1: asArray(layerA)})});
		const {code, stderr} = await runProgram(['-c', `"${process.execPath}" "${path.resolve('dist/cli.js')}" measure a.npz | true; exit $\{PIPESTATUS[0]}`], {cwd, file: '/bin/bash'});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
	});
});

describe('ibtop measure refuses in one sentence', () => {
	const good = writeNpz({y: labels, L1: asArray(layerA)});
	const small = (arrays: Parameters<typeof writeNpz>[0]) => writeNpz(arrays);
	const y = {shape: [2], values: Int32Array.of(0, 1)};

	it.each([
		['no file', [], 2, /needs a file/v],
		['two files', ['good.npz', 'other.npz'], 2, /other\.npz/v],
		['an estimator that does not exist', ['good.npz', '--estimators', 'binz'], 2, /There is no estimator "binz"/v],
		['no estimator', ['good.npz', '--estimators', ','], 2, /at least one estimator/v],
		['a file that is not there', ['none.npz'], 1, /none\.npz cannot be read/v],
		['a file that is none', ['text.npz'], 1, /text\.npz is not an \.npz file/v],
		['no labels', ['no-labels.npz'], 1, /has no labels: save them as "y"/v],
		['no activations', ['no-layers.npz'], 1, /no activations/v],
		['labels that are no classes', ['values.npz'], 1, /"y" in values\.npz .*not whole/v],
		['another number of rows', ['rows.npz'], 1, /"L1" in rows\.npz .*2 rows/v],
		['NaN', ['nan.npz'], 1, /"L1" in nan\.npz .*NaN/v],
		['a cut file', ['cut.npz'], 1, /cut\.npz/v],
	])('%s', async (_, args, code, said) => {
		const cwd = folderWith({
			'good.npz': good,
			'other.npz': good,
			'text.npz': Buffer.from('these are words\n'),
			'no-labels.npz': small({L1: {shape: [2], values: Float32Array.of(0, 1)}}),
			'no-layers.npz': small({y}),
			'values.npz': small({y: {shape: [2], values: Float32Array.of(0.5, 1)}, L1: {shape: [2], values: Float32Array.of(0, 1)}}),
			'rows.npz': small({y, L1: {shape: [3], values: Float32Array.of(0, 1, 2)}}),
			'nan.npz': small({y, L1: {shape: [2], values: Float32Array.of(0, Number.NaN)}}),
			'cut.npz': good.subarray(0, good.length / 2),
		});
		const outcome = await runProgram(['measure', ...args], {cwd});
		expect({code: outcome.code, stdout: outcome.stdout}).toEqual({code, stdout: ''});
		expect(outcome.stderr).toMatch(/^[^\p{Cc}\p{Cf}]+[.?]\n$/v);
		expect(outcome.stderr).toMatch(said);
		expect(outcome.stderr).not.toMatch(/Something went wrong|undefined/v);
	});

	it('a file cut at any kilobyte, and does not take it for a smaller one', async () => {
		const cwd = temporaryFolder();
		const cuts = Array.from({length: Math.ceil(good.length / 1024)}, (_, kilobyte) => kilobyte * 1024).filter((_, index) => index % 16 === 0);
		for (const cut of cuts) {
			writeFileSync(path.join(cwd, 'cut.npz'), good.subarray(0, cut));
			const {code, stdout, stderr} = await runProgram(['measure', 'cut.npz'], {cwd});
			expect({cut, code, stdout}).toEqual({cut, code: 1, stdout: ''});
			expect(stderr).toMatch(/^cut\.npz [^\p{Cc}]+\.\n$/v);
		}
	});
});

describe.runIf(hasPython('numpy'))('what numpy writes', () => {
	it('has the information that numpy finds, in whatever way it is written', async () => {
		const cwd = temporaryFolder();
		const {files, layers} = runPython(new URL('measure.py', import.meta.url), cwd) as {files: string[]; layers: ReadonlyArray<{name: string; bins: {x: number; y: number}}>};
		expect(files).toHaveLength(12);
		for (const file of files) {
			const {stdout, stderr} = await runProgram(['measure', file, '--json', '--estimators', 'bins,uniform:30'], {cwd});
			expect(stderr).toBe('');
			const answer = JSON.parse(stdout) as Answer;
			expect(answer.layers.map(({name}) => name)).toEqual(layers.map(({name}) => name));
			for (const [index, {bins}] of layers.entries()) {
				expect(Math.abs(answer.layers[index]!.information['bins']!.x - bins.x)).toBeLessThan(1e-9);
				expect(Math.abs(answer.layers[index]!.information['bins']!.y - bins.y)).toBeLessThan(1e-9);
			}

			expect(readFileSync(path.join(cwd, file)).length).toBeGreaterThan(0);
		}
	});
});
