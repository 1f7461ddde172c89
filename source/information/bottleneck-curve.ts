import {entropyOfWeights} from '../dataset/dataset.js';
import {type Effort, optimumAt, type Optimum} from './bottleneck.js';
import {identityClusters, informationAboutLabel} from './clusters.js';
import {type Target} from './entropy.js';
import {mergeSymbols, sameProbability, type Symbols} from './symbols.js';

/** A point of the plane in bits, with the β whose optimum it is, unless it is an end. */
export type BoundPoint = {readonly x: number; readonly y: number; readonly beta?: number};

/** The most that any T can tell about the label, I(T;Y), for what it keeps of the input, I(X;T). */
export type BottleneckBound
	= | {
		readonly kind: 'annealed' | 'deterministic';
		/** From (0, 0) to (H(X), I(X;Y)), x rising; straight lines between them are attainable and concave. */
		readonly points: readonly BoundPoint[];
	}
	| {readonly kind: 'unknown'; readonly reason: string};

/** Above it nothing is left to see: the 12-bit rule of γ = 12 reaches I(X;Y) to 0.0003 bits here. */
const highestBeta = 1024;
/** Bits by which a straight line between two points may lie below the curve. */
const drawingError = 1e-4;
/** More symbols, or more effort, would hold up the start of a run by more than about a second. */
const symbolLimit = 256;
const effortLimit = 1e8;

/**
The bound of a dataset with X uniform over its rows, and H(X) less than log2 of them only where rows repeat. Deterministic labels: min(I(X;T), H(Y)) [Kolchinsky, Tracey & Van Kuyk 2019].
Stochastic labels: the information-bottleneck curve, annealed from β = 1024, each input its own cluster, down to β = 1, where T keeps
nothing. β is halved, and halved again in its logarithm wherever a line between neighbours could be seen to differ from the curve.
*/
export function bottleneckBound(target: Target, inputEntropy = Math.log2(rowsOf(target))): BottleneckBound {
	const {classes, conditional} = target;
	if (!conditional || conditional.every(p => p < sameProbability || p > 1 - sameProbability)) {
		const y = entropyOfWeights(classMasses(target));
		return {kind: 'deterministic', points: concave([{x: 0, y: 0}, {x: y, y}, {x: inputEntropy, y}])};
	}

	const symbols = mergeSymbols(conditional, classes);
	if (symbols.count > symbolLimit) {
		return {kind: 'unknown', reason: `p(y|x) takes ${symbols.count} different values; the bound is computed for at most ${symbolLimit}`};
	}

	const effort = {left: effortLimit};
	const optima = anneal(symbols, effort);
	if (effort.left <= 0 || optima.length === 0) {
		return {kind: 'unknown', reason: `the bound takes too long to compute for ${symbols.count} different values of p(y|x)`};
	}

	const y = informationAboutLabel(identityClusters(symbols), classes) / Math.LN2;
	return {
		kind: 'annealed',
		points: concave([
			{x: 0, y: 0},
			...optima.toReversed().map(optimum => ({x: optimum.x, y: Math.min(y, optimum.y), beta: optimum.beta})),
			{x: entropyOfWeights([...symbols.weights]), y},
			{x: inputEntropy, y},
		]),
	};
}

const rowsOf = ({classes, conditional, labels}: Target): number => conditional ? conditional.length / classes : labels.length;

/** Σ_x p(y|x) for each class. */
function classMasses({classes, conditional, labels}: Target): number[] {
	const masses = Array.from({length: classes}, () => 0);
	if (!conditional) {
		for (const label of labels) {
			masses[label]! += 1;
		}

		return masses;
	}

	for (const [index, p] of conditional.entries()) {
		masses[index % classes]! += p;
	}

	return masses;
}

/** The optima, β falling. Where one is not found the curve goes on without it. */
export function anneal(symbols: Symbols, effort: Effort): Optimum[] {
	const optima: Optimum[] = [];
	for (let beta = highestBeta; beta >= 1; beta /= 2) {
		const last = optima.at(-1);
		const optimum = optimumAt(symbols, beta, last?.clusters ?? identityClusters(symbols), effort);
		if (optimum) {
			optima.push(...last ? between(symbols, last, optimum, effort) : [], optimum);
		}
	}

	return optima;
}

/** Where to look between two optima, by the logarithm of β: in the middle, or beside it if a bifurcation lies there. */
const places = [0.5, 0.4, 0.6];

/** The optima that are needed between two, so that straight lines will do. */
function between(symbols: Symbols, high: Optimum, low: Optimum, effort: Effort): Optimum[] {
	if (deviation(high, low) < drawingError) {
		return [];
	}

	for (const place of places) {
		const middle = optimumAt(symbols, (high.beta ** (1 - place)) * (low.beta ** place), high.clusters, effort);
		if (middle) {
			return [...between(symbols, high, middle, effort), middle, ...between(symbols, middle, low, effort)];
		}
	}

	return [];
}

/** How far, in bits, the curve can lie above the line between two optima: up to where their tangents, of slope 1/β, meet. */
function deviation(high: Optimum, low: Optimum): number {
	const width = high.x - low.x;
	const rise = high.y - low.y;
	const toTheMeeting = (rise - (width / high.beta)) / ((1 / low.beta) - (1 / high.beta));
	return width > 0 ? toTheMeeting * ((1 / low.beta) - (rise / width)) : 0;
}

/** Points nearer than this are one point. */
const coincident = 1e-6;

/** The points that a concave line from the first to the last needs: those on it, and those that rounding put below it, are left out. */
function concave([origin, ...points]: readonly [BoundPoint, ...BoundPoint[]]): BoundPoint[] {
	const kept = [origin];
	for (const point of points) {
		if (point.x - origin.x < coincident) {
			continue;
		}

		if (point.x - kept.at(-1)!.x < coincident) {
			kept.pop();
		}

		while (kept.length > 1 && slope(kept.at(-2)!, kept.at(-1)!) <= slope(kept.at(-1)!, point)) {
			kept.pop();
		}

		kept.push(point);
	}

	return kept;
}

const slope = (from: BoundPoint, to: BoundPoint): number => (to.y - from.y) / (to.x - from.x);
