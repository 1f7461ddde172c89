import {describe, expect, it} from 'vitest';
import {KernelMemory, tileNumbers} from '../../source/information/kernel-density/memory.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {Random} from '../../source/random.js';

const random = Random.stream(1, 'tiles');
const values = Float32Array.from({length: 3 * 1000}, () => random.normal());
const labels = Uint8Array.from({length: 1000}, () => random.below(3) * 100);
const layer = {rows: 1000, units: 3, values};
const tileRows = 64;

/** The order of the rows and the tiles, read from WebAssembly's memory. */
function tilesOf(layer: LayerActivations, given?: Uint8Array): {order: Int32Array; tiles: Int32Array} {
	const memory = new KernelMemory();
	const {order, tiles, count} = memory.place(layer, given);
	return {order: order.slice(), tiles: memory.int32(tiles, count * tileNumbers).slice()};
}

describe.each([['labels', labels], ['no labels', undefined]])('tiles of rows with %s', (_, given) => {
	const {order, tiles} = tilesOf(layer, given);
	const members = Array.from({length: tiles.length / tileNumbers}, (_, index) => {
		const [first, groups, label] = tiles.subarray(index * tileNumbers);
		return {label, rows: order.subarray(4 * first!, 4 * (first! + groups!)).filter(row => row !== -1)};
	});

	it('hold every row once', () => {
		expect(members.flatMap(tile => [...tile.rows]).toSorted((a, b) => a - b)).toEqual(Array.from({length: layer.rows}, (_, row) => row));
	});

	it('are of one class each, and not too large', () => {
		for (const tile of members) {
			expect(tile.rows.length).toBeGreaterThan(0);
			expect(tile.rows.length).toBeLessThanOrEqual(tileRows);
			expect(tile.rows.every(row => (given?.[row] ?? 0) === tile.label)).toBe(true);
		}
	});

	it('are smaller in space than the whole', () => {
		const widthOf = (some: readonly number[]) => Math.max(...some.map(row => values[3 * row]!)) - Math.min(...some.map(row => values[3 * row]!));
		const widths = members.map(tile => widthOf([...tile.rows])).toSorted((a, b) => a - b);
		expect(widths[widths.length >> 1]!).toBeLessThan(widthOf(Array.from({length: layer.rows}, (_, row) => row)) / 2);
	});
});

it('rows that are all equal are parted as well', () => {
	const {order, tiles} = tilesOf({rows: 100, units: 1, values: new Float32Array(100)});
	expect(tiles.length / tileNumbers).toBe(Math.ceil(100 / tileRows));
	expect(order.length).toBe(100);
});
