/** The thread of a pool: estimates the layers that it is sent, one after another, unless the asker has begun with one itself. */
import {parentPort, workerData} from 'node:worker_threads';
import {
	answerTo, isFirst, type WorkerAnswer, type WorkerQuestion, type WorkerSetup,
} from './pool.js';
import {parseEstimators} from './registry.js';

const {ids, target} = workerData as WorkerSetup;
const estimators = parseEstimators(ids);

parentPort!.on('message', ({layer, target: other = target, claim}: WorkerQuestion) => {
	const answer: WorkerAnswer = isFirst(claim) ? answerTo(layer, estimators, other) : 'claimed';
	parentPort!.postMessage(answer);
});
