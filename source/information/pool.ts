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
	readonly estimate: (layers: readonly LayerActivations[], target?: Target) => Promise<LayerEstimates[]>;
	/** For an asker who has to wait: estimates a layer that no thread has begun with in the asker's own; `false` if there is none. */
	readonly help: () => boolean;
	readonly close: () => Promise<void>;
};

/** What a worker is given once, what it is asked, and what it says; a claim is 0 until a thread takes the layer. */
export type WorkerSetup = {readonly ids: readonly string[]; readonly target: Target};
export type WorkerQuestion = {readonly layer: LayerActivations; readonly target?: Target | undefined; readonly claim: Int32Array};
export type WorkerAnswer = {readonly estimates: LayerEstimates} | {readonly error: string} | 'claimed';

/**
Quick estimators are computed at once; if a slow one is among them, all are computed in worker threads, a layer a task, so that whoever
asks can go on meanwhile. One thread is left to the asker, if there are several.
*/
export function createEstimatorPool(ids: readonly string[], target: Target, threads = Math.max(1, Math.min(4, os.availableParallelism() - 1))): EstimatorPool {
	const estimators = parseEstimators(ids);
	if (estimators.some(({isSlow}) => isSlow)) {
		return createThreads({ids, target}, estimators, threads);
	}

	return {
		estimate: async (layers, other = target) => layers.map(layer => estimateLayer(estimators, layer, other)),
		help: () => false,
		async close() {
			// There is nothing to close.
		},
	};
}

export const estimateLayer = (estimators: readonly Estimator[], layer: LayerActivations, target: Target): LayerEstimates =>
	Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, target)]));

/** Whether the caller, whichever thread it is in, is the first to ask: then it has to estimate the layer. */
export const isFirst = (claim: Int32Array): boolean => Atomics.exchange(claim, 0, 1) === 0;

type Task = WorkerQuestion & {readonly resolve: (estimates: LayerEstimates) => void; readonly reject: (error: Error) => void};

/**
Threads that answer in the order in which they are asked. A layer is sent at once, to the thread with the fewest to do: whoever asks may
be busy for long before it hears of answers, and a thread that had to wait for the next question until then would stand still.
*/
function createThreads(setup: WorkerSetup, estimators: readonly Estimator[], threads: number): EstimatorPool {
	const lines = Array.from({length: threads}, () => ({worker: new Worker(packagePath('dist/estimator.js'), {workerData: setup}), tasks: [] as Task[]}));
	const failure: {error?: Error} = {};
	const fail = (error: Error) => {
		failure.error = error;
		for (const {reject} of lines.flatMap(({tasks}) => tasks.splice(0))) {
			reject(error);
		}
	};

	for (const {worker, tasks} of lines) {
		worker.on('error', fail);
		worker.on('message', (answer: WorkerAnswer) => {
			const task = tasks.shift();
			if (answer !== 'claimed') {
				settle(task!, answer);
			}
		});
	}

	const ask = async (layer: LayerActivations, target?: Target) => new Promise<LayerEstimates>((resolve, reject) => {
		if (failure.error) {
			reject(failure.error);
			return;
		}

		const question = {layer, target, claim: new Int32Array(new SharedArrayBuffer(4))};
		const [{worker, tasks}] = lines.toSorted((a, b) => a.tasks.length - b.tasks.length) as [typeof lines[number]];
		tasks.push({...question, resolve, reject});
		worker.postMessage(question);
	});
	return {
		estimate: async (layers, target) => Promise.all(layers.map(async layer => ask(layer, target))),
		help() {
			const task = lines.flatMap(({tasks}) => tasks).find(({claim}) => isFirst(claim));
			if (task) {
				settle(task, answerTo(task.layer, estimators, task.target ?? setup.target));
			}

			return task !== undefined;
		},
		async close() {
			await Promise.all(lines.map(async ({worker}) => worker.terminate()));
		},
	};
}

function settle({resolve, reject}: Task, answer: Exclude<WorkerAnswer, 'claimed'>): void {
	if ('error' in answer) {
		reject(new Error(answer.error));
	} else {
		resolve(answer.estimates);
	}
}

/** The information of a layer, or why there is none. */
export function answerTo(layer: LayerActivations, estimators: readonly Estimator[], target: Target): Exclude<WorkerAnswer, 'claimed'> {
	try {
		return {estimates: estimateLayer(estimators, layer, target)};
	} catch (error) {
		return {error: (error as Error).message};
	}
}
