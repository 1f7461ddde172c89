/**
What the estimators cost: the six layers of `tanh` over all 4096 patterns, at the start and when trained, against the papers' algorithms in
numpy on one thread; and the kernel densities of a layer of 20 units over 60 000 rows. Both sides take turns, since machines are noisy.
*/
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';
import {initialState} from '../../source/engine/initialise.js';
import {chooseEngine} from '../../source/engine/registry.js';
import {type Target} from '../../source/information/entropy.js';
import {estimateKernelDensity} from '../../source/information/kernel-density/estimate.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {parseEstimator} from '../../source/information/registry.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {probeActivations} from '../../source/probes/activations.js';
import {Random} from '../../source/random.js';
import {epochBatches} from '../../source/training/batches.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {median, printTable} from './table.js';

type Estimate = (layer: LayerActivations, target: Target) => unknown;
type Case = {readonly epoch: number; readonly layers: readonly LayerActivations[]; readonly target: Target};

const rounds = 5;
const width = 0.07;
const variance = 1e-3;

/** Their names, before the colon, are those of the functions in estimators.py. */
const estimates = ['bins', `width:${width}`, 'exact:8', 'uniform:30', 'quantile:30', `kde:${variance}`].map(id => ({id, python: id.split(':')[0]!, estimate: parseEstimator(id).estimate}));

export async function benchEstimators(): Promise<void> {
	const rows: string[][] = [];
	const isThere = hasPython('numpy');
	for (const each of await trainedLayers([0, 100, 2000])) {
		const ours = estimates.map((): number[] => []);
		const theirs = estimates.map((): number[] => []);
		for (let round = 0; round < rounds; round++) {
			for (const [index, {estimate}] of estimates.entries()) {
				ours[index]!.push(timeOf(estimate, each));
			}

			if (isThere) {
				const answer = askNumpy(each);
				for (const [index, {python}] of estimates.entries()) {
					theirs[index]!.push(answer[python]!);
				}
			}
		}

		for (const [index, {id}] of estimates.entries()) {
			const [own, other] = [median(ours[index]!), isThere ? median(theirs[index]!) : undefined];
			rows.push([
				id,
				String(each.epoch),
				own.toFixed(own < 10 ? 2 : 0),
				Math.min(...ours[index]!).toFixed(own < 10 ? 2 : 0),
				other?.toFixed(0) ?? 'n/a',
				other ? `${(other / own).toFixed(1)}×` : 'n/a',
			]);
		}
	}

	printTable(['estimator', 'epoch', 'ibtop ms', 'least', 'numpy ms', 'ratio'], rows);
	console.log();
	benchManyRows();
}

/** A layer of 20 units that tells ten classes apart, of which 1024 rows are evaluated. */
function benchManyRows(): void {
	const [rows, units] = [60_000, 20];
	const random = Random.stream(1, 'bench');
	const centres = Float32Array.from({length: 10 * units}, () => random.normal());
	const labels = Uint8Array.from({length: rows}, () => random.below(10));
	const values = Float32Array.from({length: rows * units}, (_, index) =>
		Math.tanh(1.5 * (centres[(labels[Math.floor(index / units)]! * units) + (index % units)]! + (0.7 * random.normal()))));
	const each = {epoch: 0, layers: [{rows, units, values}], target: {classes: 10, labels}};
	printTable(['estimator', 'rows×units', 'ibtop ms', 'least'], [1e-3, 0.1, 1].map(given => {
		const times = Array.from({length: rounds}, () =>
			timeOf((layer, target) => estimateKernelDensity(layer, target, {variance: given, leaveOneOut: false}), each));
		return [`kde:${given}`, `${rows}×${units}`, median(times).toFixed(0), Math.min(...times).toFixed(0)];
	}));
}

/** Milliseconds for all layers together; the median of ten, after one that counts not. */
function timeOf(estimate: Estimate, {layers, target}: Case): number {
	const times = Array.from({length: 11}, () => {
		const start = performance.now();
		for (const layer of layers) {
			estimate(layer, target);
		}

		return performance.now() - start;
	});
	return median(times.slice(1));
}

/** Runs the preset, and stops to keep its activations. */
async function trainedLayers(epochs: readonly number[]): Promise<Case[]> {
	const preset = loadPreset('tanh');
	const dataset = loadDataset(preset.dataset, preset.seed);
	const widths = networkWidths(preset);
	const {optimizer, batchSize} = preset.training;
	const network = {widths, activation: preset.network.activation, optimizer};
	const factory = await chooseEngine('builtin', widths, batchSize);
	const engine = factory.create(network, initialState(network, preset.network.initialisation, preset.seed));
	const {train} = splitDataset(dataset, 'random', 0.8, preset.seed);
	const random = Random.stream(preset.seed, 'batches');
	const cases: Case[] = [];
	for (let epoch = 0; epoch <= Math.max(...epochs); epoch++) {
		if (epochs.includes(epoch)) {
			cases.push({epoch, layers: probeActivations(engine, dataset), target: {classes: 2, labels: dataset.labels}});
		}

		for (const batch of epochBatches(dataset, train, batchSize, random)) {
			engine.step(batch);
		}
	}

	return cases;
}

const askNumpy = ({layers, target}: Case): Record<string, number> => withTemporaryFolder(folder => {
	const known = {
		rows: layers[0]!.rows, units: layers.map(({units}) => units), width, variance, repeats: 1,
	};
	writeFileSync(path.join(folder, 'case.json'), JSON.stringify(known));
	writeFileSync(path.join(folder, 'labels.u8'), target.labels);
	for (const [index, {values}] of layers.entries()) {
		writeFileSync(path.join(folder, `${index}.f32`), values);
	}

	return runPython(new URL('estimators.py', import.meta.url), folder) as Record<string, number>;
});
