/**
Quantised training as in the code of [L22] (ExactIBAnalysisInQNNs), after TensorFlow's fake quantisation: values stay float32, but
take only 2^bits levels, and gradients go straight through where a value was not clipped.
*/
import {type ActivationName} from './activation.js';

export type Quantisation = {
	/** 2 to 16. */
	readonly bits: number;
};

/** Levels low + k·step, k = 0 … 2^bits − 1, of which one is exactly 0. */
export type Levels = {readonly low: number; readonly high: number; readonly step: number};

/**
The levels for values from `least` to `greatest`: the range is widened to hold 0, and moved by less than half a step so that 0 is a
level ("nudged"). A range without extent is the level 0 alone.
*/
export function levelsOf(least: number, greatest: number, bits: number): Levels {
	const low = Math.min(least, 0);
	const high = Math.max(greatest, 0);
	const most = (2 ** bits) - 1;
	const step = (high - low) / most;
	if (!(step > 0)) {
		return {low: 0, high: 0, step: 0};
	}

	const zero = Math.min(most, Math.max(0, Math.round(-low / step)));
	return {low: -zero * step, high: (most - zero) * step, step};
}

/** The nearest level, halves up; values beyond the levels are clipped. The result is float32, and so one of at most 2^bits numbers. */
export function quantise(value: number, {low, high, step}: Levels): number {
	return step === 0 ? value * 0 : Math.fround((Math.floor(((Math.min(high, Math.max(low, value)) - low) / step) + 0.5) * step) + low);
}

/** Where the gradient goes straight through. */
export const isWithin = (value: number, {low, high}: Levels): boolean => value >= low && value <= high;

/** What is kept of a moving average at each step, and where it starts. */
export const rangeDecay = 0.999;
export const initialRange: Range = [-6, 6];

export type Range = readonly [least: number, greatest: number];

/**
Bounded activations (tanh, and here sigmoid and softsign) are quantised over the range of the batch, and their weights are not.
Unbounded ones and the softmax have weights quantised over their own range, and activations over a moving average of the batches'
ranges, which is part of the engine's state.
*/
export const hasMovingRange = (activation: ActivationName | 'softmax'): boolean => !['tanh', 'sigmoid', 'softsign'].includes(activation);

/** One step of the moving average. */
export const movedRange = ([low, high]: Range, [least, greatest]: Range): Range =>
	[(rangeDecay * low) + ((1 - rangeDecay) * least), (rangeDecay * high) + ((1 - rangeDecay) * greatest)];
