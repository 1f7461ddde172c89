import {type ActivationName} from './activation.js';
import {type GradientMeans} from './gradient-means.js';
import {type Optimizer} from './optimizer.js';
import {type Quantisation, type Range} from './quantisation.js';

/** What an engine is built from: fully connected layers, softmax output, mean cross-entropy in nats, float32. */
export type NetworkOptions = {
	/** Features, the hidden layers' units, classes. */
	readonly widths: readonly number[];
	readonly activation: ActivationName;
	readonly optimizer: Optimizer;
	/** Values of only so many bits, in training and after. */
	readonly quantisation?: Quantisation | undefined;
};

export type Batch = {
	readonly rows: number;
	/** Rows × features, row-major. */
	readonly inputs: Float32Array;
	/** Rows × classes, row-major; each row sums to 1. */
	readonly targets: Float32Array;
};

/** The samples that batches are taken from; nobody writes to them. */
export type Samples = {
	readonly features: number;
	readonly classes: number;
	/** Samples × features, row-major. */
	readonly inputs: Float32Array;
	/** The class of each sample, 0 … classes − 1. */
	readonly labels: Uint8Array;
};

/** One array a layer, first hidden layer first. Weights are fan-in × units, row-major. */
export type Parameters = {
	readonly weights: readonly Float32Array[];
	readonly biases: readonly Float32Array[];
};

/** All that the next step depends on. The same shape in every engine, so that a checkpoint can change engines. */
export type EngineState = {
	readonly parameters: Parameters;
	/** Steps taken, and the optimiser's arrays: Adam's first and second moments, SGD's velocity. */
	readonly steps: number;
	readonly slots: readonly Parameters[];
	/** Of a quantised network: the moving averages of the layers' ranges; of layers that have none, where they would start. */
	readonly ranges?: readonly Range[];
};

/** Loss and gradients at the weights before the update. The arrays are the engine's own: valid during the call, not to be kept. */
export type StepObserver = (loss: number, gradients: Parameters) => void;

/** One optimisation step over the samples of these numbers, as `Engine.step` of a batch of them. */
export type Stepper = (rows: Int32Array, observe?: StepObserver) => void;

export type Engine = {
	readonly name: EngineName;
	/** One optimisation step. Observing it changes nothing in it. */
	step(batch: Batch, observe?: StepObserver): void;
	/** Steps over samples by their numbers, where the engine gathers such samples itself; until it is disposed of. */
	stepperOver?(samples: Samples): Stepper | undefined;
	/** Means of the gradients that this engine's observers are shown, and of no others; those before are no more. */
	gradientMeans(): GradientMeans;
	/**
	The activations of every layer (softmax output last), rows × units, row-major, for any number of rows. `used`: what an earlier call told, if nobody
	needs it any more; where it has the room, this may be told in it.
	*/
	forward(inputs: Float32Array, rows: number, used?: readonly Float32Array[]): Float32Array[];
	/** A copy of the weights and biases. */
	readParameters(): Parameters;
	/** A copy of the whole state. */
	readState(): EngineState;
	writeState(state: EngineState): void;
	dispose(): void;
};

export const engineNames = ['builtin', 'tensorflow'] as const;
export type EngineName = (typeof engineNames)[number];
export type EngineChoice = EngineName | 'auto';
