/**
A fully connected network with softmax output and mean cross-entropy, trained in one call a batch. Sums are float32, over at most `blockRows` samples before they are added to the gradient.
*/
import {activate, deactivate} from './activation';
import {
	arrayBytes, packedBytes, parameterBytes, totalWidth, widthOf,
} from './layout';
import {
	intoPanels, outOfPanels, panelsOf, vectorBytes,
} from './panels';
import {parameterGradients} from './parameter-gradients';
import {affine, inputGradients} from './product';
import {crossEntropy, outputDelta, softmax} from './softmax';

export {activateLayer, differentiateQuantised, quantisedScratchBytes, quantiseWeights} from './quantised';
export {gather} from './gather';
export {addToMeans} from './means';
export {adam, momentum} from './update';

/** Bytes that `forward` and `differentiate` write to at `scratch`. */
export function scratchBytes(widths: usize, layers: usize, blockRows: usize): usize {
	const deltas = deltasAt(widths, layers, 0, blockRows);
	return deltas + totalWidth(widths, layers) * blockRows * 4;
}

/**
Takes `rows` samples, `inputs` and `targets` row-major, through the network and back, and adds their part of the gradient of the mean over
`batchRows` samples to `gradients`. Returns the sum of the cross-entropy over the samples where `isLossWanted`, otherwise 0.
*/
export function differentiate(
	widths: usize,
	layers: usize,
	activation: i32,
	rows: usize,
	batchRows: f32,
	inputs: usize,
	targets: usize,
	parameters: usize,
	gradients: usize,
	scratch: usize,
	blockRows: usize,
	isLossWanted: bool,
): f64 {
	const features = widthOf(widths, 0);
	const classes = widthOf(widths, layers);
	const targetPanels = targetsAt(widths, layers, scratch, blockRows);
	const values = valuesAt(widths, layers, scratch, blockRows);
	const deltas = deltasAt(widths, layers, scratch, blockRows);
	const output = values + (totalWidth(widths, layers) - classes) * blockRows * 4;
	const outputDeltas = deltas + (output - values);
	let loss: f64 = 0;
	for (let start: usize = 0; start < rows; start += blockRows) {
		const count = min(blockRows, rows - start);
		runForward(widths, layers, activation, count, inputs + start * features * 4, parameters, scratch, values, blockRows);
		intoPanels(targets + start * classes * 4, targetPanels, count, classes);
		outputDelta(outputDeltas, output, targetPanels, classes, count, batchRows);
		if (isLossWanted) {
			loss += crossEntropy(output, targetPanels, classes, panelsOf(count));
		}

		runBackward(widths, layers, activation, count, parameters, gradients, scratch, output, outputDeltas, blockRows);
	}

	return loss;
}

/** The activations of all layers for `rows` samples, row-major, layer after layer at `outputs`. */
export function forward(
	widths: usize,
	layers: usize,
	activation: i32,
	rows: usize,
	inputs: usize,
	parameters: usize,
	outputs: usize,
	scratch: usize,
	blockRows: usize,
): void {
	const features = widthOf(widths, 0);
	for (let start: usize = 0; start < rows; start += blockRows) {
		const count = min(blockRows, rows - start);
		let values = valuesAt(widths, layers, scratch, blockRows);
		runForward(widths, layers, activation, count, inputs + start * features * 4, parameters, scratch, values, blockRows);
		let output = outputs;
		for (let layer: usize = 1; layer <= layers; layer++) {
			const units = widthOf(widths, layer);
			values += widthOf(widths, layer - 1) * blockRows * 4;
			outOfPanels(values, output + start * units * 4, count, units);
			output += rows * units * 4;
		}
	}
}

/** Layer after layer from `values` on; `scratch` begins with the room for packed weights. */
function runForward(
	widths: usize,
	layers: usize,
	activation: i32,
	rows: usize,
	inputs: usize,
	parameters: usize,
	scratch: usize,
	values: usize,
	blockRows: usize,
): void {
	const panels = panelsOf(rows);
	intoPanels(inputs, values, rows, widthOf(widths, 0));
	for (let layer: usize = 0; layer < layers; layer++) {
		const fanIn = widthOf(widths, layer);
		const units = widthOf(widths, layer + 1);
		const biases = parameters + arrayBytes(fanIn * units);
		const output = values + fanIn * blockRows * 4;
		affine(output, values, parameters, biases, fanIn, units, panels, scratch);
		if (layer + 1 === layers) {
			softmax(output, units, panels);
		} else {
			activate(activation, output, panels * units * vectorBytes);
		}

		parameters = biases + arrayBytes(units);
		values = output;
	}
}

/** From the output layer, whose activations and deltas are given, to the first. */
function runBackward(
	widths: usize,
	layers: usize,
	activation: i32,
	rows: usize,
	parameters: usize,
	gradients: usize,
	scratch: usize,
	values: usize,
	deltas: usize,
	blockRows: usize,
): void {
	const panels = panelsOf(rows);
	let end = parameterBytes(widths, layers);
	for (let layer = layers; layer > 0; layer--) {
		const fanIn = widthOf(widths, layer - 1);
		const units = widthOf(widths, layer);
		const biases = end - arrayBytes(units);
		const weights = biases - arrayBytes(fanIn * units);
		const delta = deltas;
		values -= fanIn * blockRows * 4;
		deltas -= fanIn * blockRows * 4;
		parameterGradients(gradients + weights, gradients + biases, values, delta, fanIn, units, panels, scratch);
		if (layer > 1) {
			inputGradients(deltas, delta, parameters + weights, fanIn, units, panels, scratch);
			deactivate(activation, deltas, values, panels * fanIn * vectorBytes);
		}

		end = weights;
	}
}

/** At `scratch`: what is packed, then the targets, the values of every layer, and the deltas of every layer. */
function targetsAt(widths: usize, layers: usize, scratch: usize, blockRows: usize): usize {
	return scratch + packedBytes(widths, layers, blockRows);
}

function valuesAt(widths: usize, layers: usize, scratch: usize, blockRows: usize): usize {
	return targetsAt(widths, layers, scratch, blockRows) + widthOf(widths, layers) * blockRows * 4;
}

function deltasAt(widths: usize, layers: usize, scratch: usize, blockRows: usize): usize {
	return valuesAt(widths, layers, scratch, blockRows) + totalWidth(widths, layers) * blockRows * 4;
}
