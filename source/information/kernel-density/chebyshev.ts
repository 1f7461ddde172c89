export const nodeCount = 14;

const angles = Array.from({length: nodeCount}, (_, node) => Math.PI * (node + 0.5) / nodeCount);

/** The zeros of Chebyshev's polynomial: between them interpolation is nearly as good as it can be anywhere in −1 … 1. */
export const chebyshevNodes = Float64Array.from(angles, angle => Math.cos(angle));

/** Barycentric weights of these nodes [Berrut & Trefethen, SIAM Review 46, 2004]. */
const weights = Float64Array.from(angles, (angle, node) => (node % 2 === 0 ? 1 : -1) * Math.sin(angle));

/** Writes Lagrange's polynomials at `place`, one for each node, into `values` from `first` on: 1 at its own node and 0 at the others. */
export function lagrangeAt(place: number, values: Float64Array, first: number): void {
	let total = 0;
	for (let node = 0; node < nodeCount; node++) {
		const difference = place - chebyshevNodes[node]!;
		if (difference === 0) {
			values.fill(0, first, first + nodeCount);
			values[first + node] = 1;
			return;
		}

		const term = weights[node]! / difference;
		values[first + node] = term;
		total += term;
	}

	for (let node = 0; node < nodeCount; node++) {
		values[first + node]! /= total;
	}
}
