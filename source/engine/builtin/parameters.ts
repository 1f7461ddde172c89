import {type Parameters} from '../engine.js';

export const mapParameters = ({weights, biases}: Parameters, transform: (values: Float32Array) => Float32Array): Parameters => ({
	weights: weights.map(values => transform(values)),
	biases: biases.map(values => transform(values)),
});

export const copyParameters = (parameters: Parameters): Parameters => mapParameters(parameters, values => values.slice());

export function overwrite(to: Parameters, from: Parameters): void {
	for (const part of ['weights', 'biases'] as const) {
		for (const [layer, values] of to[part].entries()) {
			values.set(from[part][layer]!);
		}
	}
}
