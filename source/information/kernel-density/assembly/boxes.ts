/** Groups of rows of a tile, at the most; the boxes of as many are compared at a time. */
export const tileGroups: usize = 4;

/** Of how many units the boxes of groups are compared: along principal axes the first tell most of a distance. */
const tellingUnits: usize = 6;

/** Bytes of one tile: first group, groups, class; int32. */
export const tileBytes: usize = 12;

/** Bytes of the boxes of a tile: of each unit the least values of its groups and the greatest, and of all its groups together. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function boxBytesOf(units: usize): usize {
	return units * 48;
}

/** Measures the boxes of each tile and its groups. Rows at infinity are left out, and groups without rows infinitely far away. */
export function measureBoxes(units: usize, rows: usize, tiles: usize, count: usize, boxes: usize): void {
	for (let index: usize = 0; index < count; index++) {
		const tile = tiles + index * tileBytes;
		const start = rows + <usize>load<i32>(tile) * units * 16;
		const groups = <usize>load<i32>(tile, 4);
		for (let unit: usize = 0; unit < units; unit++) {
			let least: f32 = Infinity;
			let greatest: f32 = -Infinity;
			for (let group: usize = 0; group < tileGroups; group++) {
				let low: f32 = Infinity;
				let high: f32 = -Infinity;
				for (let row: usize = 0; group < groups && row < 16; row += 4) {
					const value = load<f32>(start + (group * units + unit) * 16 + row);
					low = min(low, value);
					high = value < Infinity ? max(high, value) : high;
				}

				store<f32>(boxes + group * 4, low);
				store<f32>(boxes + group * 4, high, 16);
				least = min(least, low);
				greatest = max(greatest, high);
			}

			store<f32>(boxes, least, 32);
			store<f32>(boxes, greatest, 36);
			boxes += 48;
		}
	}
}

/** The square of the least distance that points of two tiles can have. */
export function distanceOfTiles(units: usize, a: usize, b: usize): f32 {
	let distance: f32 = 0;
	for (const end = a + boxBytesOf(units); a < end; a += 48) {
		const gap = max(max(load<f32>(b, 32) - load<f32>(a, 36), load<f32>(a, 32) - load<f32>(b, 36)), 0);
		distance += gap * gap;
		b += 48;
	}

	return distance;
}

/** The squares of the least distances that points of one group can have from points of each of the groups of a tile. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function distancesOfGroups(units: usize, box: usize, group: usize, other: usize): v128 {
	let distances = f32x4.splat(0);
	const lane = group * 4;
	for (const end = box + boxBytesOf(min(units, tellingUnits)); box < end; box += 48) {
		const below = f32x4.sub(v128.load(other), v128.load32_splat(box + lane, 16));
		const above = f32x4.sub(v128.load32_splat(box + lane), v128.load(other, 16));
		const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
		distances = f32x4.add(distances, f32x4.mul(gap, gap));
		other += 48;
	}

	return distances;
}
