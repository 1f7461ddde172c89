import {type ActivationName} from '../activation.js';
import {tanh} from './tanh.js';

type Kernel = {
	/** values ← φ(values), from `start` up to `end`. */
	readonly forward: (values: Float32Array, start: number, end: number) => void;
	/** delta ← delta · φ′, from the activations a = φ(z) alone, from `start` up to `end`. */
	readonly backward: (delta: Float32Array, activations: Float32Array, start: number, end: number) => void;
};

const nothing = (): void => undefined;

/** One loop a function, so that the compiler of the runtime sees a simple body. NaN passes through all of them. */
export const activationKernels: Record<ActivationName, Kernel> = {
	tanh: {
		forward(values, start, end) {
			for (let index = start; index < end; index++) {
				values[index] = tanh(values[index]!);
			}
		},
		backward(delta, activations, start, end) {
			for (let index = start; index < end; index++) {
				const a = activations[index]!;
				delta[index]! *= 1 - (a * a);
			}
		},
	},
	relu: {
		forward(values, start, end) {
			for (let index = start; index < end; index++) {
				if (values[index]! < 0) {
					values[index] = 0;
				}
			}
		},
		backward(delta, activations, start, end) {
			for (let index = start; index < end; index++) {
				if (activations[index] === 0) {
					delta[index] = 0;
				}
			}
		},
	},
	sigmoid: {
		forward(values, start, end) {
			for (let index = start; index < end; index++) {
				values[index] = 1 / (1 + Math.exp(-values[index]!));
			}
		},
		backward(delta, activations, start, end) {
			for (let index = start; index < end; index++) {
				const a = activations[index]!;
				delta[index]! *= a * (1 - a);
			}
		},
	},
	linear: {
		forward: nothing,
		backward: nothing,
	},
	softplus: {
		forward(values, start, end) {
			for (let index = start; index < end; index++) {
				const z = values[index]!;
				values[index] = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
			}
		},
		// σ(z) = 1 − e^−a
		backward(delta, activations, start, end) {
			for (let index = start; index < end; index++) {
				delta[index]! *= -Math.expm1(-activations[index]!);
			}
		},
	},
	softsign: {
		forward(values, start, end) {
			for (let index = start; index < end; index++) {
				const z = values[index]!;
				values[index] = z / (1 + Math.abs(z));
			}
		},
		// 1/(1+|z|)² = (1 − |a|)²
		backward(delta, activations, start, end) {
			for (let index = start; index < end; index++) {
				const slope = 1 - Math.abs(activations[index]!);
				delta[index]! *= slope * slope;
			}
		},
	},
};
