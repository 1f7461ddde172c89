import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {cellOf, finestGrid, gridFor} from '../../source/run/epoch-grid.js';

const ascending = fc.uniqueArray(fc.oneof(fc.nat({max: 3000}), fc.nat({max: 1_000_000_000})), {minLength: 1, maxLength: 300})
	.map(epochs => epochs.toSorted((a, b) => a - b));
const power = fc.integer({min: -4, max: 40}).map(exponent => 2 ** exponent);
const firsts = (epochs: readonly number[], cells: number) =>
	epochs.filter((epoch, index) => index === 0 || cellOf(epoch, cells) > cellOf(epochs[index - 1]!, cells));

describe('a grid over epochs', () => {
	it('joins, with half as many cells, cells two by two, so that thinning in steps is thinning at once', () => {
		fc.assert(fc.property(ascending, power, (epochs, cells) => {
			expect(firsts(firsts(epochs, cells), cells / 2)).toEqual(firsts(epochs, cells / 2));
		}));
	});

	it('is the finest in which there is room for the epochs', () => {
		fc.assert(fc.property(ascending, fc.integer({min: 1, max: 100}), (epochs, room) => {
			const cells = gridFor(epochs, room);
			expect(firsts(epochs, cells).length).toBeLessThanOrEqual(room);
			expect(cells === finestGrid || firsts(epochs, cells * 2).length > room).toBe(true);
		}));
	});

	it('keeps neighbours apart where it is finest, as far out as epochs go', () => {
		for (const epoch of [0, 1, 20, 999_999, 10_000_000]) {
			expect(cellOf(epoch + 1, finestGrid)).toBeGreaterThan(cellOf(epoch, finestGrid));
		}
	});

	it('is dense early and sparse late: of a million epochs, all of the first hundred, and then one in a hundredth of the epoch', () => {
		const million = Array.from({length: 1_000_000}, (_, epoch) => epoch);
		const kept = firsts(million, gridFor(million, 1500));
		expect(kept.length).toBeGreaterThan(750);
		expect(kept.slice(0, 64)).toEqual(million.slice(0, 64));
		const steps = kept.slice(100).map((epoch, index) => (epoch - kept[index + 99]!) / epoch);
		expect(Math.max(...steps)).toBeLessThan(0.03);
	});
});
