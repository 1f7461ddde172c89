import {instantiate, type Memory} from '../../web-assembly.js';
import {Copies} from './copies.js';
import {Heap} from './heap.js';

/** What assembly/dense.ts exports; addresses are bytes. */
export type DenseKernels = {
	readonly memory: Memory;
	readonly scratchBytes: (widths: number, layers: number, blockRows: number) => number;
	readonly differentiate: (
		widths: number,
		layers: number,
		activation: number,
		rows: number,
		batchRows: number,
		inputs: number,
		targets: number,
		parameters: number,
		gradients: number,
		scratch: number,
		blockRows: number,
		isLossWanted: number,
	) => number;
	readonly forward: (
		widths: number,
		layers: number,
		activation: number,
		rows: number,
		inputs: number,
		parameters: number,
		outputs: number,
		scratch: number,
		blockRows: number,
	) => void;
	readonly quantisedScratchBytes: (widths: number, layers: number, rows: number) => number;
	readonly quantiseWeights: (
		widths: number,
		layers: number,
		isHiddenMoving: number,
		bits: number,
		parameters: number,
		bytes: number,
		to: number,
		levels: number,
	) => void;
	readonly differentiateQuantised: (
		widths: number,
		layers: number,
		activation: number,
		isHiddenMoving: number,
		bits: number,
		rows: number,
		inputs: number,
		targets: number,
		parameters: number,
		weights: number,
		weightLevels: number,
		ranges: number,
		gradients: number,
		scratch: number,
		isLossWanted: number,
	) => number;
	readonly activateLayer: (
		activation: number,
		rows: number,
		inputs: number,
		weights: number,
		biases: number,
		fanIn: number,
		units: number,
		outputs: number,
		scratch: number,
	) => void;
	readonly adam: (
		values: number,
		gradients: number,
		firstMoments: number,
		secondMoments: number,
		bytes: number,
		complement1: number,
		complement2: number,
		epsilon: number,
		size: number,
		scale: number,
	) => void;
	readonly gather: (
		samples: number,
		labels: number,
		numbers: number,
		rows: number,
		features: number,
		classes: number,
		inputs: number,
		targets: number,
	) => void;
	readonly addToMeans: (means: number, gradients: number, bytes: number, count: number) => number;
	readonly momentum: (values: number, gradients: number, velocities: number, bytes: number, momentum: number, rate: number) => void;
};

/**
The one instance of this thread and its memory, for all engines. Each has a region for its parameters and moments; what a step only needs
while it runs lies in one workspace, as large as the largest that was asked for, which they use in turn.
*/
export class DenseModule {
	readonly kernels = instantiate('dist/dense.wasm') as DenseKernels;
	readonly heap = new Heap(this.kernels.memory);
	readonly copies = new Copies(this.heap, this.kernels.memory);
	#workspace = {address: 0, bytes: 0};

	/** The address of at least so many bytes, whose content is whatever was left there. */
	workspace(bytes: number): number {
		if (bytes > this.#workspace.bytes) {
			this.heap.free(this.#workspace.address);
			this.#workspace = {address: this.heap.allocate(bytes), bytes};
		}

		return this.#workspace.address;
	}

	floats(address: number, length: number): Float32Array {
		return new Float32Array(this.kernels.memory.buffer, address, length);
	}
}

let instance: DenseModule | undefined;

export function denseModule(): DenseModule {
	instance ??= new DenseModule();
	return instance;
}
