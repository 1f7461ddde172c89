/** What measuring costs: all 8000 epochs of `tanh`, bare, measured without estimators, with the preset's, and with all of them. */
import {performance} from 'node:perf_hooks';
import {splitDataset} from '../../source/dataset/split.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {initialState} from '../../source/engine/initialise.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {Random} from '../../source/random.js';
import {epochBatches} from '../../source/training/batches.js';
import {builtin, trainingOf} from '../helpers/train.js';
import {median, printTable} from './table.js';

const epochs = 8000;
const all = ['bins', 'width:0.07', 'uniform:30', 'quantile:30', 'exact:8', 'kde:0.001'];

export async function benchMeasuring(): Promise<void> {
	const loaded = loadPreset('tanh');
	const preset = {...loaded, training: {...loaded.training, epochs}};
	const timed = async (work: () => Promise<void>) => {
		const start = performance.now();
		await work();
		return (performance.now() - start) / 1000;
	};

	const bare = async () => {
		const dataset = loadDataset(preset.dataset, 1);
		const {train: order} = splitDataset(dataset, 'random', 0.8, 1);
		const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};
		const bareEngine = builtin.create(network, initialState(network, preset.network.initialisation, 1));
		const random = Random.stream(1, 'batches');
		for (let epoch = 0; epoch < epochs; epoch++) {
			for (const batch of epochBatches(dataset, order, preset.training.batchSize, random)) {
				bareEngine.step(batch);
			}
		}
	};

	const measured = (estimators: readonly string[]) => async () => {
		for await (const _ of trainingOf({...preset, estimators: [...estimators]})) {
			// Taking the next one is what trains.
		}
	};

	const ways: ReadonlyArray<readonly [string, () => Promise<void>]> = [
		['nothing measured', bare],
		['no estimator', measured([])],
		[preset.estimators.join(', '), measured(preset.estimators)],
		[all.join(', '), measured(all)],
	];
	const times = ways.map((): number[] => []);
	for (let round = 0; round < 3; round++) {
		for (const [index, [, way]] of ways.entries()) {
			times[index]!.push(await timed(way));
		}
	}

	const none = median(times[1]!);
	printTable(['estimators', 'seconds', 'epochs/s', 'of that without estimators'], ways.map(([name], index) => {
		const seconds = median(times[index]!);
		return [name, seconds.toFixed(1), (epochs / seconds).toFixed(0), (none / seconds).toFixed(2)];
	}));
}
