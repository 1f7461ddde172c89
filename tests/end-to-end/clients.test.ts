/** Real clients: the scripts of the README train, in numpy and in PyTorch, while ibtop watches. */
import {execFileSync} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {
	describe, expect, it, vi,
} from 'vitest';
import {loadDataset} from '../../source/dataset/registry.js';
import {type EpochEvent, type StartEvent} from '../../source/run/events.js';
import {writeNpz} from '../helpers/npz.js';
import {programFile, runProgram, startProgram} from '../helpers/program.js';
import {hasPython} from '../helpers/python.js';
import {openSession} from '../helpers/terminal.js';
import {until} from '../helpers/until.js';
import {runFiles, temporaryFolder} from '../helpers/workplace.js';

vi.setConfig({testTimeout: 120_000});

const python = '/usr/bin/python3';
const scriptFile = (name: string) => fileURLToPath(new URL(`../clients/${name}`, import.meta.url));
const environment = {OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1'};
const epochs = 12;

/** What a user has at hand: inputs and classes in a file. */
const data: Readonly<Record<string, (folder: string) => void>> = {
	'the 12-bit data'(folder) {
		const {inputs, labels, samples, features} = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
		writeFileSync(path.join(folder, 'data.npz'), writeNpz({x: {shape: [samples, features], values: inputs}, y: {shape: [samples], values: labels}}));
	},
	'two moons'(folder) {
		execFileSync(python, [scriptFile('moons.py'), folder], {env: environment});
	},
};

type Told = ReadonlyArray<{readonly name: string; readonly information: Record<string, {readonly x: number; readonly y: number}>}>;

async function measured(cwd: string, file: string): Promise<Told> {
	const {stdout, stderr} = await runProgram(['measure', file, '--json', '--estimators', 'bins,uniform:30,kde:0.1:loo'], {cwd});
	expect(stderr).toBe('');
	return (JSON.parse(stdout) as {layers: Told}).layers;
}

describe.runIf(hasPython('numpy'))('a training by somebody else', () => {
	const scripts = ['with_numpy.py', ...(hasPython('torch') ? ['with_pytorch.py'] : [])];

	it.each(scripts.flatMap(script => Object.keys(data).map(name => [script, name] as const)))('%s on %s shows what measure and numpy say of its files', async (script, name) => {
		const cwd = temporaryFolder();
		data[name]!(cwd);
		const session = openSession(process.execPath, [programFile, 'watch', 'acts/', '--run', 'test', '--runs', 'runs'], {cwd, columns: 100});
		await session.waitFor(/waiting for the first step in acts/v);
		const client = await startProgram([scriptFile(script), 'data.npz', 'acts', String(epochs)], {cwd, env: environment, file: python}).outcome;
		expect(client).toMatchObject({code: 0, stderr: ''});
		await session.waitFor(new RegExp(String.raw`(?:epoch|step) ${epochs - 1}\b`, 'v'));
		const run = runFiles(path.join(cwd, 'runs'), 'test');
		const events = await until('every step', () => {
			const found = run.events().filter((event): event is EpochEvent => event.type === 'epoch');
			return found.length === epochs && found;
		});
		const start = run.events().find((event): event is StartEvent => event.type === 'start')!;
		expect(events.some(({layers}) => layers[0]!.information['kde:0.1:loo'])).toBe(true);
		expect(events.every(({layers}) => layers.every(({gradient}) => gradient !== null && gradient.mean > 0 && gradient.std > 0))).toBe(true);

		for (const step of [0, epochs - 1]) {
			const file = path.join('acts', `step-${String(step).padStart(8, '0')}.npz`);
			const told = await measured(cwd, file);
			expect(start.layers.map(layer => layer.name)).toEqual(told.map(layer => layer.name));
			const event = events.find(each => each.step === step)!;
			for (const [index, {information}] of event.layers.entries()) {
				for (const [id, {x, y}] of Object.entries(information)) {
					expect([id, x, y]).toEqual([id, told[index]!.information[id]!.x, told[index]!.information[id]!.y]);
				}
			}

			const byNumpy = JSON.parse(execFileSync(python, [scriptFile('oracle.py'), path.join(cwd, file)], {encoding: 'utf8', env: environment})) as Told;
			for (const [index, {name: layer, information}] of byNumpy.entries()) {
				expect(layer).toBe(told[index]!.name);
				for (const [id, {x, y}] of Object.entries(information)) {
					expect(Math.abs(told[index]!.information[id]!.x - x)).toBeLessThan(1e-9);
					expect(Math.abs(told[index]!.information[id]!.y - y)).toBeLessThan(1e-9);
				}
			}
		}

		// On the screen, the cursor names the newest point of the last layer.
		const {x, y} = events.find(({step}) => step === epochs - 1)!.layers.at(-1)!.information[start.estimators[0]!]!;
		session.press('\r');
		await session.waitFor(() => session.text().includes(`layer ${start.layers.length}, epoch ${epochs - 1}: I(X;T) ${x.toFixed(3)}, I(T;Y) ${y.toFixed(3)} bits`));
		session.press('q');
		await expect(session.exited).resolves.toEqual({code: 0, signal: 0});
		expect(session.normalText()).toMatch(new RegExp(String.raw`^acts was stopped at (?:epoch|step) ${epochs - 1} after .*: trained elsewhere, `, 'mv'));
		expect(existsSync(path.join(cwd, 'acts', 'step-00000000.npz'))).toBe(true);
	});
});
