import {type LayerActivations} from '../layer-activations.js';
import {eigenvectors} from './eigenvectors.js';

/** Beyond this the turning, units² a row, is not repaid. */
const mostUnits = 16;
const fewestRows = 512;

/** Extent of a layer, in standard deviations of the narrower kernel, up to which rounding what is turned to float32 does no harm. */
const mostExtent = 250;

/** How far a kernel is changed by leaving out an axis, D / 2v, at the most: less than rounding does. */
const negligible = 1e-8;

/**
The rows about their mean and along the principal axes of the layer, the widest first, without those axes along which all rows are equal
as far as a kernel of this variance can tell. Distances stay what they are, but the first units tell most of them, boxes around near
rows are smaller, and a layer that lies on a line, as the softmax of two classes does, has one unit. A layer too wide, too short or too
far extended is given back as it is. Time rows · units².
*/
export function alongPrincipalAxes(layer: LayerActivations, variance: number): LayerActivations {
	const {rows, units} = layer;
	if (units < 2 || units > mostUnits || rows < fewestRows) {
		return layer;
	}

	const mean = meanOf(layer);
	const covariance = covarianceOf(layer, mean);
	const columns = eigenvectors(covariance, units).map(axis => projectionOn(axis, layer, mean));
	const extents = columns.map(column => extentOf(column));
	if (!(Math.hypot(...extents) < mostExtent * Math.sqrt(variance))) {
		return layer;
	}

	const kept = columns.filter((_, index) => index === 0 || extents[index]! ** 2 > 2 * variance * negligible);
	const turned = new Float32Array(rows * kept.length);
	for (const [unit, column] of kept.entries()) {
		for (let row = 0; row < rows; row++) {
			turned[(row * kept.length) + unit] = column[row]!;
		}
	}

	return {rows, units: kept.length, values: turned};
}

function meanOf({rows, units, values}: LayerActivations): Float64Array {
	const mean = new Float64Array(units);
	for (let index = 0, unit = 0; index < values.length; index++) {
		mean[unit]! += values[index]! / rows;
		unit = unit + 1 === units ? 0 : unit + 1;
	}

	return mean;
}

/** Row by row, units × units; not yet divided by the rows. */
function covarianceOf({rows, units, values}: LayerActivations, mean: Float64Array): Float64Array {
	const covariance = new Float64Array(units * units);
	const differences = new Float64Array(units);
	for (let row = 0; row < rows; row++) {
		for (let unit = 0; unit < units; unit++) {
			differences[unit] = values[(row * units) + unit]! - mean[unit]!;
		}

		for (let a = 0; a < units; a++) {
			const difference = differences[a]!;
			for (let b = a; b < units; b++) {
				covariance[(a * units) + b]! += difference * differences[b]!;
			}
		}
	}

	for (let a = 0; a < units; a++) {
		for (let b = 0; b < a; b++) {
			covariance[(a * units) + b] = covariance[(b * units) + a]!;
		}
	}

	return covariance;
}

function projectionOn(axis: Float64Array, {rows, units, values}: LayerActivations, mean: Float64Array): Float64Array {
	const column = new Float64Array(rows);
	for (let row = 0, index = 0; row < rows; row++) {
		let sum = 0;
		for (let unit = 0; unit < units; unit++, index++) {
			sum += axis[unit]! * (values[index]! - mean[unit]!);
		}

		column[row] = sum;
	}

	return column;
}

function extentOf(column: Float64Array): number {
	let least = Infinity;
	let greatest = -Infinity;
	for (const value of column) {
		least = Math.min(least, value);
		greatest = Math.max(greatest, value);
	}

	return greatest - least;
}
