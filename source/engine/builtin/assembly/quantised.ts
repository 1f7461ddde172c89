/**
A network whose values have only some bits [L22], trained in one call a batch. A layer's levels depend on the range of the whole batch, so the
batch goes through layer by layer, not block by block as in dense.ts.
*/
import {activate, deactivate} from './activation';
import {
	arrayBytes, packedBytes, totalWidth, widthOf,
} from './layout';
import {
	levelBytes, maskClipped, moveRange, quantise, rangeOfArray, rangeOfPanels, writeLevels,
} from './levels';
import {
	intoPanels, outOfPanels, panelRows, panelsOf, vectorBytes,
} from './panels';
import {parameterGradients} from './parameter-gradients';
import {affine, inputGradients, packedWeightBytes} from './product';
import {crossEntropy, outputDelta, softmax} from './softmax';

/** Panels whose gradients are summed in float32 before they are added to the others. */
const blockPanels: usize = 16;

/** Two float64. */
const rangeBytes: usize = 16;

/** Bytes that `differentiateQuantised`, or `activateLayer` of any layer, writes to at `scratch` for `rows` samples. */
export function quantisedScratchBytes(widths: usize, layers: usize, rows: usize): usize {
	const total = totalWidth(widths, layers);
	const units = total + 2 * (total - widthOf(widths, 0)) + widthOf(widths, layers);
	return rangeBytes + layers * levelBytes + packedBytes(widths, layers, blockPanels * panelRows) + units * panelsOf(rows) * vectorBytes;
}

/**
The weights that the passes take: levels over their own range for layers whose range moves (the output; the hidden ones where
`isHiddenMoving`), the weights themselves elsewhere, and the biases. `parameters` and `to` are `bytes` long; the levels go to `levels`,
32 bytes a layer.
*/
export function quantiseWeights(widths: usize, layers: usize, isHiddenMoving: bool, bits: i32, parameters: usize, bytes: usize, to: usize, levels: usize): void {
	memory.copy(to, parameters, bytes);
	for (let layer: usize = 0; layer < layers; layer++) {
		const weightBytes = arrayBytes(widthOf(widths, layer) * widthOf(widths, layer + 1));
		if (isHiddenMoving || layer + 1 === layers) {
			// The first of the levels' own numbers hold the range until they are known.
			rangeOfArray(parameters, weightBytes, levels);
			writeLevels(levels, load<f64>(levels), load<f64>(levels, 8), bits);
			quantise(to, parameters, weightBytes, levels);
		}

		const offset = weightBytes + arrayBytes(widthOf(widths, layer + 1));
		parameters += offset;
		to += offset;
		levels += levelBytes;
	}
}

/**
Takes a batch, `inputs` and `targets` row-major, through the network and back: moves the ranges (two float64 a layer) that move, and adds the
gradient of the mean over the batch to `gradients`. `weights` and `weightLevels` are what `quantiseWeights` made of `parameters`. The loss and
its gradient are those of the softmax before it is quantised. Returns the sum of the cross-entropy where `isLossWanted`, otherwise 0.
*/
export function differentiateQuantised(
	widths: usize,
	layers: usize,
	activation: i32,
	isHiddenMoving: bool,
	bits: i32,
	rows: usize,
	inputs: usize,
	targets: usize,
	parameters: usize,
	weights: usize,
	weightLevels: usize,
	ranges: usize,
	gradients: usize,
	scratch: usize,
	isLossWanted: bool,
): f64 {
	const panels = panelsOf(rows);
	const panelBytes = panels * vectorBytes;
	const features = widthOf(widths, 0);
	const classes = widthOf(widths, layers);
	const range = scratch;
	const levels = range + rangeBytes;
	const packed = levels + layers * levelBytes;
	/** The inputs and the levels of each layer; its activations as they are and its deltas, at the same places, with none of the inputs. */
	const values = packed + packedBytes(widths, layers, blockPanels * panelRows);
	const layerBytes = (totalWidth(widths, layers) - features) * panelBytes;
	const raws = values + layerBytes;
	const deltas = raws + layerBytes;
	const targetPanels = deltas + layerBytes + features * panelBytes;
	intoPanels(inputs, values, rows, features);
	intoPanels(targets, targetPanels, rows, classes);
	let offset: usize = 0;
	let place: usize = 0;
	for (let layer: usize = 0; layer < layers; layer++) {
		const fanIn = widthOf(widths, layer);
		const units = widthOf(widths, layer + 1);
		const isLast = layer + 1 === layers;
		const biases = offset + arrayBytes(fanIn * units);
		const next = place + fanIn * panelBytes;
		affine(raws + next, values + place, weights + offset, weights + biases, fanIn, units, panels, packed);
		if (isLast) {
			softmax(raws + next, units, panels);
		} else {
			activate(activation, raws + next, units * panelBytes);
		}

		rangeOfPanels(raws + next, units, rows, range);
		const isMoving = isHiddenMoving || isLast;
		const moving = ranges + layer * rangeBytes;
		if (isMoving) {
			moveRange(moving, range);
		}

		if (!isLast) {
			const taken = isMoving ? moving : range;
			const own = levels + layer * levelBytes;
			writeLevels(own, load<f64>(taken), load<f64>(taken, 8), bits);
			quantise(values + next, raws + next, units * panelBytes, own);
		}

		offset = biases + arrayBytes(units);
		place = next;
	}

	outputDelta(deltas + place, raws + place, targetPanels, classes, rows, <f32>rows);
	const loss = isLossWanted ? crossEntropy(raws + place, targetPanels, classes, panels) : 0;
	for (let layer = layers; layer > 0; layer--) {
		const fanIn = widthOf(widths, layer - 1);
		const units = widthOf(widths, layer);
		const delta = deltas + place;
		const weightBytes = arrayBytes(fanIn * units);
		offset -= weightBytes + arrayBytes(units);
		place -= fanIn * panelBytes;
		for (let first: usize = 0; first < panels; first += blockPanels) {
			const at = first * vectorBytes;
			parameterGradients(
				gradients + offset,
				gradients + offset + weightBytes,
				values + place + at * fanIn,
				delta + at * units,
				fanIn,
				units,
				min(blockPanels, panels - first),
				packed,
			);
		}

		if (isHiddenMoving || layer === layers) {
			maskClipped(gradients + offset, parameters + offset, weightBytes, weightLevels + (layer - 1) * levelBytes);
		}

		if (layer > 1) {
			inputGradients(deltas + place, delta, weights + offset, fanIn, units, panels, packed);
			maskClipped(deltas + place, raws + place, fanIn * panelBytes, levels + (layer - 2) * levelBytes);
			deactivate(activation, deltas + place, raws + place, fanIn * panelBytes);
		}
	}

	return loss;
}

/** The activations of one layer before they are quantised, from the values of the one before; both row-major. `activation` below 0: softmax. */
export function activateLayer(
	activation: i32,
	rows: usize,
	inputs: usize,
	weights: usize,
	biases: usize,
	fanIn: usize,
	units: usize,
	outputs: usize,
	scratch: usize,
): void {
	const panels = panelsOf(rows);
	const values = scratch + packedWeightBytes(max(fanIn, units));
	const output = values + panels * fanIn * vectorBytes;
	intoPanels(inputs, values, rows, fanIn);
	affine(output, values, weights, biases, fanIn, units, panels, scratch);
	if (activation < 0) {
		softmax(output, units, panels);
	} else {
		activate(activation, output, panels * units * vectorBytes);
	}

	outOfPanels(output, outputs, rows, units);
}
