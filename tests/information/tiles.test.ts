import {describe, expect, it} from 'vitest';
import {tileNumbers, tileRows, tileRowsByClass} from '../../source/information/kernel-density/tiles.js';
import {Random} from '../../source/random.js';

const random = Random.stream(1, 'tiles');
const values = Float32Array.from({length: 3 * 1000}, () => random.normal());
const labels = Uint8Array.from({length: 1000}, () => random.below(3) * 100);
const layer = {rows: 1000, units: 3, values};
const rows = Int32Array.from({length: 501}, (_, index) => 2 * index % 1000).subarray(0, 500);

describe.each([['labels', labels], ['no labels', undefined]])('tiles of rows with %s', (_, given) => {
	const {order, tiles} = tileRowsByClass(layer, rows, given);
	const members = Array.from({length: tiles.length / tileNumbers}, (_, index) => {
		const [first, groups, label] = tiles.subarray(index * tileNumbers);
		return {label, rows: order.subarray(4 * first!, 4 * (first! + groups!)).filter(row => row !== -1)};
	});

	it('hold every row once', () => {
		expect(members.flatMap(tile => [...tile.rows]).toSorted((a, b) => a - b)).toEqual([...rows]);
	});

	it('are of one class each, and not too large', () => {
		for (const tile of members) {
			expect(tile.rows.length).toBeGreaterThan(0);
			expect(tile.rows.length).toBeLessThanOrEqual(tileRows);
			expect(tile.rows.every(row => (given?.[row] ?? 0) === tile.label)).toBe(true);
		}
	});

	it('are smaller in space than the whole', () => {
		const widthOf = (some: Int32Array) => Math.max(...some.map(row => 1000 * values[3 * row]!)) - Math.min(...some.map(row => 1000 * values[3 * row]!));
		const widths = members.map(tile => widthOf(tile.rows)).toSorted((a, b) => a - b);
		expect(widths[widths.length >> 1]!).toBeLessThan(widthOf(rows) / 2);
	});
});

it('rows that are all equal are parted as well', () => {
	const {order, tiles} = tileRowsByClass({rows: 100, units: 1, values: new Float32Array(100)}, Int32Array.from({length: 100}, (_, row) => row), undefined);
	expect(tiles.length / tileNumbers).toBe(Math.ceil(100 / tileRows));
	expect(order.length).toBe(100);
});
