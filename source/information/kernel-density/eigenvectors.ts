/** Far more than are needed, for each squares what is left. */
const mostSweeps = 20;

/**
The eigenvectors of a symmetric matrix (row by row, size × size), that of the greatest eigenvalue first, by Jacobi's rotations: each
makes one element off the diagonal 0 [Golub & Van Loan, Matrix Computations, 8.5]. Changes the matrix. Time size³ a sweep, some six
sweeps.
*/
export function eigenvectors(matrix: Float64Array, size: number): Float64Array[] {
	const axes = Array.from({length: size}, (_, unit) => Float64Array.from({length: size}, (_, other) => Number(other === unit)));
	for (let sweep = 0; sweep < mostSweeps && offDiagonal(matrix, size) > 0; sweep++) {
		for (let p = 0; p < size; p++) {
			for (let q = p + 1; q < size; q++) {
				rotate(matrix, size, axes, p, q);
			}
		}
	}

	return axes
		.map((axis, unit) => ({axis, value: matrix[(unit * size) + unit]!}))
		.toSorted((a, b) => b.value - a.value)
		.map(({axis}) => axis);
}

/** The sum of the squares off the diagonal, or 0 where it is no more than rounding. */
function offDiagonal(matrix: Float64Array, size: number): number {
	let [off, trace] = [0, 0];
	for (let row = 0; row < size; row++) {
		trace += matrix[(row * size) + row]!;
		for (let column = row + 1; column < size; column++) {
			off += matrix[(row * size) + column]! ** 2;
		}
	}

	return off > (1e-12 * trace) ** 2 ? off : 0;
}

function rotate(matrix: Float64Array, size: number, axes: readonly Float64Array[], p: number, q: number): void {
	const element = matrix[(p * size) + q]!;
	if (element === 0) {
		return;
	}

	const theta = (matrix[(q * size) + q]! - matrix[(p * size) + p]!) / (2 * element);
	const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
	const cosine = 1 / Math.hypot(tangent, 1);
	const sine = tangent * cosine;
	for (let k = 0; k < size; k++) {
		turn(matrix, (k * size) + p, (k * size) + q, cosine, sine);
	}

	for (let k = 0; k < size; k++) {
		turn(matrix, (p * size) + k, (q * size) + k, cosine, sine);
	}

	for (let k = 0; k < size; k++) {
		const [a, b] = [axes[p]![k]!, axes[q]![k]!];
		axes[p]![k] = (cosine * a) - (sine * b);
		axes[q]![k] = (sine * a) + (cosine * b);
	}
}

function turn(values: Float64Array, p: number, q: number, cosine: number, sine: number): void {
	const [a, b] = [values[p]!, values[q]!];
	values[p] = (cosine * a) - (sine * b);
	values[q] = (sine * a) + (cosine * b);
}
