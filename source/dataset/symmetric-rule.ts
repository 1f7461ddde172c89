/**
The 12-bit data of Shwartz-Ziv & Tishby 2017 (arXiv 1703.00810), from its formula instead of the published file: the bits of a
pattern light the vertices of a regular icosahedron, and the rule depends on the pattern only up to rotation. Amplitudes are those
of the spherical-harmonic degrees 0, 1 and 2. The deterministic labels equal the published ones in all 4096 rows.
*/
import {type Random} from '../random.js';
import {type Dataset, type DataShape, entropyOfWeights} from './dataset.js';

export const patternBits = 12;
export const patternCount = 2 ** patternBits;

const goldenRatio = (1 + Math.sqrt(5)) / 2;

/** Unit vectors to the vertices, in the order of the bits, bit 0 being the most significant. */
const vertices = [
	[0, 1, goldenRatio],
	[1, goldenRatio, 0],
	[0, 1, -goldenRatio],
	[-1, goldenRatio, 0],
	[goldenRatio, 0, -1],
	[0, -1, goldenRatio],
	[1, -goldenRatio, 0],
	[-1, -goldenRatio, 0],
	[-goldenRatio, 0, -1],
	[0, -1, -goldenRatio],
	[-goldenRatio, 0, 1],
	[goldenRatio, 0, 1],
].map(vertex => vertex.map(coordinate => coordinate / Math.sqrt(1 + (goldenRatio ** 2))));

const cosines = vertices.map(a => vertices.map(b => a.reduce((sum, coordinate, axis) => sum + (coordinate * b[axis]!), 0)));

/** The lit vertices of pattern `row` (0 … 4095). */
function litVertices(row: number): number[] {
	return vertices.map((_, bit) => bit).filter(bit => row & (1 << (patternBits - 1 - bit)));
}

const legendre = [() => 1, (t: number) => t, (t: number) => ((3 * t * t) - 1) / 2];

/** ‖a_l‖ = (4π/12) √((2l+1)/(4π) Σ_ij x_i x_j P_l(r_i·r_j)), the amplitude of degree `degree`. */
function amplitude(lit: readonly number[], degree: 0 | 1 | 2): number {
	let sum = 0;
	for (const i of lit) {
		for (const j of lit) {
			sum += legendre[degree]!(cosines[i]![j]!);
		}
	}

	// What is 0 in truth is 1e-16 here, and its root would be 1e-8.
	return sum < 1e-9 ? 0 : 4 * Math.PI / patternBits * Math.sqrt(((2 * degree) + 1) / (4 * Math.PI) * sum);
}

/** p(y=1|x) = 1/(1 + exp(−γ (f − 5.89))) with f = 2‖a_0‖ + (5/3)‖a_1‖ + (4/5)‖a_2‖ [ST17]; one number a pattern. */
export function stochasticRule(gamma: number): Float64Array {
	return Float64Array.from({length: patternCount}, (_, row) => {
		const lit = litVertices(row);
		const score = (2 * amplitude(lit, 0)) + (5 / 3 * amplitude(lit, 1)) + (4 / 5 * amplitude(lit, 2));
		return 1 / (1 + Math.exp(-gamma * (score - 5.89)));
	});
}

/**
The 4096 deterministic labels, in the order of binary counting: class 1 where N + ‖sum of the lit vertices‖ is above 7.63 (the nearest values are
7.5628 and 7.7013). All patterns so far, once more with the next vertex lit, are those that follow. The first epoch waits for this, and nothing
of it is compiled yet: it is written for as few steps as can be.
*/
export function deterministicLabels(): Uint8Array {
	const labels = new Uint8Array(patternCount);
	const lit = new Uint8Array(patternCount);
	const [xs, ys, zs] = [new Float64Array(patternCount), new Float64Array(patternCount), new Float64Array(patternCount)];
	for (let bit = patternBits - 1, rows = 1; bit >= 0; bit--, rows *= 2) {
		const [x, y, z] = vertices[bit] as [number, number, number];
		for (let earlier = 0, row = rows; earlier < rows; earlier++, row++) {
			const count = lit[earlier]! + 1;
			const sumX = xs[earlier]! + x;
			const sumY = ys[earlier]! + y;
			const sumZ = zs[earlier]! + z;
			const missing = 7.63 - count;
			labels[row] = missing < 0 || (sumX * sumX) + (sumY * sumY) + (sumZ * sumZ) > missing * missing ? 1 : 0;
			lit[row] = count;
			xs[row] = sumX;
			ys[row] = sumY;
			zs[row] = sumZ;
		}
	}

	return labels;
}

/** 4096 × 12 zeros and ones; row r holds the bits of r, most significant first. Made as the labels are. */
function patterns(): Float32Array {
	const bits = new Float32Array(patternCount * patternBits);
	for (let bit = patternBits - 1, rows = 1; bit >= 0; bit--, rows *= 2) {
		bits.copyWithin(rows * patternBits, 0, rows * patternBits);
		for (let row = rows; row < 2 * rows; row++) {
			bits[(row * patternBits) + bit] = 1;
		}
	}

	return bits;
}

export type SymmetricRule
	= | {readonly name: 'symmetric-rule'; readonly labels: 'deterministic' | 'random'}
		| {readonly name: 'symmetric-rule'; readonly labels: 'stochastic'; readonly gamma: number};

const shape = {samples: patternCount, features: patternBits, classes: 2};

export const describeSymmetricRule = (): DataShape => ({...shape, trainable: patternCount, measured: patternCount});

/**
Stochastic labels are drawn once, from `random`, for training; the information about the label uses p(y|x) itself. Random labels are
the deterministic ones in another order: as many of each, but there is nothing to learn, only to remember.
*/
export function loadSymmetricRule(options: SymmetricRule, random: Random): Dataset {
	const given = {name: options.name, ...shape, inputs: patterns()};
	if (options.labels !== 'stochastic') {
		const labels = deterministicLabels();
		const ones = labels.reduce((sum, label) => sum + label, 0);
		const bounds = {x: patternBits, y: entropyOfWeights([patternCount - ones, ones])};
		return options.labels === 'random'
			? {
				...given, labels: shuffled(labels, random), isDrawn: true, bounds,
			}
			: {...given, labels, bounds};
	}

	const one = stochasticRule(options.gamma);
	const prior = one.reduce((sum, p) => sum + p, 0) / patternCount;
	const uncertainty = one.reduce((sum, p) => sum + entropyOfWeights([1 - p, p]), 0) / patternCount;
	return {
		...given,
		labels: Uint8Array.from(one, p => random.uniform() < p ? 1 : 0),
		isDrawn: true,
		conditional: Float64Array.from({length: 2 * patternCount}, (_, index) => index % 2 === 1 ? one[index >> 1]! : 1 - one[index >> 1]!),
		bounds: {x: patternBits, y: entropyOfWeights([1 - prior, prior]) - uncertainty},
	};
}

function shuffled(labels: Uint8Array, random: Random): Uint8Array {
	const order = Int32Array.from(labels, (_, row) => row);
	random.shuffle(order);
	return Uint8Array.from(order, row => labels[row]!);
}
