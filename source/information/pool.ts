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

/** The same in two parts: what is quick at once, and the slow ones; with another target if that is said. */
export type StagedEstimatorPool = EstimatorPool & {
	readonly estimateQuick: (layer: LayerActivations, target?: Target) => LayerEstimates;
	readonly estimateSlow: (layers: readonly LayerActivations[], target?: Target) => Promise<LayerEstimates[]>;
};

/** What a worker is given once, and what it is asked. */
export type WorkerSetup = {readonly ids: readonly string[]; readonly target: Target};
export type WorkerTask = {readonly layer: LayerActivations; readonly target?: Target | undefined};
export type WorkerAnswer = {readonly estimates: LayerEstimates} | {readonly error: string};

/**
Quick estimators are computed at once; slow ones in worker threads, a layer a task, so that whoever asks can go on meanwhile. One
thread is left to the asker, if there are several.
*/
export function createEstimatorPool(ids: readonly string[], target: Target, threads = Math.max(1, Math.min(4, os.availableParallelism() - 1))): StagedEstimatorPool {
	const all = parseEstimators(ids);
	const quick = all.filter(({isSlow}) => !isSlow);
	const slow = all.filter(({isSlow}) => isSlow).map(({id}) => id);
	const workers = slow.length > 0 ? createWorkers({ids: slow, target}, threads) : undefined;
	const estimateQuick = (layer: LayerActivations, other = target): LayerEstimates => Object.fromEntries(quick.map(({id, estimate}) => [id, estimate(layer, other)]));
	const estimateSlow = async (layers: readonly LayerActivations[], other?: Target): Promise<LayerEstimates[]> =>
		Promise.all(layers.map(async layer => workers ? workers.ask({layer, target: other}) : {}));
	return {
		estimateQuick,
		estimateSlow,
		async estimate(layers) {
			const found = layers.map(layer => estimateQuick(layer));
			if (!workers) {
				return found;
			}

			const rest = await estimateSlow(layers);
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

type Task = {readonly question: WorkerTask; readonly resolve: (estimates: LayerEstimates) => void; readonly reject: (error: Error) => void};

/** A queue that idle workers take tasks from. */
function createWorkers(setup: WorkerSetup, threads: number) {
	const queue: Task[] = [];
	const running = new Map<Worker, Task>();
	const idle: Worker[] = [];
	let broken: Error | undefined;

	const fail = (error: Error) => {
		broken = error;
		for (const {reject} of [...running.values(), ...queue.splice(0)]) {
			reject(error);
		}
	};

	const next = () => {
		while (idle.length > 0 && queue.length > 0) {
			const worker = idle.pop()!;
			const task = queue.shift()!;
			running.set(worker, task);
			worker.postMessage(task.question);
		}
	};

	const workers = Array.from({length: threads}, () => {
		const worker = new Worker(packagePath('dist/estimator.js'), {workerData: setup});
		worker.on('message', (answer: WorkerAnswer) => {
			const task = running.get(worker)!;
			running.delete(worker);
			idle.push(worker);
			if ('error' in answer) {
				task.reject(new Error(answer.error));
			} else {
				task.resolve(answer.estimates);
			}

			next();
		});
		worker.on('error', fail);
		idle.push(worker);
		return worker;
	});
	return {
		async ask(question: WorkerTask): Promise<LayerEstimates> {
			return new Promise((resolve, reject) => {
				if (broken) {
					reject(broken);
					return;
				}

				queue.push({question, resolve, reject});
				next();
			});
		},
		async close() {
			await Promise.all(workers.map(async worker => worker.terminate()));
		},
	};
}
