import {adamCorrections, type Optimizer} from '../optimizer.js';

/** One update of one parameter array in place, with its optimiser slots; `step` counts from 1. */
export function update(optimizer: Optimizer, values: Float32Array, gradient: Float32Array, slots: readonly Float32Array[], step: number): void {
	if (optimizer.name === 'adam') {
		adam(optimizer, values, gradient, slots[0]!, slots[1]!, step);
	} else {
		momentum(optimizer, values, gradient, slots[0]!);
	}
}

function adam(
	optimizer: Extract<Optimizer, {name: 'adam'}>,
	values: Float32Array,
	gradient: Float32Array,
	firstMoment: Float32Array,
	secondMoment: Float32Array,
	step: number,
): void {
	const {beta1, beta2, epsilon} = optimizer;
	const {size, scale} = adamCorrections(optimizer, step);
	for (let index = 0; index < values.length; index++) {
		const g = gradient[index]!;
		const m = (beta1 * firstMoment[index]!) + ((1 - beta1) * g);
		const v = (beta2 * secondMoment[index]!) + ((1 - beta2) * g * g);
		firstMoment[index] = m;
		secondMoment[index] = v;
		values[index]! -= size * m / (Math.sqrt(v * scale) + epsilon);
	}
}

function momentum(optimizer: Extract<Optimizer, {name: 'sgd'}>, values: Float32Array, gradient: Float32Array, velocity: Float32Array): void {
	for (let index = 0; index < values.length; index++) {
		const v = (optimizer.momentum * velocity[index]!) + gradient[index]!;
		velocity[index] = v;
		values[index]! -= optimizer.learningRate * v;
	}
}
