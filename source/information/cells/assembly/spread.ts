/**
Divides the range of every `stride`-th of the float32 values from `values` to `end`, none of which is NaN, into `parts` equal parts, and numbers
the part of each: an int32 each goes to `places`, and how many values lie in each part to `counts`. A greater value never lies in an earlier
part, however its place is rounded. Where the range begins and how many parts there are to a unit, float64, go to `range`.
*/
export function spreadValues(values: usize, end: usize, stride: i32, parts: i32, places: usize, counts: usize, range: usize): void {
	const step = <usize>stride * 4;
	let least: f32 = Infinity;
	let greatest: f32 = -Infinity;
	for (let at = values; at < end; at += step) {
		least = min(least, load<f32>(at));
		greatest = max(greatest, load<f32>(at));
	}

	const low = <f64>least;
	const perUnit: f64 = greatest > least ? <f64>(parts - 1) / (<f64>greatest - low) : 0;
	store<f64>(range, low);
	store<f64>(range, perUnit, 8);
	memory.fill(counts, 0, <usize>parts * 4);
	for (; values < end; values += step, places += 4) {
		const place = <i32>((<f64>load<f32>(values) - low) * perUnit);
		const count = counts + (<usize>place << 2);
		store<i32>(places, place);
		store<i32>(count, load<i32>(count) + 1);
	}
}

/**
Copies the values of some parts to `gathered`, which has room for one more than there are, and returns where they end. `steps`: for each part
a byte, 4 where its values are wanted and 0 where not.
*/
export function gatherValues(values: usize, end: usize, stride: i32, places: usize, steps: usize, gathered: usize): usize {
	const step = <usize>stride * 4;
	for (; values < end; values += step, places += 4) {
		store<f32>(gathered, load<f32>(values));
		gathered += <usize>load<u8>(steps + <usize>load<i32>(places));
	}

	return gathered;
}

/**
How many of the `edges`, float32 that rise, are ≤ v, in the place of each value. `firsts`: for each part, and once more, how many edges lie in
earlier parts, so that v is compared with those of its own part only, and there are few. A search takes the same steps whichever way it goes,
so that no branch is guessed wrong.
*/
export function placeCells(values: usize, end: usize, stride: i32, places: usize, edges: usize, firsts: usize): void {
	const step = <usize>stride * 4;
	for (; values < end; values += step, places += 4) {
		const part = firsts + (<usize>load<i32>(places) << 2);
		let cell = load<i32>(part);
		let left = load<i32>(part, 4) - cell;
		if (left > 0) {
			const value = load<f32>(values);
			while (left > 1) {
				const half = left >> 1;
				cell += select(half, 0, load<f32>(edges + (<usize>(cell + half) << 2) - 4) <= value);
				left -= half;
			}

			cell += <i32>(load<f32>(edges + (<usize>cell << 2)) <= value);
		}

		store<i32>(values, cell);
	}
}
