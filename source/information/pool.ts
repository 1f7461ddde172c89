import os from 'node:os';
import {createAnswering} from '../answering.js';
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

/** What a thread is given once, and what it is asked. */
export type PoolSetup = {readonly ids: readonly string[]; readonly target: Target};
export type PoolQuestion = {readonly layer: LayerActivations; readonly target?: Target | undefined};

/** How many threads can work beside the asker's; 0 where the machine has one core only. */
export const spareThreads = (): number => os.availableParallelism() - 1;

/**
Quick estimators are computed at once; if a slow one is among them, all are computed in worker threads, a layer a task, so that whoever
asks can go on meanwhile. One thread is left to the asker, if there are several.
*/
export function createEstimatorPool(ids: readonly string[], target: Target, threads = Math.max(1, Math.min(4, spareThreads()))): EstimatorPool {
	const estimators = parseEstimators(ids);
	if (areQuick(estimators)) {
		return {
			estimate: async (layers, other = target) => layers.map(layer => estimateLayer(estimators, layer, other)),
			help: () => false,
			async close() {
				// There is nothing to close.
			},
		};
	}

	const setup: PoolSetup = {ids, target};
	const {ask, help, close} = createAnswering({
		file: 'dist/estimator.cjs', setup, threads, answer: answering(estimators, target),
	});
	return {
		estimate: async (layers, other) => Promise.all(layers.map(async layer => ask({layer, target: other}))),
		help,
		close,
	};
}

export const areQuick = (estimators: readonly Estimator[]): boolean => !estimators.some(({isSlow}) => isSlow);

/** The information of a layer with the label that is asked for, or with the usual one. */
export const answering = (estimators: readonly Estimator[], usual: Target) =>
	({layer, target = usual}: PoolQuestion): LayerEstimates => estimateLayer(estimators, layer, target);

export const estimateLayer = (estimators: readonly Estimator[], layer: LayerActivations, target: Target): LayerEstimates =>
	Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, target)]));
