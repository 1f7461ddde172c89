/** What measuring costs: a run of `tanh` with its measured epochs against the bare training. */
import {performance} from 'node:perf_hooks';
import {splitDataset} from '../../source/dataset/split.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {initialState} from '../../source/engine/initialise.js';
import {chooseEngine} from '../../source/engine/registry.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {Random} from '../../source/random.js';
import {epochBatches} from '../../source/training/batches.js';
import {train} from '../../source/training/train.js';
import {median, printTable} from './table.js';

const epochs = 1500;

export async function benchMeasuring(): Promise<void> {
	const loaded = loadPreset('tanh');
	const preset = {...loaded, training: {...loaded.training, epochs}};
	const engine = await chooseEngine('builtin', networkWidths(preset), preset.training.batchSize);
	const timed = async (work: () => Promise<void>) => {
		const start = performance.now();
		await work();
		return (performance.now() - start) / 1000;
	};

	const bare = async () => {
		const dataset = loadDataset(preset.dataset, 1);
		const {train: order} = splitDataset(dataset, 'random', 0.8, 1);
		const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};
		const bareEngine = engine.create(network, initialState(network, preset.network.initialisation, 1));
		const random = Random.stream(1, 'batches');
		for (let epoch = 0; epoch < epochs; epoch++) {
			for (const batch of epochBatches(dataset, order, preset.training.batchSize, random)) {
				bareEngine.step(batch);
			}
		}
	};

	const measured = async () => {
		const events = train({
			run: 'bench', preset, engine, seconds: () => 0,
		});
		for await (const _ of events) {
			// Taking the next one is what trains.
		}
	};

	const pairs: Array<[number, number]> = [];
	for (let round = 0; round < 3; round++) {
		pairs.push([await timed(bare), await timed(measured)]);
	}

	const [bareTime, measuredTime] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
	printTable(['epochs', 'bare s', 'measured s', 'ratio'], [[String(epochs), bareTime.toFixed(2), measuredTime.toFixed(2), (measuredTime / bareTime).toFixed(2)]]);
}
