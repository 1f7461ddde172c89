import {type SelfConsistentEquations} from './self-consistent.js';

/** A cluster to add: its p(y|t), its p(t), and by how many nats that would raise β I(T;Y) − I(X;T), to second order. */
export type Addition = {readonly conditional: Float64Array; readonly weight: number; readonly gain: number};

const stepLimit = 12;
/** Climbing ends where a step raises the demand by less than this; below a demand of 0.9 it is not begun. */
const smallRise = 1e-3;
const hopeless = 0.9;

/**
The cluster that would help most, of those that climbing from the symbols finds; `undefined` if none would.

For given p(y|t) the bottleneck is a rate-distortion problem with the distortion KL[p(y|s)‖p(y|t)], convex in p(t) [Harremoës & Tishby
2007]. So clusters are the best of all there could be if there is nowhere a demand D(q) above 1, and ln max D is the most that they
can fall short by, in nats [Blahut 1972]:

D(q) = Σ_s p(s) f(s), f(s) = exp(β Σ_y p(y|s) ln q(y)) / Z(s), Z(s) = Σ_t p(t) exp(β Σ_y p(y|s) ln p(y|t)).

A step goes from q to the mean of p(y|s) weighted by p(s) f(s), which does not lower D. Newton's weight for a cluster at q is
(D − 1) / Σ_s p(s) (f(s) − 1)². Time symbols² × classes, and some ten times that at the most.
*/
export function mostDemanded(equations: SelfConsistentEquations): Addition | undefined {
	const {count, classes, conditional} = equations.symbols;
	let best: Addition | undefined;
	let place = new Float64Array(classes);
	let next = new Float64Array(classes);
	for (let symbol = 0; symbol < count; symbol++) {
		place.set(conditional.subarray(symbol * classes, (symbol + 1) * classes));
		let last = hopeless - smallRise;
		for (let step = 0; step < stepLimit; step++) {
			const {demand, spread} = climb(equations, place, next);
			const weight = Math.min(0.5, (demand - 1) / spread);
			const gain = weight * (demand - 1) / 2;
			if (demand > 1 && gain > (best?.gain ?? 0)) {
				best = {conditional: place.slice(), weight, gain};
			}

			if (demand < last + smallRise) {
				break;
			}

			last = demand;
			[place, next] = [next, place];
		}
	}

	return best;
}

/** The demand at `place` and the spread Σ_s p(s) (f(s) − 1)²; writes the next place into `next`. */
function climb({symbols, beta, logNormalisations}: SelfConsistentEquations, place: Float64Array, next: Float64Array): {demand: number; spread: number} {
	const {count, classes, weights, conditional} = symbols;
	let demand = 0;
	let spread = 0;
	next.fill(0);
	for (let label = 0; label < classes; label++) {
		place[label] = Math.log(Math.max(place[label]!, 1e-300));
	}

	for (let symbol = 0; symbol < count; symbol++) {
		let exponent = 0;
		for (let label = 0; label < classes; label++) {
			exponent += conditional[(symbol * classes) + label]! * place[label]!;
		}

		const factor = Math.exp((beta * exponent) - logNormalisations[symbol]!);
		const term = weights[symbol]! * factor;
		demand += term;
		spread += weights[symbol]! * ((factor - 1) ** 2);
		for (let label = 0; label < classes; label++) {
			next[label]! += term * conditional[(symbol * classes) + label]!;
		}
	}

	for (let label = 0; label < classes; label++) {
		next[label]! /= demand;
		place[label] = Math.exp(place[label]!);
	}

	return {demand, spread};
}
