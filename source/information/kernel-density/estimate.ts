import {entropyOfWeights} from '../../dataset/dataset.js';
import {type Information, type Target} from '../entropy.js';
import {type LayerActivations} from '../layer-activations.js';
import {Random} from '../../random.js';
import {kernelSums, meanLogs} from './kernel-sums.js';
import {type MeanLogs, within} from './log-mean.js';
import {type KernelSums, type Sums} from './sums.js';

export type KernelDensityOptions = {
	/** Of the Gaussian noise that each unit is taken to have. */
	readonly variance: number;
	/** For rows that are a sample, not the whole population: what a row says about its own label is left out of I(T;Y). */
	readonly leaveOneOut: boolean;
	/** Rows at which the densities are evaluated; by default all up to 5000 rows, and 1024 of more. */
	readonly queries?: number;
};

/**
By the kernel of the upper bound, by that of the lower bound, and the standard errors of the first where not every row was a query; all in
bits. `lower.x` is never above `x`. `lower.y` may be above `y`, for it is the difference of two entropies that are both bounded from below.
*/
export type KernelDensityInformation = Information & {readonly lower: Information; readonly error?: Information};

const mostRows = 5000;
const defaultQueries = 1024;

/**
Mutual information by kernel density estimation [KT17; science.md section 4]. T is the activation plus Gaussian noise of the given
variance v, so that its density is a mixture of N Gaussians, and the entropy of the mixture is bounded from above and below by sums
over pairs, with K_ij = exp(−‖t_i − t_j‖² / 2v) above and exp(−‖t_i − t_j‖² / 8v) below:

	I(X;T) = log2 N − mean_i log2 S_i,   S_i = Σ_j K_ij, j = i included, so at most log2 N;
	I(T;Y) = H(Y) + mean_i Σ_y p(y|x_i) log2(S_yi / S_i),   S_yi = Σ_j p(y|x_j) K_ij.

With certain labels the second is mean_i log2 of the share of S_i that is of i's own class. Leaving one out, S_yi loses p(y|x_i), the
row's own part, and gains p(y), so that a row without neighbours says what the prior says.

Where the queries are a subset, `error` is the standard error of the two means: their standard deviation over the square root of the
queries, times sqrt(1 − queries / N), since the subset is drawn without replacement. The same rows are drawn for the same N.

Float32 kernels with float64 sums agree with float64 to 1e-5 bits (5e-7 on the layers of a run of `tanh`). No value is below 0, although rounding
may leave −1e-7 where nothing is known, and leaving one out may leave more than that.
*/
export function estimateKernelDensity(layer: LayerActivations, target: Target, options: KernelDensityOptions): KernelDensityInformation {
	const {rows} = layer;
	const wanted = options.queries ?? (rows > mostRows ? defaultQueries : rows);
	const queries = wanted < rows ? drawRows(rows, wanted) : undefined;
	const prior = priorOf(target, rows);
	if (!queries && !target.conditional) {
		return certainInformation(layer, target, options, prior);
	}

	const parts = target.conditional
		? weightedParts(layer, target, target.conditional, options.variance, prior, queries)
		: ownParts(layer, target, options.variance, prior, queries);
	const upper = informationOf('upper', parts, prior, rows, options.leaveOneOut);
	const {error, ...lower} = informationOf('lower', parts, prior, rows, options.leaveOneOut);
	const bounds = {x: upper.x, y: upper.y, lower};
	return queries ? {...bounds, error: upper.error} : bounds;
}

/** Where every row is a query and every label certain, in bits. */
function certainInformation(layer: LayerActivations, {labels}: Target, {variance, leaveOneOut}: KernelDensityOptions, prior: Float64Array): KernelDensityInformation {
	const {upper, lower} = meanLogs(layer, variance, labels, leaveOneOut ? prior : undefined);
	const informationOf = ({whole, own}: MeanLogs): Information => ({
		x: nonNegative(Math.log2(layer.rows) - whole),
		y: nonNegative(entropyOfWeights([...prior]) + own - whole),
	});
	const [above, below] = [informationOf(upper), informationOf(lower)];
	// Where both are nearly the same, their products may be brought back to 1 … 2 at different rows, and so be rounded differently.
	return {...above, lower: {...below, x: Math.min(below.x, above.x)}};
}

