export const nodeCount = 14;

const angles = Array.from({length: nodeCount}, (_, node) => Math.PI * (node + 0.5) / nodeCount);

/** The zeros of Chebyshev's polynomial: between them interpolation is nearly as good as it can be anywhere in −1 … 1. */
export const chebyshevNodes = Float64Array.from(angles, angle => Math.cos(angle));

/** 1 / Π (x_m − x_k) over all other nodes k, for each node m. */
const weights = chebyshevNodes.map(node => {
	let product = 1;
	for (const other of chebyshevNodes) {
		product *= other === node ? 1 : node - other;
	}

	return 1 / product;
});

/**
Writes Lagrange's polynomials at `place`, one for each node, into `values` from `first` on: 1 at its own node and 0 at the others. Each is the
product of the differences from all other nodes, those before it and those behind it, since divisions take longer.
*/
export function lagrangeAt(place: number, values: Float64Array, first: number): void {
	let product = 1;
	for (let node = 0; node < nodeCount; node++) {
		values[first + node] = product * weights[node]!;
		product *= place - chebyshevNodes[node]!;
	}

	product = 1;
	for (let node = nodeCount - 1; node >= 0; node--) {
		values[first + node]! *= product;
		product *= place - chebyshevNodes[node]!;
	}
}
