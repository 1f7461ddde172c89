/** Training and nothing else: what measuring, writing and showing are compared to. */
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';
import {initialState} from '../../source/engine/initialise.js';
import {networkWidths} from '../../source/preset/load.js';
import {type Preset} from '../../source/preset/schema.js';
import {Random} from '../../source/random.js';
import {epochRows, stepperOver} from '../../source/training/batches.js';
import {builtin} from '../helpers/train.js';

export function trainBare(preset: Preset): void {
	const dataset = loadDataset(preset.dataset, preset.seed);
	const {train: order} = splitDataset(dataset, preset.split.method, preset.split.train, preset.seed);
	const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};
	const engine = builtin.create(network, initialState(network, preset.network.initialisation, preset.seed));
	const random = Random.stream(preset.seed, 'batches');
	const step = stepperOver(engine, dataset);
	for (let epoch = 0; epoch < preset.training.epochs; epoch++) {
		for (const rows of epochRows(order, preset.training.batchSize, random)) {
			step(rows);
		}
	}

	engine.dispose();
}
