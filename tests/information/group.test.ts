import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {groupRows, type RowCode} from '../../source/information/group.js';

const asIs: RowCode = value => value;
const layerOf = (rows: ReadonlyArray<readonly number[]>) => ({
	rows: rows.length, units: rows[0]?.length ?? 1, values: Float64Array.from(rows.flat()),
});

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
		['beyond 32 bits, a multiple of 2^32 apart', fc.integer({min: -3, max: 3}).map(cell => cell * (2 ** 32))],
		['of any size', fc.oneof(fc.maxSafeInteger(), fc.constantFrom(1e300, -1e300, Infinity, -Infinity, 2 ** 31, -(2 ** 31)))],
	])('exactly if all of their cells agree, with cells that are %s', (_, cells) => {
		fc.assert(fc.property(matrices(cells), rows => {
			const {ids, count} = groupRows(layerOf(rows), asIs);
			const expected = renumbered(rows.map(row => row.map(String).join(' ')));
			expect(renumbered(ids)).toEqual(expected);
			expect(count).toBe(new Set(expected).size);
			expect(ids.every(id => id >= 0 && id < count)).toBe(true);
		}));
	});

	it('also where a code of the whole row would not fit a double', () => {
		// 4096 rows of 30 units that agree in all but the last bits, which 256^30 would lose
		const rows = Array.from({length: 4096}, (_, row) => Array.from({length: 30}, (_, unit) => unit < 18 ? 255 : (row >> (29 - unit)) & 1));
		expect(groupRows(layerOf(rows), asIs).count).toBe(4096);
	});

	it.each([
		['no rows', [], 0],
		['one row', [[1, 2]], 1],
		['a zero and a negative zero', [[0], [-0]], 1],
	])('with %s', (_, rows, count) => {
		expect(groupRows(layerOf(rows), asIs).count).toBe(count);
	});
});
