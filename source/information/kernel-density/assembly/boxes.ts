import {groupRows} from './groups';

/** Groups and rows of a tile at most: as many groups as there are lanes of bytes. */
export const tileGroups: i32 = 16;
export const tileRows: i32 = tileGroups * groupRows;

/** Bytes of one tile: first group, groups, class; int32. */
export const tileBytes: usize = 12;

/** The levels in which places are told to bytes are 0 … `topLevel`. */
const topLevel: f32 = 255;

/** More than float32 can be wrong about a level, relative to a distance². */
const looseness: f32 = 1.001;

/** Bytes of the boxes of a tile: for each unit the least level of each of its groups, and the greatest. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function boxBytesOf(units: usize): usize {
	return units * 2 * <usize>tileGroups;
}

/**
Stores to `frame` how places become levels: the least value of each unit, float32, over `groups` groups of rows, and behind them the levels a unit
of length, the same along all axes, or 0 where that cannot be said.
*/
export function measureFrame(units: i32, rows: usize, groups: i32, frame: usize): void {
	const bytes = <usize>units * 16;
	const end = rows + <usize>groups * bytes;
	const infinity = f32x4.splat(Infinity);
	let widest: f32 = 0;
	for (let unit: usize = 0; unit < bytes; unit += 16) {
		let low = infinity;
		let high = f32x4.splat(-Infinity);
		for (let group = rows + unit; group < end; group += bytes) {
			const values = v128.load(group);
			low = f32x4.pmin(low, values);
			high = f32x4.pmax(high, v128.bitselect(high, values, f32x4.eq(values, infinity)));
		}

		const least = leastOf(low);
		store<f32>(frame + unit / 4, least);
		widest = max(widest, -leastOf(f32x4.neg(high)) - least);
	}

	const scale = topLevel / widest;
	store<f32>(frame + bytes / 4, scale < Infinity ? scale : 0);
}

/** Bytes of the boxes of the groups of `count` tiles, and of the tiles. */
export function boxesBytes(units: i32, count: i32): usize {
	return tileBoxesOf(0, units, count) + <usize>((count + tileGroups - 1) / tileGroups) * boxBytesOf(units);
}

/** Where the boxes of the tiles are, as those of groups: every 16 of them together. */
export function tileBoxesOf(boxes: usize, units: usize, count: usize): usize {
	return boxes + count * boxBytesOf(units);
}

/**
Writes the boxes of each tile in levels, one byte each, outwards where a place lies between two; what lies beyond the frame is at its edge, rows at
infinity are left out, and a group that the tile does not have is where its last one is. Where the frame cannot tell levels, all are anywhere.
*/
export function measureBoxes(units: i32, rows: usize, tiles: usize, count: i32, frame: usize, boxes: usize): void {
	const bytes = <usize>units * 16;
	const scale = load<f32>(frame + bytes / 4);
	const tileBoxes = tileBoxesOf(boxes, units, count);
	memory.fill(boxes, 0, boxesBytes(units, count));
	if (!(scale > 0)) {
		return;
	}

	for (let index: usize = 0; index < <usize>count; index++) {
		const tile = tiles + index * tileBytes;
		const start = rows + <usize>load<i32>(tile) * bytes;
		const end = start + <usize>load<i32>(tile, 4) * bytes;
		const last = end - bytes;
		for (let unit: usize = 0; unit < bytes; unit += 16) {
			const origin = v128.load32_splat(frame + unit / 4);
			let box = boxes;
			let low = i32x4.splat(<i32>topLevel);
			let high = i32x4.splat(0);
			for (let group = start; group < end; group += 4 * bytes) {
				const a = v128.load(group + unit);
				const b = v128.load(min(group + bytes, last) + unit);
				const c = v128.load(min(group + 2 * bytes, last) + unit);
				const d = v128.load(min(group + 3 * bytes, last) + unit);
				const from = levelOf(f32x4.floor(placeOf(leastOfEach(a, b, c, d), origin, scale)));
				const to = levelOf(f32x4.ceil(placeOf(f32x4.neg(leastOfEach(negated(a), negated(b), negated(c), negated(d))), origin, scale)));
				low = i32x4.min_s(low, from);
				high = i32x4.max_s(high, to);
				v128.store_lane<u32>(box, toBytes(from), 0);
				v128.store_lane<u32>(box + <usize>tileGroups, toBytes(to), 0);
				box += 4;
			}

			const tileBox = tileBoxes + index / <usize>tileGroups * boxBytesOf(units) + unit * 2 + index % <usize>tileGroups;
			store<u8>(tileBox, <u8><i32>leastOf(f32x4.convert_i32x4_s(low)));
			store<u8>(tileBox + <usize>tileGroups, <u8><i32>-leastOf(f32x4.convert_i32x4_s(i32x4.neg(high))));
			boxes += 2 * <usize>tileGroups;
		}
	}
}

/** The least of each of the four. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function leastOfEach(a: v128, b: v128, c: v128, d: v128): v128 {
	const ab = f32x4.pmin(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
	const cd = f32x4.pmin(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
	return f32x4.pmin(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** −value, and infinity where that is infinity, so that it is never the least. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function negated(values: v128): v128 {
	const infinity = f32x4.splat(Infinity);
	return v128.bitselect(infinity, f32x4.neg(values), f32x4.eq(values, infinity));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function placeOf(values: v128, origin: v128, scale: f32): v128 {
	return f32x4.mul(f32x4.sub(values, origin), f32x4.splat(scale));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function levelOf(places: v128): v128 {
	return i32x4.trunc_sat_f32x4_s(f32x4.max(f32x4.splat(0), f32x4.min(f32x4.splat(topLevel), places)));
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function toBytes(levels: v128): v128 {
	const halves = i16x8.narrow_i32x4_s(levels, levels);
	return i8x16.narrow_i16x8_u(halves, halves);
}

/** The greatest distance² in levels, as uint16, at which boxes may hold points whose distance² is less than `distance`. */
export function levelsOf(distance: f32, frame: usize, units: usize): v128 {
	const scale = load<f32>(frame + units * 4);
	const levels = distance * scale * scale * looseness + 1;
	return i16x8.splat(<i16><u16>(levels < 65_535 ? <i32>levels : 65_535));
}

/**
Which groups of a tile may be as near as the limits (uint16, `levelsOf`) to another group, whose levels begin at `group`: bit k for the k-th group and
the first limit, bit 16 + k for the second.
*/
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function nearGroups(group: usize, boxes: usize, units: usize, limit: v128, secondLimit: v128): u32 {
	const end = boxes + boxBytesOf(units);
	let low = i64x2.splat(0);
	let high = i64x2.splat(0);
	for (; boxes < end; boxes += 32) {
		const above = i8x16.sub_sat_u(v128.load(boxes), v128.load8_splat(group, 16));
		const below = i8x16.sub_sat_u(v128.load8_splat(group), v128.load(boxes, 16));
		const gap = v128.or(above, below);
		low = i16x8.add_sat_u(low, i16x8.extmul_low_i8x16_u(gap, gap));
		high = i16x8.add_sat_u(high, i16x8.extmul_high_i8x16_u(gap, gap));
		group += 32;
	}

	const first = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.le_u(low, limit), i16x8.le_u(high, limit)));
	const second = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.le_u(low, secondLimit), i16x8.le_u(high, secondLimit)));
	return <u32>first | <u32>second << 16;
}

// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function leastOf(values: v128): f32 {
	const pairs = f32x4.pmin(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
	return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
