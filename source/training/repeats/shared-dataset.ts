import {type Dataset} from '../../dataset/dataset.js';

type Numbers = Float32Array | Float64Array | Uint8Array;

/** The data set in memory that threads can share: handing it to one copies nothing. Nobody writes to a data set. */
export function inSharedMemory(dataset: Dataset): Dataset {
	const {inputs, labels, conditional} = dataset;
	return {
		...dataset,
		inputs: fill(new Float32Array(new SharedArrayBuffer(inputs.byteLength)), inputs),
		labels: fill(new Uint8Array(new SharedArrayBuffer(labels.byteLength)), labels),
		...(conditional && {conditional: fill(new Float64Array(new SharedArrayBuffer(conditional.byteLength)), conditional)}),
	};
}

/** The data set with the arrays of `shared` wherever they hold the same bytes: repeats differ in their labels at the most. */
export function sharing(dataset: Dataset, shared: Dataset): Dataset {
	const conditional = dataset.conditional && shared.conditional ? either(dataset.conditional, shared.conditional) : dataset.conditional;
	return {
		...dataset,
		inputs: either(dataset.inputs, shared.inputs),
		labels: either(dataset.labels, shared.labels),
		...(conditional && {conditional}),
	};
}

const either = <Values extends Numbers>(own: Values, shared: Values): Values => bytesOf(own).equals(bytesOf(shared)) ? shared : own;

const bytesOf = ({buffer, byteOffset, byteLength}: Numbers): Buffer => Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

function fill<Values extends Numbers>(to: Values, from: Values): Values {
	to.set(from);
	return to;
}
