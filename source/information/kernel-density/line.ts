import {type LayerActivations} from '../layer-activations.js';
import {chebyshevNodes, lagrangeAt, nodeCount} from './chebyshev.js';
import {allRows, type KernelSums, type Part} from './sums.js';

/** Cells are 2 √v wide: with d in their widths the kernels are exp(rate · d²), and below 2^-40 beyond `reach` cells. */
const kernels = {upper: {rate: -2, reach: 5}, lower: {rate: -1 / 2, reach: 9}} as const;
type Bound = keyof typeof kernels;

/** Products that a cell takes. */
const cellProducts = nodeCount * nodeCount * 2 * (kernels.upper.reach + kernels.lower.reach + 1);

/** The first node of each row's cell, and Lagrange's polynomials there. */
type Spread = {readonly firstNode: Int32Array; readonly polynomials: Float64Array};

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

	const spread = spreadRows(values, least, width, count);
	const sources = Array.from({length: kinds}, () => new Float64Array(count * nodeCount));
	for (let row = 0; row < rows; row++) {
		addRow(sources[kindOf[row]!]!, spread, row, 1);
		if ('weights' in part) {
			addRow(sources[1]!, spread, row, part.weights[row]!);
		}
	}

	const read = (bound: Bound) => readSums(sources.map(source => transfer(bound, source, count)), spread, kindOf, 'weights' in part);
	const [upper, lower] = [read('upper'), read('lower')];
	return {queries: allRows(rows), all: {upper: upper.all, lower: lower.all}, part: {upper: upper.part, lower: lower.part}};
}

/** The kinds of rows whose sums are wanted apart: those of each class, or all rows, and once more as they are weighted. */
function kindsOf(part: Part, rows: number): {kinds: number; kindOf: Int32Array} {
	if ('weights' in part) {
		return {kinds: 2, kindOf: new Int32Array(rows)};
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

function spreadRows(values: LayerActivations['values'], least: number, width: number, count: number): Spread {
	const firstNode = new Int32Array(values.length);
	const polynomials = new Float64Array(values.length * nodeCount);
	for (let row = 0; row < values.length; row++) {
		const place = (values[row]! - least) / width;
		const cell = Math.min(count - 1, Math.floor(place));
		firstNode[row] = cell * nodeCount;
		lagrangeAt((2 * (place - cell)) - 1, polynomials, row * nodeCount);
	}

	return {firstNode, polynomials};
}

function addRow(sources: Float64Array, {firstNode, polynomials}: Spread, row: number, weight: number): void {
	const to = firstNode[row]!;
	const from = row * nodeCount;
	for (let node = 0; node < nodeCount; node++) {
		sources[to + node]! += weight * polynomials[from + node]!;
	}
}

/** The sums at the rows, over all rows and over those of their kind, or, of two kinds, over all and over the weighted. */
function readSums(potentials: readonly Float64Array[], {firstNode, polynomials}: Spread, kindOf: Int32Array, isWeighted: boolean): {all: Float64Array; part: Float64Array} {
	const rows = kindOf.length;
	const total = isWeighted ? potentials[0]! : sumOf(potentials);
	const all = new Float64Array(rows);
	const part = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		const own = potentials[isWeighted ? 1 : kindOf[row]!]!;
		const from = firstNode[row]!;
		const to = row * nodeCount;
		let sum = 0;
		let ownSum = 0;
		for (let node = 0; node < nodeCount; node++) {
			const polynomial = polynomials[to + node]!;
			sum += total[from + node]! * polynomial;
			ownSum += own[from + node]! * polynomial;
		}

		all[row] = sum;
		part[row] = ownSum;
	}

	return {all, part};
}

const sumOf = ([first, ...rest]: readonly Float64Array[]): Float64Array =>
	first!.map((value, node) => rest.reduce((sum, other) => sum + other[node]!, value));

/** What the sources at all nodes make of the kernel at all nodes. */
function transfer(bound: Bound, sources: Float64Array, count: number): Float64Array {
	const {reach} = kernels[bound];
	const potentials = new Float64Array(sources.length);
	for (let apart = -Math.min(reach, count - 1); apart <= Math.min(reach, count - 1); apart++) {
		const matrix = kernelBetween(bound, apart);
		for (let cell = Math.max(0, -apart); cell < Math.min(count, count - apart); cell++) {
			const from = (cell + apart) * nodeCount;
			const to = cell * nodeCount;
			for (let node = 0; node < nodeCount; node++) {
				let sum = 0;
				for (let other = 0; other < nodeCount; other++) {
					sum += matrix[(node * nodeCount) + other]! * sources[from + other]!;
				}

				potentials[to + node]! += sum;
			}
		}
	}

	return potentials;
}

const matrices = new Map<string, Float64Array>();

/** The kernel between the nodes of two cells, computed once. */
function kernelBetween(bound: Bound, apart: number): Float64Array {
	const key = `${bound} ${apart}`;
	const known = matrices.get(key);
	if (known) {
		return known;
	}

	const matrix = Float64Array.from({length: nodeCount * nodeCount}, (_, index) => {
		const [to, from] = [chebyshevNodes[Math.floor(index / nodeCount)]!, chebyshevNodes[index % nodeCount]!];
		return Math.exp(kernels[bound].rate * ((apart + ((from - to) / 2)) ** 2));
	});
	matrices.set(key, matrix);
	return matrix;
}
