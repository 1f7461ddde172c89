import {type Target} from '../information/entropy.js';
import {groupRows} from '../information/group.js';
import {entropyOfWeights} from './dataset.js';

/** What the joint distribution of inputs and label is: H(X) and I(X;Y) in bits, and p(y|x) where the label is not a function of the input. */
export type Joint = {
	readonly bounds: {readonly x: number; readonly y: number};
	/** Rows × classes, row-major. */
	readonly conditional?: Float64Array;
};

/**
The joint distribution of rows that may repeat, each as probable as the next. Equal rows (as float32, which is what the network sees)
are one input, whose p(y|x) is the mean of theirs: so what two of them are called differently, nobody can know from the input.
*/
export function jointOf(inputs: Float32Array, features: number, {classes, labels, conditional}: Target): Joint {
	const rows = labels.length;
	const {ids, count} = groupRows(rows, features, bitsOf(inputs));
	const sizes = Array.from({length: count}, () => 0);
	const masses = new Float64Array(count * classes);
	for (const [row, id] of ids.entries()) {
		sizes[id]! += 1;
		for (let label = 0; label < classes; label++) {
			masses[(id * classes) + label]! += conditional ? conditional[(row * classes) + label]! : Number(labels[row] === label);
		}
	}

	const prior = Array.from({length: classes}, (_, label) => sizes.reduce((sum, _size, id) => sum + masses[(id * classes) + label]!, 0));
	const uncertainty = sizes.reduce((sum, size, id) => sum + (size / rows * entropyOfWeights([...masses.subarray(id * classes, (id + 1) * classes)])), 0);
	const bounds = {x: entropyOfWeights(sizes), y: Math.max(0, entropyOfWeights(prior) - uncertainty)};
	if (!conditional && uncertainty === 0) {
		return {bounds};
	}

	const means = masses.map((mass, index) => mass / sizes[Math.floor(index / classes)]!);
	return {bounds, conditional: Float64Array.from({length: rows * classes}, (_, index) => means[(ids[Math.floor(index / classes)]! * classes) + (index % classes)]!)};
}

/** The numbers as the patterns of their bits, 0 and −0 as one; the inputs are changed in nothing that counts. */
function bitsOf(inputs: Float32Array): Int32Array {
	for (let index = 0; index < inputs.length; index++) {
		inputs[index]! += 0;
	}

	return new Int32Array(inputs.buffer, inputs.byteOffset, inputs.length);
}
