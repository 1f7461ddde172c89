import {Anderson} from './anderson.js';
import {
	addCluster, type Clusters, informationAboutLabel, mergeClusters, residual,
} from './clusters.js';
import {mostDemanded} from './demand.js';
import {SelfConsistentEquations} from './self-consistent.js';
import {type Symbols} from './symbols.js';

/** The optimum at one β: its point in bits, which an encoder attains and where the curve has slope 1/β, and that encoder's clusters. */
export type Optimum = {readonly beta: number; readonly x: number; readonly y: number; readonly clusters: Clusters};

/** What may still be spent, in exponents (symbols × clusters) times classes: about 10 ns each. */
export type Effort = {left: number};

/** To this the self-consistent equations hold at an optimum: one more round changes no p(t) and no p(y|t) by more. */
export const residualLimit = 1e-9;
const roundLimit = 3000;
const roundsBetweenMerges = 8;
/** Nats that one more cluster must gain to be added; where the equations hold, a cluster may be missing that died on the way. */
const worthAdding = 1e-7;

/**
The encoder that maximises β I(T;Y) − I(X;T), annealed from the clusters of a higher β; `undefined` if neither 3000 rounds nor what is
left of the effort find it. Clusters that coincide are merged on the way: near a bifurcation two of them take long to become one.
*/
export function optimumAt(symbols: Symbols, beta: number, start: Clusters, effort: Effort): Optimum | undefined {
	let search = new Search(symbols, beta, start);
	for (let round = 1; round <= roundLimit && effort.left > 0; round++) {
		const isFixed = search.round() < residualLimit;
		effort.left -= symbols.count * search.clusters.joint.length;
		if (!isFixed && round % roundsBetweenMerges > 0) {
			continue;
		}

		const merged = mergeClusters(search.clusters, symbols.classes);
		const isMerged = merged.count < search.clusters.count;
		const addition = isFixed && !isMerged ? search.addition() : undefined;
		if (isMerged || addition) {
			search = new Search(symbols, beta, addition ? addCluster(merged, addition) : merged);
		} else if (isFixed) {
			return search.optimum();
		}
	}

	return undefined;
}

/** Rounding moves the objective by some 1e-12 nats at β = 1000; what lowers it by more than this was a step too far. */
const loss = 1e-11;
const retreatLimit = 3;

/**
Rounds of the self-consistent equations, mixed by Anderson's method, since by themselves they take thousands near a bifurcation. A
mixture that lowers the objective is shortened to a quarter, and the third time given up for the last good round, which lowers nothing.
*/
class Search {
	/** The outcome of the last good round. */
	readonly clusters: Clusters;
	readonly #equations: SelfConsistentEquations;
	readonly #anderson: Anderson;
	readonly #trial: Float64Array;
	readonly #image: Float64Array;
	#objective = -Infinity;
	#retreats = 0;

	constructor(symbols: Symbols, beta: number, {count, joint}: Clusters) {
		this.clusters = {count, joint: joint.slice()};
		this.#equations = new SelfConsistentEquations(symbols, beta, count);
		this.#anderson = new Anderson(joint.length, 6);
		this.#trial = joint.slice();
		this.#image = new Float64Array(joint.length);
	}

	/** One round; returns how far it moved the clusters, Infinity if the mixture it started from was a step too far. */
	round(): number {
		const {joint} = this.clusters;
		const objective = this.#equations.round(this.#trial, this.#image);
		if (objective < this.#objective - loss) {
			this.#retreat();
			return Infinity;
		}

		this.#objective = objective;
		this.#retreats = 0;
		joint.set(this.#image);
		const moved = residual(this.#trial, joint, this.#equations.symbols.classes);
		this.#anderson.advance(this.#trial, joint);
		const share = this.#longestShare();
		if (share < 1) {
			this.#goPartOfTheWay(share);
		}

		return moved;
	}

	/** A cluster that is worth adding to those of the last round, which must have been a good one. */
	addition() {
		const addition = mostDemanded(this.#equations);
		return addition && addition.gain > worthAdding ? addition : undefined;
	}

	/** The point of the last round, which must have been a good one. */
	optimum(): Optimum {
		const {beta, symbols} = this.#equations;
		const x = this.#equations.informationAboutInput(this.clusters.joint, this.#objective);
		const y = informationAboutLabel(this.clusters, symbols.classes);
		return {
			beta, x: Math.max(0, x / Math.LN2), y: y / Math.LN2, clusters: this.clusters,
		};
	}

	#retreat(): void {
		this.#retreats++;
		if (this.#retreats < retreatLimit) {
			this.#goPartOfTheWay(0.25);
			return;
		}

		this.#goPartOfTheWay(0);
		this.#anderson.restart();
		this.#objective = -Infinity;
		this.#retreats = 0;
	}

	/** From the last good round towards the mixture. */
	#goPartOfTheWay(share: number): void {
		const {joint} = this.clusters;
		for (const [index, mass] of joint.entries()) {
			this.#trial[index] = mass + (share * (this.#trial[index]! - mass));
		}
	}

	/** A mixture need not be one of probabilities: how far to go for none of them to fall below a tenth. */
	#longestShare(): number {
		const {joint} = this.clusters;
		let share = 1;
		for (let index = 0; index < joint.length; index++) {
			const mass = joint[index]!;
			if (this.#trial[index]! < mass / 10) {
				share = Math.min(share, 0.9 * mass / (mass - this.#trial[index]!));
			}
		}

		return share;
	}
}
