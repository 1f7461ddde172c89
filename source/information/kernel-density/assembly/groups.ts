/** Rows that are taken together: the lanes of a vector. */
export const groupRows: i32 = 4;

const largest: f32 = f32.MAX_VALUE;

/**
Copies the rows of the `length` numbers in `order` (int32, whole groups), unit by unit within each group. Those numbered −1 only fill a group
and are infinitely far from all others; other values are made finite. `values`: rows × units float32.
*/
export function copyGroups(order: usize, length: i32, values: usize, units: i32, groups: usize): void {
	const bytes = <usize>units * 4;
	for (let index = 0; index < length; index++) {
		const row = load<i32>(order + (<usize>index << 2));
		const from = values + <usize>row * bytes;
		const to = groups + <usize>(index / groupRows) * bytes * groupRows + (<usize>(index % groupRows) << 2);
		for (let unit: usize = 0; unit < bytes; unit += 4) {
			const value: f32 = row === -1 ? Infinity : max(-largest, min(largest, load<f32>(from + unit)));
			store<f32>(to + unit * groupRows, value);
		}
	}
}
