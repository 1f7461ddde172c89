import {type GradientMeans} from '../gradient-means.js';
import {type DenseModule} from './module.js';
import {align, parametersAt, type Placement} from './placement.js';

/** Means that lie in WebAssembly's memory as the gradients of an engine do, of which they are; twice as long, for they are float64. */
export type CompiledMeans = GradientMeans & {readonly free: () => void};

export function createCompiledMeans(module: DenseModule, widths: readonly number[], {gradients, bytes}: Placement): CompiledMeans {
	const {heap, kernels} = module;
	const means = heap.allocate(2 * bytes);
	const views = parametersAt(module, widths, gradients);
	const meansOf = (address: number) => means + (2 * (address - gradients));
	return {
		add: (_layer, {byteOffset, byteLength}, count) => kernels.addToMeans(meansOf(byteOffset), byteOffset, align(byteLength), count),
		of(layer) {
			const {byteOffset, length} = views().weights[layer]!;
			return new Float64Array(kernels.memory.buffer, meansOf(byteOffset), length);
		},
		free() {
			heap.free(means);
		},
	};
}
