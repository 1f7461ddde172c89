/**
Numbers the rows of `rows` × `units` cells (int32) by group, as `groupRows` in ../../group.ts does, and returns how many groups there are.

`ids`: one int32 a row, where the hashes are first: a loop of its own for them does not wait for wrong guesses whether a slot is empty.
`table`: as many int32 as `mask` + 1, a power of two and several times the rows, since most of those guesses are wrong at slots that
another group took. `factors`: `units` odd numbers, followed by zeros up to a multiple of four. After the last cell, 16 bytes are read
and ignored.
*/
export function groupRows(cells: usize, rows: i32, units: i32, ids: usize, table: usize, mask: i32, factors: usize): i32 {
	const bytes = <usize>units * 4;
	const whole = bytes & ~15;
	const rest = restMask(units & 3);
	memory.fill(table, 0, (<usize>mask + 1) * 4);
	let count = 0;
	for (let row = 0; row < rows; row++) {
		store<i32>(ids + (<usize>row << 2), hashOf(cells + <usize>row * bytes, bytes, factors));
	}

	for (let row = 0; row < rows; row++) {
		const start = cells + <usize>row * bytes;
		let slot = load<i32>(ids + (<usize>row << 2)) & mask;
		for (;;) {
			const first = load<i32>(table + (<usize>slot << 2)) - 1;
			if (first === -1) {
				store<i32>(table + (<usize>slot << 2), row + 1);
				store<i32>(ids + (<usize>row << 2), count++);
				break;
			}

			if (areEqual(start, cells + <usize>first * bytes, whole, rest)) {
				store<i32>(ids + (<usize>row << 2), load<i32>(ids + (<usize>first << 2)));
				break;
			}

			slot = (slot + 1) & mask;
		}
	}

	return count;
}

/**
The sum of the cells times a factor each, so that the products do not wait for each other. High bits are folded onto the low ones before,
since the low bits of a product come from low bits alone, and after, since these choose the slot.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function hashOf(start: usize, bytes: usize, factors: usize): i32 {
	let sums = i32x4.splat(0);
	for (let offset: usize = 0; offset < bytes; offset += 16) {
		const four = v128.load(start + offset);
		sums = i32x4.add(sums, i32x4.mul(v128.xor(four, i32x4.shr_u(four, 16)), v128.load(factors + offset)));
	}

	sums = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
	let hash = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
	hash = (hash ^ (hash >>> 15)) * 0x85_EB_CA_6B;
	return hash ^ (hash >>> 13);
}

/** Whether two rows agree: in all of their fours of cells, and in the lanes of `rest` of what follows. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function areEqual(a: usize, b: usize, whole: usize, rest: v128): bool {
	for (let offset: usize = 0; offset < whole; offset += 16) {
		if (v128.any_true(v128.xor(v128.load(a + offset), v128.load(b + offset)))) {
			return false;
		}
	}

	return !v128.any_true(v128.and(rest, v128.xor(v128.load(a + whole), v128.load(b + whole))));
}

/** The first `count` lanes, of four. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function restMask(count: i32): v128 {
	return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}
