import {type Target} from '../../source/information/entropy.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';

type Bounds = {readonly x: number; readonly y: number; readonly lower: {readonly x: number; readonly y: number}};

/**
The kernel density estimate of [KT17] in float64, word for word from science.md section 4: h(T) less what is left of it, with
h(T) = −mean_i log2 (1/N) Σ_j K_ij, and h(T|y) = −Σ_i p(x_i|y) log2 Σ_j p(x_j|y) K_ij. Leaving one out, p(y|t_i) is
(Σ_{j≠i} p(y|x_j) K_ij + p(y)) / (Σ_{j≠i} K_ij + 1).
*/
export function referenceKernelDensity(layer: LayerActivations, target: Target, {variance, leaveOneOut}: {variance: number; leaveOneOut: boolean}): Bounds {
	const {rows} = layer;
	const p = probabilities(target, rows);
	const prior = p.map(ofRows => ofRows.reduce((sum, weight) => sum + weight, 0) / rows);
	const bounds = [2, 8].map(times => ({width: times * variance, x: 0, y: 0}));
	for (let i = 0; i < rows; i++) {
		const distances = squaredDistances(layer, i);
		for (const bound of bounds) {
			const kernels = distances.map(distance => Math.exp(-distance / bound.width));
			const all = kernels.reduce((sum, kernel) => sum + kernel, 0);
			bound.x -= Math.log2(all / rows) / rows;
			for (const [label, share] of prior.entries()) {
				const weight = p[label]![i]!;
				if (weight > 0) {
					const sum = dot(kernels, p[label]!);
					bound.y += leaveOneOut
						? weight / rows * Math.log2((sum - weight + share) / all / share)
						: weight / rows * (Math.log2(sum / (rows * share)) - Math.log2(all / rows));
				}
			}
		}
	}

	const [upper, lower] = bounds.map(({x, y}) => ({x, y}));
	return {...upper!, lower: lower!};
}

/** p(y|x): for each label, for each row. */
const probabilities = ({classes, labels, conditional}: Target, rows: number): Float64Array[] => Array.from({length: classes}, (_, label) =>
	Float64Array.from({length: rows}, (_, row) => conditional ? conditional[(row * classes) + label]! : Number(labels[row] === label)));

function squaredDistances({rows, units, values}: LayerActivations, from: number): Float64Array {
	const distances = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		let sum = 0;
		for (let unit = 0; unit < units; unit++) {
			const difference = values[(from * units) + unit]! - values[(row * units) + unit]!;
			sum += difference * difference;
		}

		distances[row] = sum;
	}

	return distances;
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < a.length; index++) {
		sum += a[index]! * b[index]!;
	}

	return sum;
}
