import {groupRows} from './groups';

/** Rows of a tile at most, a multiple of those of a group: small enough for tiles to be far apart, large enough for their number not to count. */
export const tileRows: i32 = 4 * groupRows;

/** Bytes of one tile: first group, groups, class; int32. */
export const tileBytes: usize = 12;

/**
Writes the box of each tile, `boxBytesOf(units)` each, and behind all of them the boxes of the four groups of each tile, `groupBoxBytesOf(units)`
each; rows at infinity are left out.

A tile's box is first the least value of each unit, then the greatest of each, float32, each filled up with zeros to a multiple of four. Those
of its groups lie unit by unit, the least of the four groups and then the greatest; a group that the tile does not have is nowhere.
*/
export function measureBoxes(units: i32, rows: usize, tiles: usize, count: i32, boxes: usize): void {
	const bytes = <usize>units * 16;
	const boxBytes = boxBytesOf(units);
	const groupBoxes = boxes + <usize>count * boxBytes;
	const infinity = f32x4.splat(Infinity);
	memory.fill(boxes, 0, <usize>count * boxBytes);
	for (let index: usize = 0; index < <usize>count; index++) {
		const tile = tiles + index * tileBytes;
		const start = rows + <usize>load<i32>(tile) * bytes;
		const end = start + <usize>load<i32>(tile, 4) * bytes;
		let box = boxes + index * boxBytes;
		let groupBox = groupBoxes + index * groupBoxBytesOf(units);
		for (let unit: usize = 0; unit < bytes; unit += 16) {
			let least: f32 = Infinity;
			let greatest: f32 = -Infinity;
			v128.store(groupBox, infinity);
			v128.store(groupBox, f32x4.splat(-Infinity), 16);
			let lane = groupBox;
			for (let group = start + unit; group < end; group += bytes) {
				const values = v128.load(group);
				const low = leastOf(values);
				const high = -leastOf(f32x4.neg(v128.bitselect(f32x4.splat(-Infinity), values, f32x4.eq(values, infinity))));
				store<f32>(lane, low);
				store<f32>(lane, high, 16);
				least = min(least, low);
				greatest = max(greatest, high);
				lane += 4;
			}

			store<f32>(box, least);
			store<f32>(box + boxBytes / 2, greatest);
			box += 4;
			groupBox += 32;
		}
	}
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function leastOf(values: v128): f32 {
	const pairs = f32x4.pmin(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
	return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function boxBytesOf(units: usize): usize {
	return (units + 3) / 4 * 32;
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function groupBoxBytesOf(units: usize): usize {
	return units * 32;
}

/** The square of the least distance that points of the boxes of two tiles can have. */
export function boxDistance(a: usize, b: usize, units: usize): f32 {
	const bytes = boxBytesOf(units) / 2;
	let distance = f32x4.splat(0);
	for (let unit: usize = 0; unit < bytes; unit += 16) {
		const below = f32x4.sub(v128.load(b + unit), v128.load(a + bytes + unit));
		const above = f32x4.sub(v128.load(a + unit), v128.load(b + bytes + unit));
		const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
		distance = f32x4.add(distance, f32x4.mul(gap, gap));
	}

	return f32x4.extract_lane(distance, 0) + f32x4.extract_lane(distance, 1) + f32x4.extract_lane(distance, 2) + f32x4.extract_lane(distance, 3);
}

/** The same of one group, whose least values begin at `group`, with the four of another tile. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function groupDistances(group: usize, others: usize, units: usize): v128 {
	const end = others + units * 32;
	let distances = f32x4.splat(0);
	for (; others < end; others += 32) {
		const below = f32x4.sub(v128.load(others), v128.load32_splat(group, 16));
		const above = f32x4.sub(v128.load32_splat(group), v128.load(others, 16));
		const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
		distances = f32x4.add(distances, f32x4.mul(gap, gap));
		group += 32;
	}

	return distances;
}
