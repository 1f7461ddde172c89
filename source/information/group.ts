import {type Groups} from './entropy.js';
import {type LayerActivations} from './registry.js';

/** The cell of one value, as a whole number; `isFloat32` says in which precision the papers' code would have divided. */
export type RowCode = (value: number, isFloat32: boolean) => number;

/**
Rows whose cells agree in every unit form a group. Column by column, so that no code of a whole row is ever needed (30^10 does not
fit a double): the pair (group so far, cell in this unit) is looked up in a hash table and becomes the new group.
Time rows × units, memory linear in rows.
*/
export function groupRows({rows, units, values}: LayerActivations, codeOf: RowCode): Groups {
	const isFloat32 = values instanceof Float32Array;
	const ids = new Int32Array(rows);
	const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * rows))));
	const parents = new Int32Array(rows);
	const cells = new Float64Array(rows);
	let count = rows > 0 ? 1 : 0;
	for (let unit = 0; unit < units && count < rows; unit++) {
		table.fill(0);
		let next = 0;
		for (let row = 0; row < rows; row++) {
			const cell = codeOf(values[(row * units) + unit]!, isFloat32);
			const parent = ids[row]!;
			let slot = hash(parent, cell) & (table.length - 1);
			for (;;) {
				const group = table[slot]! - 1;
				if (group === -1) {
					parents[next] = parent;
					cells[next] = cell;
					table[slot] = ++next;
					ids[row] = next - 1;
					break;
				}

				if (parents[group] === parent && cells[group] === cell) {
					ids[row] = group;
					break;
				}

				slot = (slot + 1) & (table.length - 1);
			}
		}

		count = next;
	}

	return {ids, count};
}

/** Cells may be far larger than 2^31 (a ReLU value over a narrow width), so both halves go in. */
function hash(parent: number, cell: number): number {
	let mixed = Math.imul(parent ^ Math.imul(cell | 0, 0x85_EB_CA_6B), 0x9E_37_79_B1);
	mixed ^= Math.imul((cell / 0x1_00_00_00_00) | 0, 0xC2_B2_AE_35);
	return mixed ^ (mixed >>> 15);
}
