import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupRows} from '../../source/information/group.js';

const groupsOf = (rows: ReadonlyArray<readonly number[]>) => groupRows(rows.length, rows[0]?.length ?? 1, Int32Array.from(rows.flat()));

/** Whether two labellings of the rows say "same group" of the same pairs. */
const renumbered = (ids: Iterable<number | string>) => {
	const numbers = new Map<number | string, number>();
	return Array.from(ids, id => {
		numbers.set(id, numbers.get(id) ?? numbers.size);
		return numbers.get(id)!;
	});
};

const matrices = (cells: fc.Arbitrary<number>) => fc.integer({min: 1, max: 6}).chain(units =>
	fc.array(fc.array(cells, {minLength: units, maxLength: units}), {minLength: 1, maxLength: 60}));

describe('rows form one group', () => {
	it.each([
		['small', fc.integer({min: -2, max: 2})],
		['a power of two apart', fc.integer({min: -3, max: 3}).map(cell => cell * (2 ** 28))],
		['of any size', fc.integer({min: -(2 ** 31), max: (2 ** 31) - 1})],
	])('exactly if all of their cells agree, with cells that are %s', (_, cells) => {
		fc.assert(fc.property(matrices(cells), rows => {
			const {ids, count} = groupsOf(rows);
			const expected = renumbered(rows.map(row => row.map(String).join(' ')));
			expect(renumbered(ids)).toEqual(expected);
			expect(count).toBe(new Set(expected).size);
			expect(ids.every(id => id >= 0 && id < count)).toBe(true);
		}));
	});

	it('also where a code of the whole row would not fit a double', () => {
		// 4096 rows of 30 units that agree in all but the last bits, which 256^30 would lose
		const rows = Array.from({length: 4096}, (_, row) => Array.from({length: 30}, (_, unit) => unit < 18 ? 255 : (row >> (29 - unit)) & 1));
		expect(groupsOf(rows).count).toBe(4096);
	});

	it.each([
		['no rows', [], 0],
		['one row', [[1, 2]], 1],
	])('with %s', (_, rows, count) => {
		expect(groupsOf(rows).count).toBe(count);
	});
});
