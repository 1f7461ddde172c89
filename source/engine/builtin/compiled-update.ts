import {adamCorrections, type Optimizer} from '../optimizer.js';
import {type DenseModule} from './module.js';
import {type Placement} from './placement.js';

/** One update of all parameters; `step` counts from 1. */
export function compiledUpdate({kernels}: DenseModule, {values, gradients, slots, bytes}: Placement, optimizer: Optimizer, step: number): void {
	if (optimizer.name === 'adam') {
		const {size, scale} = adamCorrections(optimizer, step);
		const {beta1, beta2, epsilon} = optimizer;
		kernels.adam(values, gradients, slots[0]!, slots[1]!, bytes, 1 - beta1, 1 - beta2, epsilon, size, scale);
	} else {
		kernels.momentum(values, gradients, slots[0]!, bytes, optimizer.momentum, optimizer.learningRate);
	}
}
