import {type Groups} from './entropy.js';

/**
Rows whose cells agree in every unit form a group; numbered in the order of their first rows. A row is found again by a hash of its
cells and compared cell by cell, so no code of a whole row is ever needed (30^10 does not fit a double). Time and memory are linear
in rows × units.
*/
export function groupRows(rows: number, units: number, cells: Int32Array): Groups {
	const ids = new Int32Array(rows);
	const mask = (2 ** Math.ceil(Math.log2(Math.max(2, 2 * rows)))) - 1;
	const table = new Int32Array(mask + 1);
	const firstRows = new Int32Array(rows);
	let count = 0;
	for (let row = 0; row < rows; row++) {
		let slot = hashOf(cells, row * units, units) & mask;
		for (;;) {
			const group = table[slot]! - 1;
			if (group === -1) {
				firstRows[count] = row;
				ids[row] = count;
				table[slot] = ++count;
				break;
			}

			if (areEqual(cells, firstRows[group]! * units, row * units, units)) {
				ids[row] = group;
				break;
			}

			slot = (slot + 1) & mask;
		}
	}

	return {ids, count};
}

/** A polynomial in the cells, its high bits folded onto the low ones, which choose the slot. */
function hashOf(cells: Int32Array, start: number, units: number): number {
	let hash = 0;
	for (let index = start; index < start + units; index++) {
		hash = Math.imul(hash, 0x9E_37_79_B1) + cells[index]! | 0;
	}

	hash = Math.imul(hash ^ (hash >>> 15), 0x85_EB_CA_6B);
	return hash ^ (hash >>> 13);
}

function areEqual(cells: Int32Array, a: number, b: number, units: number): boolean {
	for (let unit = 0; unit < units; unit++) {
		if (cells[a + unit] !== cells[b + unit]) {
			return false;
		}
	}

	return true;
}
