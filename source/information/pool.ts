import os from 'node:os';
import {Worker} from 'node:worker_threads';
import {packagePath} from '../package.js';
import {type Estimate, type Target} from './entropy.js';
import {type LayerActivations} from './layer-activations.js';
import {type Estimator, parseEstimators} from './registry.js';

/** The information of one layer, by estimator. */
export type LayerEstimates = Record<string, Estimate>;

export type EstimatorPool = {
	/** The information of each layer under every estimator. The layers' arrays must not change until then. */
	readonly estimate: (layers: readonly LayerActivations[]) => Promise<LayerEstimates[]>;
	readonly close: () => Promise<void>;
};

/** What a worker is given once, and what it is asked. */
export type WorkerSetup = {readonly ids: readonly string[]; readonly target: Target};
export type WorkerAnswer = {readonly estimates: LayerEstimates} | {readonly error: string};

/**
Quick estimators are computed at once; slow ones in worker threads, a layer a task, so that whoever asks can go on meanwhile. One
thread is left to the asker, if there are several.
*/
export function createEstimatorPool(ids: readonly string[], target: Target, threads = Math.max(1, Math.min(4, os.availableParallelism() - 1))): EstimatorPool {
	const all = parseEstimators(ids);
	const quick = all.filter(({isSlow}) => !isSlow);
	const slow = all.filter(({isSlow}) => isSlow).map(({id}) => id);
	const workers = slow.length > 0 ? createWorkers({ids: slow, target}, threads) : undefined;
	return {
		async estimate(layers) {
			const found = layers.map(layer => Object.fromEntries(quick.map(({id, estimate}) => [id, estimate(layer, target)])));
			if (!workers) {
				return found;
			}

			const rest = await Promise.all(layers.map(async layer => workers.ask(layer)));
			return found.map((estimates, index) => inOrder(all, {...estimates, ...rest[index]}));
		},
		async close() {
			await workers?.close();
		},
	};
}

/** In the order in which the estimators were asked for, whoever computed them. */
const inOrder = (estimators: readonly Estimator[], estimates: LayerEstimates): LayerEstimates =>
	Object.fromEntries(estimators.map(({id}) => [id, estimates[id]!]));

type Task = {readonly resolve: (estimates: LayerEstimates) => void; readonly reject: (error: Error) => void};

/**
Threads that answer in the order in which they are asked. A layer is sent at once, to the thread with the fewest to do: whoever asks may
be busy for long before it hears of answers, and a thread that had to wait for the next question until then would stand still.
*/
function createWorkers(setup: WorkerSetup, threads: number) {
	let broken: Error | undefined;
	const lines = Array.from({length: threads}, () => ({worker: new Worker(packagePath('dist/estimator.js'), {workerData: setup}), tasks: [] as Task[]}));
	for (const {worker, tasks} of lines) {
		worker.on('message', (answer: WorkerAnswer) => {
			const task = tasks.shift()!;
			if ('error' in answer) {
				task.reject(new Error(answer.error));
			} else {
				task.resolve(answer.estimates);
			}
		});
		worker.on('error', error => {
			broken = error;
			for (const {reject} of lines.flatMap(line => line.tasks.splice(0))) {
				reject(error);
			}
		});
	}

	return {
		async ask(layer: LayerActivations): Promise<LayerEstimates> {
			return new Promise((resolve, reject) => {
				if (broken) {
					reject(broken);
					return;
				}

				const {worker, tasks} = lines.reduce((least, line) => line.tasks.length < least.tasks.length ? line : least);
				tasks.push({resolve, reject});
				worker.postMessage(layer);
			});
		},
		async close() {
			await Promise.all(lines.map(async ({worker}) => worker.terminate()));
		},
	};
}
