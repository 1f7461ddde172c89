import {Arena} from '../arena.js';
import {type LayerActivations} from '../layer-activations.js';
import {eigenvectors} from './eigenvectors.js';
import {kernelModule} from './module.js';

/** Beyond this the turning, units² a row and units³ for the axes, is not repaid; on a line it is for longer. */
const mostUnits = 3;
const mostOnLine = 12;
const fewestRows = 512;

/** Rows that tell whether a layer lies on a line: if all of these do, it is worth a look at all. */
const lineRows = 16;

/** Rows from which the axes are taken; any axes at right angles to one another leave distances as they are. */
const sampleRows = 128;

/** Extent of a layer, in standard deviations of the narrower kernel, up to which rounding what is turned to float32 does no harm. */
const mostExtent = 250;

/** How far a kernel is changed by leaving out an axis, D / 2v, at the most: less than rounding does. */
const negligible = 1e-8;

/**
The rows about their mean and along the principal axes of the layer, the widest first, without those axes along which all rows are equal
as far as a kernel of this variance can tell. Distances stay what they are, but boxes around near rows are smaller, and a layer that lies on
a line, as the softmax of two classes does, has one unit. A layer of more than three units that is not on a line, or one too wide, too
short or too far extended, is given back as it is. Time rows · units².
*/
export function alongPrincipalAxes(layer: LayerActivations, variance: number): LayerActivations {
	const {rows, units, values} = layer;
	if (units < 2 || units > mostOnLine || rows < fewestRows || values instanceof Float64Array) {
		return layer;
	}

	if (units > mostUnits && !mayLieOnLine(layer, 2 * variance * negligible)) {
		return layer;
	}

	const {mean, covariance} = momentsOf(layer);
	const axes = eigenvectors(covariance, units);
	const {turned, extents} = turn(layer, mean, axes);
	if (!(Math.hypot(...extents) < mostExtent * Math.sqrt(variance))) {
		return layer;
	}

	const kept = 1 + extents.findLastIndex((extent, axis) => axis === 0 || (extent ** 2) > 2 * variance * negligible);
	return kept === units ? turned : turn(layer, mean, axes.slice(0, kept)).turned;
}

/** Whether some of the rows lie on a line, but for `near`, a distance²: that through the first of them and the one furthest from it. */
function mayLieOnLine({rows, units, values}: LayerActivations, near: number): boolean {
	const step = units * Math.ceil(rows / lineRows);
	const steps: Float64Array[] = [];
	for (let start = 0; start < values.length; start += step) {
		steps.push(Float64Array.from({length: units}, (_, unit) => values[start + unit]! - values[unit]!));
	}

	const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, part, unit) => sum + (part * b[unit]!), 0);
	const squares = steps.map(each => product(each, each));
	const square = Math.max(...squares);
	const furthest = steps[squares.indexOf(square)];
	return furthest !== undefined && steps.every((each, index) => squares[index]! - (square > 0 ? (product(each, furthest) ** 2) / square : 0) <= near);
}

/** Mean and covariance, row by row, units × units, and not divided by the rows, of a sample. */
function momentsOf({rows, units, values}: LayerActivations): {mean: Float64Array; covariance: Float64Array} {
	const step = units * Math.ceil(rows / sampleRows);
	const mean = new Float64Array(units);
	const covariance = new Float64Array(units * units);
	const count = Math.ceil(values.length / step);
	for (let start = 0; start < values.length; start += step) {
		for (let unit = 0; unit < units; unit++) {
			mean[unit]! += values[start + unit]! / count;
		}
	}

	for (let start = 0; start < values.length; start += step) {
		for (let a = 0; a < units; a++) {
			const difference = values[start + a]! - mean[a]!;
			for (let b = 0; b < units; b++) {
				covariance[(a * units) + b]! += difference * (values[start + b]! - mean[b]!);
			}
		}
	}

	return {mean, covariance};
}

/** The rows along the axes, and how far they extend along each. */
function turn({rows, units, values}: LayerActivations, mean: Float64Array, axes: readonly Float64Array[]): {turned: LayerActivations; extents: number[]} {
	const module = kernelModule();
	const memory = new Arena(module.memory);
	const from = memory.reserve(values.length * 4);
	const to = memory.reserve(rows * axes.length * 4);
	const about = memory.reserve(units * 8);
	const directions = memory.reserve((axes.length + 1) * units * 8);
	const extents = memory.reserve(axes.length * 4);
	const {buffer} = module.memory;
	new Float32Array(buffer, from, values.length).set(values);
	new Float64Array(buffer, about, units).set(mean);
	const pairs = new Float64Array(buffer, directions, (axes.length + 1) * units);
	for (const [index, axis] of axes.entries()) {
		for (const [unit, part] of axis.entries()) {
			pairs[((index >> 1) * 2 * units) + (2 * unit) + (index % 2)] = part;
		}
	}

	module.turnRows(rows, units, axes.length, from, about, directions, to);
	module.measureExtents(rows, axes.length, to, extents);
	return {
		turned: {rows, units: axes.length, values: new Float32Array(buffer, to, rows * axes.length).slice()},
		extents: [...new Float32Array(buffer, extents, axes.length)],
	};
}
