import {type Parameters} from '../engine.js';

export const mapParameters = ({weights, biases}: Parameters, transform: (values: Float32Array) => Float32Array): Parameters => ({
	weights: weights.map(values => transform(values)),
	biases: biases.map(values => transform(values)),
});

export const copyParameters = (parameters: Parameters): Parameters => mapParameters(parameters, values => values.slice());

export function overwrite(to: Parameters, from: Parameters): void {
	setEach(to.weights, from.weights);
	setEach(to.biases, from.biases);
}

function setEach(to: readonly Float32Array[], from: readonly Float32Array[]): void {
	for (let layer = 0; layer < to.length; layer++) {
		to[layer]!.set(from[layer]!);
	}
}
