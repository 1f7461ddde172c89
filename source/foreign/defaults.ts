import {rangeOf} from '../information/discretise.js';
import {type LayerActivations} from '../information/layer-activations.js';

/** For activations of any scale, and for those that stay between −1 and 1. Inputs are a sample mostly, so kernel densities leave one out. */
const general = ['uniform:30', 'kde:0.1:loo'] as const;
const bounded = 'bins';

/** What share of a layer is exactly 0 where negative values are cut away. */
const rectifiedShare = 0.05;

/**
Whether a layer looks as if it would stay between −1 and 1, as tanh, sigmoid and softmax do. One that is never negative and often
exactly 0 is rectified, and has no upper bound, however small it begins.
*/
export function isBounded({values}: LayerActivations): boolean {
	const [low, high] = rangeOf(values);
	if (low < -1 || high > 1) {
		return false;
	}

	let zeros = 0;
	// eslint-disable-next-line @typescript-eslint/prefer-for-of -- several times as slow on ten million numbers
	for (let index = 0; index < values.length; index++) {
		zeros += values[index] === 0 ? 1 : 0;
	}

	return low < 0 || zeros < rectifiedShare * values.length;
}

/** The estimators of a run, the one that stands on every layer first. */
export const defaultEstimators = (areBounded: readonly boolean[]): string[] => areBounded.every(Boolean)
	? [bounded, ...general]
	: [...general, ...(areBounded.some(Boolean) ? [bounded] : [])];

/** Whether an estimator that was not asked for stands on a layer: all that is above 1 is one cell to `bins`. */
export const standsOn = (estimator: string, isBoundedLayer: boolean): boolean => estimator !== bounded || isBoundedLayer;
