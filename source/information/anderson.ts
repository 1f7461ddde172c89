/**
Anderson acceleration of a fixed-point iteration x ← g(x) [Anderson 1965; Walker & Ni 2011, type II]: of the last rounds, the mixture
whose residual g(x) − x is smallest in the sense of least squares. Its weights sum to 1, so what every round conserves (here the sum of
a distribution, and its marginal) the mixture conserves. Time length × memory per round, and no allocation.
*/
export class Anderson {
	readonly #memory: number;
	/** Differences between successive residuals and between successive images, one row each, the oldest overwritten. */
	readonly #residualSteps: Float64Array[];
	readonly #imageSteps: Float64Array[];
	readonly #lastResidual: Float64Array;
	readonly #lastImage: Float64Array;
	readonly #gram: Float64Array;
	readonly #weights: Float64Array;
	#rounds = 0;

	constructor(length: number, memory: number) {
		this.#memory = memory;
		this.#residualSteps = Array.from({length: memory}, () => new Float64Array(length));
		this.#imageSteps = Array.from({length: memory}, () => new Float64Array(length));
		this.#lastResidual = new Float64Array(length);
		this.#lastImage = new Float64Array(length);
		this.#gram = new Float64Array(memory * memory);
		this.#weights = new Float64Array(memory);
	}

	/** Forgets the rounds so far. */
	restart(): void {
		this.#rounds = 0;
	}

	/** Takes in the round from `x` to `image`, and replaces `x` with what to try next: after a restart, with `image` itself. */
	advance(x: Float64Array, image: Float64Array): void {
		this.#remember(x, image);
		const used = Math.min(this.#rounds - 1, this.#memory);
		this.#solve(used);
		x.set(image);
		for (let step = 0; step < used; step++) {
			const weight = this.#weights[step]!;
			const row = this.#imageSteps[step]!;
			for (let index = 0; index < x.length; index++) {
				x[index]! -= weight * row[index]!;
			}
		}
	}

	#remember(x: Float64Array, image: Float64Array): void {
		const slot = (this.#rounds + this.#memory - 1) % this.#memory;
		const residualStep = this.#residualSteps[slot]!;
		const imageStep = this.#imageSteps[slot]!;
		for (let index = 0; index < x.length; index++) {
			const residual = image[index]! - x[index]!;
			if (this.#rounds > 0) {
				residualStep[index] = residual - this.#lastResidual[index]!;
				imageStep[index] = image[index]! - this.#lastImage[index]!;
			}

			this.#lastResidual[index] = residual;
			this.#lastImage[index] = image[index]!;
		}

		this.#rounds++;
	}

	/** The weights of the first `used` steps that take most of the last residual away, by the normal equations. */
	#solve(used: number): void {
		const gram = this.#gram;
		const weights = this.#weights;
		for (let row = 0; row < used; row++) {
			weights[row] = dot(this.#residualSteps[row]!, this.#lastResidual);
			for (let column = 0; column <= row; column++) {
				const product = dot(this.#residualSteps[row]!, this.#residualSteps[column]!);
				gram[(row * this.#memory) + column] = product;
				gram[(column * this.#memory) + row] = product;
			}
		}

		solveSymmetric(gram, weights, used, this.#memory);
	}
}

/** What is added to the diagonal, relative to it, so that two steps of one direction do not divide by zero. */
const ridge = 1e-12;

/** Gaussian elimination, in place, of a positive semidefinite system; `weights` goes in as the right-hand side. */
function solveSymmetric(gram: Float64Array, weights: Float64Array, size: number, stride: number): void {
	for (let row = 0; row < size; row++) {
		gram[(row * stride) + row]! *= 1 + ridge;
	}

	for (let pivot = 0; pivot < size; pivot++) {
		const head = gram[(pivot * stride) + pivot]!;
		for (let row = pivot + 1; row < size; row++) {
			const factor = head > 0 ? gram[(row * stride) + pivot]! / head : 0;
			weights[row]! -= factor * weights[pivot]!;
			for (let column = pivot; column < size; column++) {
				gram[(row * stride) + column]! -= factor * gram[(pivot * stride) + column]!;
			}
		}
	}

	for (let row = size - 1; row >= 0; row--) {
		for (let column = row + 1; column < size; column++) {
			weights[row]! -= gram[(row * stride) + column]! * weights[column]!;
		}

		const head = gram[(row * stride) + row]!;
		weights[row] = head > 0 ? weights[row]! / head : 0;
	}
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < a.length; index++) {
		sum += a[index]! * b[index]!;
	}

	return sum;
}
