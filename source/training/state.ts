import {type EngineState} from '../engine/engine.js';
import {type RandomState} from '../random.js';

/** All that a training needs to go on bit for bit as if it had never stopped, taken between two passes. What was measured before is in the events. */
export type TrainingState = {
	/** Completed passes over the training set. */
	readonly epoch: number;
	readonly engine: EngineState;
	/** The order of the samples in the last pass, out of which the next one is drawn. */
	readonly order: Int32Array;
	/** Of the stream that draws it; null where the order stays. */
	readonly random: RandomState | null;
};

/** The state of one of several repeats (from 1); of a run without repeats, 1. */
export type RepeatState = {readonly repeat: number; readonly state: TrainingState};

/** What is to be kept so that a run can go on from here. It is not an event of the run: whoever writes those writes it too. */
export type Checkpoint = {
	readonly type: 'states';
	readonly epoch: number;
	readonly states: readonly RepeatState[];
	/** Somebody asked for it, and waits for the word that it was written. */
	readonly isAsked: boolean;
};
