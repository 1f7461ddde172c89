/**
Writes the rows less their mean along the axes: `turned` of row i and axis a is Σ_u (values of i, u − mean of u) · axis,
summed in float64, rows × axes float32. `values`: rows × units float32. `mean`: float64 a unit. `directions`: for every two axes, for
every unit, two float64.
*/
export function turnRows(rows: i32, units: i32, axes: i32, values: usize, mean: usize, directions: usize, turned: usize): void {
	const bytes = <usize>units * 4;
	for (let row = 0; row < rows; row++) {
		let direction = directions;
		for (let axis = 0; axis < axes; axis += 2) {
			let sum = f64x2.splat(0);
			for (let unit: usize = 0; unit < bytes; unit += 4) {
				const difference = <f64>load<f32>(values + unit) - load<f64>(mean + unit * 2);
				sum = f64x2.add(sum, f64x2.mul(f64x2.splat(difference), v128.load(direction)));
				direction += 16;
			}

			store<f32>(turned, <f32>f64x2.extract_lane(sum, 0));
			turned += 4;
			if (axis + 1 < axes) {
				store<f32>(turned, <f32>f64x2.extract_lane(sum, 1));
				turned += 4;
			}
		}

		values += bytes;
	}
}

/** Stores greatest − least of each axis of the rows, float32, to `extents`. */
export function measureExtents(rows: i32, axes: i32, values: usize, extents: usize): void {
	const bytes = <usize>axes * 4;
	const end = values + <usize>rows * bytes;
	for (let axis: usize = 0; axis < bytes; axis += 4) {
		let least: f32 = Infinity;
		let greatest: f32 = -Infinity;
		for (let at = values + axis; at < end; at += bytes) {
			const value = load<f32>(at);
			least = min(least, value);
			greatest = max(greatest, value);
		}

		store<f32>(extents + axis, greatest - least);
	}
}
