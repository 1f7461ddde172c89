import {describe, expect, it} from 'vitest';
import {chebyshevNodes, lagrangeFactors, nodeCount} from '../../source/information/kernel-density/chebyshev.js';
import {eigenvectors} from '../../source/information/kernel-density/eigenvectors.js';
import {KernelMemory} from '../../source/information/kernel-density/memory.js';
import {alongPrincipalAxes} from '../../source/information/kernel-density/principal-axes.js';
import {Random} from '../../source/random.js';

const random = Random.stream(1, 'principal axes');
const rows = 600;
const normal = (units: number, widths: readonly number[]) => ({
	rows, units, values: Float32Array.from({length: rows * units}, (_, index) => widths[index % units]! * random.normal()),
});

function distance({units, values}: {readonly units: number; readonly values: ArrayLike<number>}, a: number, b: number): number {
	return Math.hypot(...Array.from({length: units}, (_, unit) => values[(a * units) + unit]! - values[(b * units) + unit]!));
}

describe('rows along their principal axes', () => {
	it('are as far apart as before, and extend furthest along the first', () => {
		const layer = normal(3, [0.1, 0.5, 0.2]);
		const turned = alongPrincipalAxes(layer, 0.01);
		expect(turned.units).toBe(3);
		for (let row = 1; row < rows; row++) {
			expect(distance(turned, row - 1, row)).toBeCloseTo(distance(layer, row - 1, row), 5);
		}

		const spreads = Array.from({length: 3}, (_, unit) => Math.hypot(...Array.from({length: rows}, (_, row) => turned.values[(row * 3) + unit]!)));
		expect(spreads.toSorted((a, b) => b - a)).toEqual(spreads);
	});

	it.each([2, 3, 7, 12])('have one unit if they lie on a line, whatever its direction among %d', units => {
		const {values} = normal(1, [1]);
		const direction = Array.from({length: units}, () => random.normal() / Math.sqrt(units));
		const line = {rows, units, values: Float32Array.from({length: units * rows}, (_, index) => direction[index % units]! * values[Math.floor(index / units)]!)};
		const turned = alongPrincipalAxes(line, 0.01);
		expect(turned.units).toBe(1);
		expect(distance(turned, 3, 4)).toBeCloseTo(distance(line, 3, 4), 5);
	});

	it('have one unit if they are all equal', () => {
		expect(alongPrincipalAxes({rows, units: 4, values: new Float32Array(4 * rows).fill(0.7)}, 1e-3).units).toBe(1);
	});

	it.each([
		['too few to gain by it', {...normal(3, [1, 1, 1]), rows: 100, values: new Float32Array(300)}, 0.1],
		['too far extended for float32', normal(3, [1e4, 1e4, 1e-2]), 1e-4],
		['of too many units', normal(40, Array.from({length: 40}, () => 1)), 0.1],
		['of too many units, even if they are all equal', {rows, units: 40, values: new Float32Array(40 * rows)}, 0.1],
		['of more than three units', normal(4, [1, 1, 1, 0]), 0.1],
		['of more than three units, and not quite on a line', normal(4, [1, 1e-4, 0, 0]), 0.1],
		['beyond what float32 can hold', normal(2, [1e38, 1e38]), 1],
	] as const)('stay as they are if they are %s', (_, layer, variance) => {
		expect(alongPrincipalAxes(layer, variance)).toBe(layer);
	});
});

it('eigenvectors are at right angles, and the matrix stretches each by its eigenvalue', () => {
	// Eigenvalues 4, 2 and 1, the first along (1, 1, 0).
	const axes = eigenvectors(Float64Array.of(3, 1, 0, 1, 3, 0, 0, 0, 1), 3);
	expect(axes.map(axis => [...axis].map(part => Math.abs(part).toFixed(6)))).toEqual([
		['0.707107', '0.707107', '0.000000'],
		['0.707107', '0.707107', '0.000000'],
		['0.000000', '0.000000', '1.000000'],
	]);
	expect(axes[0]![0]! * axes[0]![1]!).toBeGreaterThan(0);
	expect(axes[1]![0]! * axes[1]![1]!).toBeLessThan(0);
});

it.each([-1, -0.3, 0, 0.77, 1, chebyshevNodes[3]!])('polynomials through the nodes are met at %d', wanted => {
	const memory = new KernelMemory();
	const value = Float32Array.of((wanted + 1) / 2);
	const place = (2 * value[0]!) - 1;
	const [line, nodes] = [memory.put(value), memory.put(Float64Array.of(...chebyshevNodes, ...lagrangeFactors))];
	const [cells, polynomials] = [memory.reserve(4), memory.reserve(nodeCount * 8)];
	memory.module.spreadRows(1, line, 0, 1, 1, nodes, cells, polynomials);
	const at = memory.float64(polynomials, nodeCount);
	for (let degree = 0; degree < nodeCount; degree++) {
		expect(at.reduce((sum, part, node) => sum + (part * (chebyshevNodes[node]! ** degree)), 0)).toBeCloseTo(place ** degree, 12);
	}
});
