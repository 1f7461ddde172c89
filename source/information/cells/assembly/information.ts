/**
The two sums that `informationOfGroups` (../../entropy.ts) makes from certain labels: Σ_t n_t log2 n_t, and Σ_t Σ_y n_ty log2 n_ty, over
the groups t and classes y in their order, so that they round as it does.

`ids`: the groups of the rows, int32. `mass`: room for count × classes int32. `logs`: n log2 n for n = 0 … rows, float64. The sums, float64,
and then how many rows each class has, int32, go to `sums`.
*/
export function sumGroups(ids: usize, rows: i32, count: i32, labels: usize, classes: i32, mass: usize, logs: usize, sums: usize): void {
	const bytes = <usize>classes * 4;
	const end = mass + <usize>count * bytes;
	const prior = sums + 16;
	memory.fill(mass, 0, end - mass);
	memory.fill(prior, 0, bytes);
	for (let row: usize = 0; row < <usize>rows; row++) {
		increment(mass + <usize>load<i32>(ids + row * 4) * bytes + <usize>load<u8>(labels + row) * 4, 1);
	}

	let sizeTerm: f64 = 0;
	let massTerm: f64 = 0;
	for (let group = mass; group < end; group += bytes) {
		let size = 0;
		for (let label: usize = 0; label < bytes; label += 4) {
			const weight = load<i32>(group + label);
			size += weight;
			massTerm += load<f64>(logs + (<usize>weight << 3));
			increment(prior + label, weight);
		}

		sizeTerm += load<f64>(logs + (<usize>size << 3));
	}

	store<f64>(sums, sizeTerm);
	store<f64>(sums, massTerm, 8);
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function increment(address: usize, by: i32): void {
	store<i32>(address, load<i32>(address) + by);
}
