/**
Turns an array from Fortran's order, the first index running fastest, into C's, the last index running fastest: of shape
d₀ × … × dₙ the number at (i₀, …, iₙ) stands at i₀ + d₀(i₁ + d₁(i₂ + …)) in `values`. Time linear in numbers; a new array.
*/
export function toRowMajor<Values extends Float32Array | Float64Array>(values: Values, shape: readonly number[]): Values {
	const result = values.slice() as Values;
	const lastAxis = shape.length - 1;
	if (lastAxis < 1 || values.length === 0) {
		return result;
	}

	const strides = [1];
	for (const dimension of shape.slice(0, -1)) {
		strides.push(strides.at(-1)! * dimension);
	}

	const columns = shape[lastAxis]!;
	const step = strides[lastAxis]!;
	const indices = shape.map(() => 0);
	let start = 0;
	for (let row = 0; row < values.length; row += columns) {
		for (let column = 0; column < columns; column++) {
			result[row + column] = values[start + (column * step)]!;
		}

		// To the next row, as an odometer counts: an axis that is through goes back to 0 and the one before it goes on.
		for (let axis = lastAxis - 1; axis >= 0; axis--) {
			start += strides[axis]!;
			indices[axis]!++;
			if (indices[axis]! < shape[axis]!) {
				break;
			}

			start -= indices[axis]! * strides[axis]!;
			indices[axis] = 0;
		}
	}

	return result;
}
