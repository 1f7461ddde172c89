import {type Discretise, rangeOf} from './discretise.js';
import {isFloat32} from './layer-activations.js';

/**
round((v − lo) 2^b / (hi − lo)) over the range of the layer, half to even, each step rounded as the activations are [L22]
(ExactIBAnalysisInQNNs). On the 2^b levels of a quantised layer it is one to one, so the information is exact there.
*/
export const quantisedCells = (bits: number): Discretise => (layer, cells) => {
	const {values} = layer;
	const levels = 2 ** bits;
	const [low, high] = rangeOf(values);
	if (isFloat32(layer)) {
		const range = Math.fround(high - low) || 1;
		// Times a power of two is exact, and a quotient of float32 numbers that is rounded twice is rounded right.
		for (let index = 0; index < values.length; index++) {
			cells[index] = roundHalfToEven(Math.fround(Math.fround(values[index]! - low) * levels / range));
		}

		return;
	}

	const range = (high - low) || 1;
	for (let index = 0; index < values.length; index++) {
		cells[index] = roundHalfToEven((values[index]! - low) * levels / range);
	}
};

/** Above 2^52 doubles are whole numbers, and what is added there is rounded half to even; for 0 ≤ value < 2^51. */
const roundHalfToEven = (value: number): number => (value + (2 ** 52)) - (2 ** 52);