/** S_i, and for some labels y: S_yi, p(y|x_i) and p(y), each for every query; without weights they are 1. */
type Parts = {
	readonly all: Sums;
	readonly labels: ReadonlyArray<{readonly sums: Sums; readonly weights?: Float64Array; readonly priors: Float64Array}>;
};

/** A random subset. */
function drawRows(rows: number, count: number): Int32Array {
	const order = Int32Array.from({length: rows}, (_, row) => row);
	Random.stream(rows, 'kernel-density queries').shuffle(order);
	return order.subarray(0, count);
}

function priorOf({classes, labels, conditional}: Target, rows: number): Float64Array {
	const prior = new Float64Array(classes);
	for (let row = 0; row < rows; row++) {
		if (conditional) {
			for (let label = 0; label < classes; label++) {
				prior[label]! += conditional[(row * classes) + label]! / rows;
			}
		} else {
			prior[labels[row]!]! += 1 / rows;
		}
	}

	return prior;
}

/** Certain labels: of every query only its own label counts. */
function ownParts(layer: LayerActivations, {labels}: Target, variance: number, prior: Float64Array, queries: Int32Array | undefined): Parts {
	const {queries: evaluated, all, part} = kernelSums(layer, variance, {labels}, queries);
	const priors = new Float64Array(evaluated.length);
	for (let query = 0; query < priors.length; query++) {
		priors[query] = prior[labels[evaluated[query]!]!]!;
	}

	return {all, labels: [{sums: part, priors}]};
}

/** Stochastic labels: one pass for each label but the first, which is what the others leave. */
function weightedParts(
	layer: LayerActivations,
	{classes}: Target,
	conditional: Float64Array,
	variance: number,
	prior: Float64Array,
	queries: Int32Array | undefined,
): Parts {
	const passes = Array.from({length: classes - 1}, (_, index) => {
		const weights = Float64Array.from({length: layer.rows}, (_, row) => conditional[(row * classes) + index + 1]!);
		return kernelSums(layer, variance, {weights}, queries);
	});
	const [{queries: evaluated, all}] = passes as [KernelSums];
	const remainder = (bound: 'upper' | 'lower') =>
		all[bound].map((sum, query) => passes.reduce((rest, {part}) => rest - part[bound][query]!, sum));
	const sums = [{upper: remainder('upper'), lower: remainder('lower')}, ...passes.map(({part}) => part)];
	return {
		all,
		labels: sums.map((labelSums, label) => ({
			sums: labelSums,
			weights: Float64Array.from(evaluated, row => conditional[(row * classes) + label]!),
			priors: new Float64Array(evaluated.length).fill(prior[label]!),
		})),
	};
}

/** I(X;T) and I(T;Y) of one bound, in bits, with their standard errors. */
function informationOf(bound: 'upper' | 'lower', {all, labels}: Parts, prior: Float64Array, rows: number, leaveOneOut: boolean): Information & {error: Information} {
	const about = {x: new Moments(), y: new Moments()};
	const sums = all[bound];
	for (let query = 0; query < sums.length; query++) {
		const sum = sums[query]!;
		const logSum = Math.log2(sum);
		about.x.add(Math.log2(rows) - logSum);
		let known = 0;
		for (const {sums: parts, weights, priors} of labels) {
			const weight = weights ? weights[query]! : 1;
			if (weight > 0) {
				const part = within(weight, parts[bound][query]!, sum);
				known += weight * (Math.log2(leaveOneOut ? part - weight + priors[query]! : part) - logSum);
			}
		}

		about.y.add(known);
	}

	return {
		x: nonNegative(about.x.mean),
		y: nonNegative(entropyOfWeights([...prior]) + about.y.mean),
		error: {x: about.x.standardError(rows), y: about.y.standardError(rows)},
	};
}

/** Rounding may leave 1e-14 where the truth is 0. */
const nonNegative = (bits: number): number => bits < 1e-12 ? 0 : bits;

/** Mean and standard error of numbers that are given one at a time (Welford). */
class Moments {
	mean = 0;
	#count = 0;
	#squares = 0;

	add(value: number): void {
		const difference = value - this.mean;
		this.#count++;
		this.mean += difference / this.#count;
		this.#squares += difference * (value - this.mean);
	}

	/** Of a sample drawn without replacement from `population`. */
	standardError(population: number): number {
		return this.#count > 1 ? Math.sqrt(this.#squares / (this.#count - 1) / this.#count * (1 - (this.#count / population))) : Infinity;
	}
}
