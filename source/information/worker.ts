/** The thread of a pool: estimates the layers that it is sent, one after another. */
import {parentPort, workerData} from 'node:worker_threads';
import {type WorkerAnswer, type WorkerSetup, type WorkerTask} from './pool.js';
import {parseEstimators} from './registry.js';

const {ids, target} = workerData as WorkerSetup;
const estimators = parseEstimators(ids);

parentPort!.on('message', (task: WorkerTask) => {
	parentPort!.postMessage(answer(task));
});

function answer({layer, target: other = target}: WorkerTask): WorkerAnswer {
	try {
		return {estimates: Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, other)]))};
	} catch (error) {
		return {error: (error as Error).message};
	}
}
