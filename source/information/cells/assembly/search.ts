/**
How many of the `edges`, `count` float32 that rise, at least one, are ≤ v, in the place of each `stride`-th of the float32 values from
`values` to `end`. Each search takes the same steps, whichever way it goes, so that no branch is guessed wrong.
*/
export function searchCells(values: usize, end: usize, stride: i32, edges: usize, count: i32): void {
	const step = <usize>stride * 4;
	for (; values < end; values += step) {
		const value = load<f32>(values);
		let first = edges;
		let left = <usize>count;
		while (left > 1) {
			const half = left >> 1;
			first += select(half << 2, 0, load<f32>(first + (half << 2) - 4) <= value);
			left -= half;
		}

		store<i32>(values, <i32>((first - edges) >> 2) + <i32>(load<f32>(first) <= value));
	}
}
