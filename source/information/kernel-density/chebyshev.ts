/** As in assembly/line.ts. */
export const nodeCount = 14;

const angles = Array.from({length: nodeCount}, (_, node) => Math.PI * (node + 0.5) / nodeCount);

/** The zeros of Chebyshev's polynomial: between them interpolation is nearly as good as it can be anywhere in −1 … 1. */
export const chebyshevNodes = Float64Array.from(angles, angle => Math.cos(angle));

/** 1 / Π (x_m − x_k) over all other nodes k, for each node m: with these factors the products of differences are Lagrange's polynomials. */
export const lagrangeFactors = chebyshevNodes.map(node => {
	let product = 1;
	for (const other of chebyshevNodes) {
		product *= other === node ? 1 : node - other;
	}

	return 1 / product;
});
