import {groupRows} from './groups';

/**
A cheap first look at pairs of groups whose boxes are near, for rows of many units, in whole numbers: with places in levels of a frame,
int16, and D = ‖x‖² + ‖y‖² − 2 x · y, two units of four pairs take a product and a sum. Nothing is lost to rounding but what the levels
lose, which `reachOf` makes up for.
*/

/** Units from which on looking is repaid. */
export const fewestUnits: i32 = 6;

/** ‖x‖² is at most this: then D, at most four times as much, and all that it is told from are within int32 once they are halved. */
const largestSquare: f64 = 536_870_912;

/** More than float32 can be wrong about the levels of a row. */
const looseness: f64 = 1.01;

/** Levels are within ± this, of so many units. */
function greatestLevel(units: i32): f64 {
	return min(32_767, floor(sqrt(largestSquare / <f64>units)));
}

/** Bytes of one group: two units of each row, int16, and so on, then half of each row's −‖x‖², int32. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function levelBytesOf(units: usize): usize {
	return (units + 1) / 2 * 16 + 16;
}

/** Bytes of the levels of so many groups, 0 where looking is not repaid. */
export function levelsBytes(units: i32, groups: i32): usize {
	return units < fewestUnits ? 0 : <usize>groups * levelBytesOf(units);
}

/**
Writes the levels of `groups` groups of rows, those beyond the frame (boxes.ts) at its edge: moved to the nearest place within a box, no two are
further apart than before.
*/
export function measureLevels(units: i32, rows: usize, groups: i32, frame: usize, levels: usize): void {
	const greatest = <f32>greatestLevel(units);
	const scale = load<f32>(frame + <usize>units * 4) * greatest / 127.5;
	const bytes = <usize>units * groupRows * 4;
	for (const end = rows + <usize>groups * bytes; rows < end; rows += bytes) {
		let squares = i32x4.splat(0);
		for (let unit: usize = 0; unit < bytes; unit += 32) {
			const even = levelsAt(rows + unit, frame + unit / 4, scale, greatest);
			squares = i32x4.add(squares, i32x4.mul(even, even));
			let both = v128.and(even, i32x4.splat(0xFF_FF));
			if (unit + 16 < bytes) {
				const odd = levelsAt(rows + unit + 16, frame + unit / 4 + 4, scale, greatest);
				squares = i32x4.add(squares, i32x4.mul(odd, odd));
				both = v128.or(both, i32x4.shl(odd, 16));
			}

			v128.store(levels, both);
			levels += 16;
		}

		v128.store(levels, i32x4.neg(i32x4.shr_s(squares, 1)));
		levels += 16;
	}
}

/** The levels of one unit of four rows, whose least value is at `origin`. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
function levelsAt(values: usize, origin: usize, scale: f32, greatest: f32): v128 {
	const place = f32x4.sub(f32x4.mul(f32x4.sub(v128.load(values), v128.load32_splat(origin)), f32x4.splat(scale)), f32x4.splat(greatest));
	return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.max(f32x4.splat(-greatest), f32x4.min(f32x4.splat(greatest), place))));
}

/**
Half of the greatest distance² in levels, int32, at which rows may be whose distance² is less than `distance`: each of two rows may be off by
half a level in each unit.
*/
export function reachOf(distance: f32, frame: usize, units: i32): i32 {
	const scale = <f64>load<f32>(frame + <usize>units * 4) * greatestLevel(units) / 127.5;
	const levels = (sqrt(<f64>distance) * scale + sqrt(<f64>units)) * looseness + 1;
	return <i32>min(2 * largestSquare, ceil(levels * levels / 2));
}

/**
Keeps those numbers of groups, int32 from `list` to `end`, of which a row may be as near as `reach` (`reachOf`) to one of the group whose levels
begin at `row`; returns where they end.
*/
export function keepNear(row: usize, levels: usize, list: usize, end: usize, units: usize, reach: i32): usize {
	const bytes = levelBytesOf(units);
	const pairs = bytes - 16;
	const least = i32x4.sub(i32x4.neg(v128.load(row + pairs)), i32x4.splat(reach));
	let kept = list;
	for (; list < end; list += 4) {
		const number = load<i32>(list);
		let column = levels + <usize>number * bytes;
		const last = column + pairs;
		let product0 = v128.load32_splat(last);
		let product1 = v128.load32_splat(last, 4);
		let product2 = v128.load32_splat(last, 8);
		let product3 = v128.load32_splat(last, 12);
		for (let pair = row; column < last; pair += 16) {
			const values = v128.load(pair);
			product0 = i32x4.add(product0, i32x4.dot_i16x8_s(values, v128.load32_splat(column)));
			product1 = i32x4.add(product1, i32x4.dot_i16x8_s(values, v128.load32_splat(column, 4)));
			product2 = i32x4.add(product2, i32x4.dot_i16x8_s(values, v128.load32_splat(column, 8)));
			product3 = i32x4.add(product3, i32x4.dot_i16x8_s(values, v128.load32_splat(column, 12)));
			column += 16;
		}

		const nearest = i32x4.max_s(i32x4.max_s(product0, product1), i32x4.max_s(product2, product3));
		store<i32>(kept, number);
		kept += <usize>v128.any_true(i32x4.ge_s(nearest, least)) << 2;
	}

	return kept;
}
