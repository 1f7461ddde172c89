/** The thread of a pool: estimates the layers that it is sent, one after another. */
import {parentPort, workerData} from 'node:worker_threads';
import {type LayerActivations} from './layer-activations.js';
import {type WorkerAnswer, type WorkerSetup} from './pool.js';
import {parseEstimators} from './registry.js';

const {ids, target} = workerData as WorkerSetup;
const estimators = parseEstimators(ids);

parentPort!.on('message', (layer: LayerActivations) => {
	parentPort!.postMessage(answer(layer));
});

function answer(layer: LayerActivations): WorkerAnswer {
	try {
		return {estimates: Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, target)]))};
	} catch (error) {
		return {error: (error as Error).message};
	}
}
