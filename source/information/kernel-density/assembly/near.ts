import {boxBytesOf, boxDistance, tileBytes} from './boxes';

/** Most tiles that are looked at together, and groups that are summed in float32 before they are added to float64 sums. */
export const mostTiles: usize = 64;
export const mostGroups: usize = 64;

/** Bytes of their lists: the number of tiles comes before them, and a tile's four groups may be added to `mostGroups` of them, whole vectors. */
export const tileListBytes: usize = (mostTiles + 4) * 4;
export const groupListBytes: usize = (mostGroups + 8) * 4;

/**
Writes to `list` the numbers, int32, of tiles from `next` to `count` − 1 whose boxes are nearer to `box` than `farthest`, `mostTiles` at most, as
long as their class is `label`, or is not. Returns the first tile that was not looked at; how many there are is stored before the list.
*/
export function nearTiles(box: usize, tiles: usize, boxes: usize, next: usize, count: usize, label: i32, isOwn: bool, units: usize, farthest: f32, list: usize): usize {
	const boxBytes = boxBytesOf(units);
	let found: usize = 0;
	for (; next < count && found < mostTiles && (load<i32>(tiles + next * tileBytes, 8) === label) === isOwn; next++) {
		store<i32>(list + 4 + found * 4, <i32>next);
		found += <usize>(boxDistance(box, boxes + next * boxBytes, units) < farthest);
	}

	store<i32>(list, <i32>found);
	return next;
}

/** Appends to a list of groups those of the four from `number` on whose bit is set. Whichever these are, it takes the same steps. */
// @ts-expect-error: decorators of functions are AssemblyScript's own.
@inline
export function append(end: usize, number: i32, bits: i32): usize {
	store<i32>(end, number);
	end += <usize>(bits & 1) << 2;
	store<i32>(end, number + 1);
	end += <usize>(bits & 2) << 1;
	store<i32>(end, number + 2);
	end += <usize>(bits & 4);
	store<i32>(end, number + 3);
	return end + (<usize>(bits & 8) >> 1);
}
