import {type Symbols} from './symbols.js';

/** Below this, in nats from the likeliest cluster, p(t|s) is 0 in float64. */
const negligible = -745;
/** So that p(y|t) = 0 has a logarithm. */
const smallest = 1e-300;

/**
The self-consistent equations of the information bottleneck [Tishby, Pereira & Bialek 1999] for the symbols s, at one β:
p(t|s) ∝ p(t) exp(−β KL[p(y|s)‖p(y|t)]), KL in nats, and with it p(t, y) = Σ_s p(s) p(t|s) p(y|s).
T is given by its joint distribution with the label alone, clusters × classes, row-major: p(t) and p(y|t) follow from it.
*/
export class SelfConsistentEquations {
	readonly symbols: Symbols;
	readonly beta: number;
	/** Of the last round, ln Σ_t p(t) exp(β Σ_y p(y|s) ln p(y|t)) for each symbol. */
	readonly logNormalisations: Float64Array;
	/** Of one symbol at a time, p(t|s) but for a factor. */
	readonly #encoder: Float64Array;
	readonly #logWeights: Float64Array;
	/** β ln p(y|t). */
	readonly #logs: Float64Array;

	readonly #clusters: number;

	constructor(symbols: Symbols, beta: number, clusters: number) {
		this.symbols = symbols;
		this.beta = beta;
		this.#clusters = clusters;
		this.logNormalisations = new Float64Array(symbols.count);
		this.#encoder = new Float64Array(clusters);
		this.#logWeights = new Float64Array(clusters);
		this.#logs = new Float64Array(clusters * symbols.classes);
	}

	/**
	One round: from `joint` to `next`. Returns Σ_s p(s) ln Σ_t p(t) exp(β Σ_y p(y|s) ln p(y|t)), which is, but for a constant,
	β I(T;Y) − I(X;T) in nats: no round makes it smaller. Time symbols × clusters × classes.
	*/
	round(joint: Float64Array, next: Float64Array): number {
		this.#takeLogs(joint);
		next.fill(0);
		let objective = 0;
		for (let symbol = 0; symbol < this.symbols.count; symbol++) {
			const logNormalisation = this.#place(symbol, next);
			this.logNormalisations[symbol] = logNormalisation;
			objective += this.symbols.weights[symbol]! * logNormalisation;
		}

		return objective;
	}

	/** I(X;T) in nats, of the encoder that led from the last round's `joint` to `next`, in which the round found `objective`. */
	informationAboutInput(next: Float64Array, objective: number): number {
		let gain = 0;
		for (let index = 0; index < next.length; index++) {
			gain += next[index]! * this.#logs[index]!;
		}

		return gain - objective;
	}

	#takeLogs(joint: Float64Array): void {
		const {classes} = this.symbols;
		for (let cluster = 0; cluster < this.#clusters; cluster++) {
			let weight = 0;
			for (let label = 0; label < classes; label++) {
				weight += joint[(cluster * classes) + label]!;
			}

			this.#logWeights[cluster] = Math.log(weight);
			for (let label = 0; label < classes; label++) {
				const index = (cluster * classes) + label;
				this.#logs[index] = this.beta * Math.log(Math.max(joint[index]! / weight, smallest));
			}
		}
	}

	/** Spreads a symbol over the clusters, and returns the logarithm of its normalisation. */
	#place(symbol: number, next: Float64Array): number {
		const {classes, weights, conditional} = this.symbols;
		const encoder = this.#encoder;
		const logs = this.#logs;
		const first = symbol * classes;
		let highest = -Infinity;
		for (let cluster = 0; cluster < this.#clusters; cluster++) {
			let exponent = this.#logWeights[cluster]!;
			for (let label = 0; label < classes; label++) {
				exponent += conditional[first + label]! * logs[(cluster * classes) + label]!;
			}

			encoder[cluster] = exponent;
			highest = Math.max(highest, exponent);
		}

		let total = 0;
		for (let cluster = 0; cluster < this.#clusters; cluster++) {
			const exponent = encoder[cluster]! - highest;
			encoder[cluster] = exponent < negligible ? 0 : Math.exp(exponent);
			total += encoder[cluster]!;
		}

		const share = weights[symbol]! / total;
		for (let cluster = 0; cluster < this.#clusters; cluster++) {
			const mass = share * encoder[cluster]!;
			for (let label = 0; label < classes; label++) {
				next[(cluster * classes) + label]! += mass * conditional[first + label]!;
			}
		}

		return highest + Math.log(total);
	}
}
