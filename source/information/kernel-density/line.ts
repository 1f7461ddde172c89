import {type LayerActivations} from '../layer-activations.js';
import {chebyshevNodes, lagrangeFactors, nodeCount} from './chebyshev.js';
import {KernelMemory} from './memory.js';
import {
	allRows, type KernelSums, type Part, type Sums,
} from './sums.js';

/** Cells are 2 √v wide: with d in their widths the kernels are exp(rate · d²), and below 2^-40 beyond `reach` cells. */
const kernels = {upper: {rate: -2, reach: 5}, lower: {rate: -1 / 2, reach: 9}} as const;
const bounds: ReadonlyArray<keyof Sums> = ['upper', 'lower'];
const cellBytes = nodeCount * 8;

/** Products that a cell takes. */
const cellProducts = nodeCount * nodeCount * 2 * (kernels.upper.reach + kernels.lower.reach + 1);

/**
The sums of both kernels over all pairs of rows of a layer of one unit, without looking at pairs: kernels are so smooth that they are
their interpolants between a few nodes [Fong & Darve, The black-box fast multipole method, J. Comput. Phys. 228, 2009]. The line is cut
into cells; each row is spread over the nodes of its cell, the kernels act between nodes, and the sums are read off at the rows:

	K(s, t) ≈ Σ_mn L_m(s) K(s_m, t_n) L_n(t),   L_m Lagrange's polynomials.

With n nodes and cells of two standard deviations a kernel K is wrong by less than 4 · 2.2 · 2^-n / √n! · √K = 2e-9 · √K, for
|dⁿ/dxⁿ exp(−x² / 2)| ≤ 1.09 √n! exp(−x² / 4), and a sum S of N of them by less than 2e-9 · √(N S). Time rows · n, and cells · n² for
each class. `undefined` where pairs of rows would take less.
*/
export function sumOnLine({rows, values}: LayerActivations, variance: number, part: Part): KernelSums | undefined {
	const width = 2 * Math.sqrt(variance);
	const [least, greatest] = rangeOf(values);
	const count = Math.floor((greatest - least) / width) + 1;
	const {kinds, kindOf} = kindsOf(part, rows);
	if (!(count * kinds * cellProducts < rows * rows)) {
		return undefined;
	}

	const memory = new KernelMemory();
	const {module} = memory;
	const isWeighted = 'weights' in part;
	const line = memory.put(Float32Array.from(values));
	const nodes = memory.put(Float64Array.of(...chebyshevNodes, ...lagrangeFactors));
	const kindAt = memory.put(kindOf);
	const weights = isWeighted ? memory.put(part.weights) : 0;
	const cells = memory.reserve(rows * 4);
	const polynomials = memory.reserve(rows * cellBytes);
	const sources = memory.reserve(kinds * count * cellBytes);
	const potentials = memory.reserve((kinds + 1) * count * cellBytes);
	const sums = memory.reserve(rows * 8);
	const {upper, lower} = kernelMatrices();
	const matrices = {upper: memory.put(upper), lower: memory.put(lower)};
	memory.clear(sources, potentials);
	module.spreadRows(rows, line, least, width, count, nodes, cells, polynomials);
	module.addRows(rows, cells, polynomials, kindAt, weights, count, sources);
	const all = {upper: new Float64Array(), lower: new Float64Array()};
	const own = {upper: new Float64Array(), lower: new Float64Array()};
	for (const bound of bounds) {
		for (let kind = 0; kind < kinds; kind++) {
			const offset = kind * count * cellBytes;
			module.transferCells(count, kernels[bound].reach, sources + offset, matrices[bound], potentials + offset);
		}

		module.readRows(rows, cells, polynomials, kindAt, count, potentials, sums);
		own[bound] = memory.float64(sums, rows).slice();
		if (!isWeighted) {
			addKinds(memory.float64(potentials, kinds * count * nodeCount), count * nodeCount);
		}

		module.readRows(rows, cells, polynomials, 0, count, potentials, sums);
		all[bound] = memory.float64(sums, rows).slice();
	}

	return {queries: allRows(rows), all, part: own};
}

/** To the first kind all others. */
function addKinds(potentials: Float64Array, length: number): void {
	for (let index = length; index < potentials.length; index++) {
		potentials[index % length]! += potentials[index]!;
	}
}

/** The kinds of rows whose sums are wanted apart: those of each class, or all rows, and once more, of which these read, as they are weighted. */
function kindsOf(part: Part, rows: number): {kinds: number; kindOf: Int32Array} {
	if ('weights' in part) {
		return {kinds: 2, kindOf: new Int32Array(rows).fill(1)};
	}

	const {labels} = part;
	const numbers = new Int32Array(256).fill(-1);
	const kindOf = new Int32Array(rows);
	let kinds = 0;
	for (let row = 0; row < rows; row++) {
		const label = labels[row]!;
		if (numbers[label] === -1) {
			numbers[label] = kinds++;
		}

		kindOf[row] = numbers[label]!;
	}

	return {kinds, kindOf};
}

function rangeOf(values: LayerActivations['values']): [number, number] {
	let least = Infinity;
	let greatest = -Infinity;
	for (const value of values) {
		if (value < least) {
			least = value;
		}

		if (value > greatest) {
			greatest = value;
		}
	}

	return [least, greatest];
}

/** The kernel between the nodes of two cells −reach … reach apart, by the source's node and then the other's. */
const matricesOf = ({rate, reach}: {readonly rate: number; readonly reach: number}): Float64Array =>
	Float64Array.from({length: ((2 * reach) + 1) * nodeCount * nodeCount}, (_, index) => {
		const apart = Math.floor(index / (nodeCount * nodeCount)) - reach;
		const [from, to] = [chebyshevNodes[Math.floor(index / nodeCount) % nodeCount]!, chebyshevNodes[index % nodeCount]!];
		return Math.exp(rate * ((apart + ((from - to) / 2)) ** 2));
	});

let made: Readonly<Record<keyof Sums, Float64Array>> | undefined;

/** Made once, and not before they are needed: they would take 5 ms of the start of a trainer that measures nothing by kernels. */
function kernelMatrices(): Readonly<Record<keyof Sums, Float64Array>> {
	made ??= {upper: matricesOf(kernels.upper), lower: matricesOf(kernels.lower)};
	return made;
}
