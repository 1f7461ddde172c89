/** Three digits of 11 bits; the numbers of their values lie one after the other. */
const digits: usize = 1 << 11;
const digitMask: u32 = (1 << 11) - 1;

/**
Sorts every `stride`-th of the float32 values from `values` to `end`, none of which is NaN, to `sorted`, by one digit of their bits after
another: linear in the values. As whole numbers without a sign, the bits rise as the values do where those of negative values are turned
over, and the sign of the others. `scratch` has room for as many values, `counts` for 3 · 2048 int32.
*/
export function sortValues(values: usize, end: usize, stride: i32, sorted: usize, scratch: usize, counts: usize): void {
	const step = <usize>stride * 4;
	let keys = scratch;
	memory.fill(counts, 0, 3 * digits * 4);
	for (; values < end; values += step) {
		const bits = load<i32>(values);
		const key = <u32>(bits ^ ((bits >> 31) | i32.MIN_VALUE));
		store<u32>(keys, key);
		keys += 4;
		increment(counts, key & digitMask);
		increment(counts + digits * 4, key >> 11 & digitMask);
		increment(counts + 2 * digits * 4, key >> 22);
	}

	const bytes = keys - scratch;
	toStarts(counts);
	toStarts(counts + digits * 4);
	toStarts(counts + 2 * digits * 4);
	for (let at: usize = 0; at < bytes; at += 4) {
		const key = load<u32>(scratch + at);
		store<u32>(sorted + next(counts, key & digitMask), key);
	}

	for (let at: usize = 0; at < bytes; at += 4) {
		const key = load<u32>(sorted + at);
		store<u32>(scratch + next(counts + digits * 4, key >> 11 & digitMask), key);
	}

	for (let at: usize = 0; at < bytes; at += 4) {
		const key = load<u32>(scratch + at);
		const bits = key ^ ((<i32>~key >> 31) | i32.MIN_VALUE);
		store<u32>(sorted + next(counts + 2 * digits * 4, key >> 22), bits);
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function increment(counts: usize, digit: u32): void {
	const address = counts + (<usize>digit << 2);
	store<i32>(address, load<i32>(address) + 4);
}

/** How many bytes there are of each digit becomes where the first of them goes. */
function toStarts(counts: usize): void {
	let start = 0;
	for (let end = counts + digits * 4; counts < end; counts += 4) {
		const bytes = load<i32>(counts);
		store<i32>(counts, start);
		start += bytes;
	}
}

/** Where the next value of a digit goes. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function next(counts: usize, digit: u32): usize {
	const address = counts + (<usize>digit << 2);
	const place = load<i32>(address);
	store<i32>(address, place + 4);
	return <usize>place;
}
