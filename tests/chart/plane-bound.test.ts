import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {planeChart, type PlaneOptions} from '../../source/chart/plane.js';
import {type PlaneBound} from '../../source/chart/plane-bound.js';

const deterministic: PlaneBound = {kind: 'deterministic', points: [{x: 0, y: 0}, {x: 1, y: 1}, {x: 12, y: 1}]};
const annealed: PlaneBound = {kind: 'annealed', points: [{x: 0, y: 0}, {x: 0.9, y: 0.8}, {x: 1.5, y: 0.88}, {x: 2.2, y: 0.9}, {x: 12, y: 0.9}]};

const draw = (options: Partial<PlaneOptions> = {}): Grid => planeChart({
	width: 64, height: 21, trails: [], domain: {x: [0, 12], y: [0, 1]}, colorBy: 'layer', glyphs: glyphSets.braille, bound: deterministic, ...options,
});

const isDots = (character: string) => /[\u2801-\u28FF]/v.test(character);

describe('the bound in the plane', () => {
	it('rises to H(Y) along I(T;Y) = I(X;T), then stays', () => {
		const lines = draw().toLines();
		// Sixty columns are 12 bits: the bend is at column 4 + 5; the name of the axis covers the corner.
		expect([...lines[0]!].slice(10).every(character => isDots(character))).toBe(true);
		for (let row = 2; row < 20; row++) {
			const dots = [...lines[row]!].flatMap((character, column) => isDots(character) ? [column] : []);
			expect(dots.length).toBeGreaterThan(0);
			expect(Math.abs(dots[0]! - (4 + (5 * (19.5 - row) / 20)))).toBeLessThanOrEqual(1);
		}
	});

	it.each([
		['deterministic', deterministic, 'IB bound, deterministic'],
		['annealed', annealed, 'IB bound'],
	] as const)('is named where it is %s', (_, bound, legend) => {
		const lines = draw({bound}).toLines();
		expect(lines.filter(line => line.includes(legend))).toHaveLength(1);
		expect(lines.some(line => line.includes('deterministic'))).toBe(bound === deterministic);
	});

	it.each([
		['too narrow', {width: 24}],
		['too low', {height: 8}],
		['zoomed, so that the bend may be elsewhere', {domain: {x: [3, 6], y: [0.2, 0.6]}}],
	] as const)('has no name where the plane is %s', (_, options) => {
		expect(draw(options).toLines().join('\n')).not.toContain('bound');
	});

	it('lies under the trails, and dim', () => {
		const trails = [{layer: 2, label: '2', points: [{epoch: 0, x: 5, y: 1}, {epoch: 1, x: 9, y: 1}]}];
		const grid = draw({trails});
		expect(grid.character(4 + 44, 0)).toBe('2');
		expect(grid.style(4 + 35, 0).dim).toBeUndefined();
		expect(grid.style(4 + 55, 0).dim).toBe(true);
	});

	it.each([[1, 1], [5, 3], [300, 100]])('is drawn into %d × %d cells without harm', (width, height) => {
		expect(draw({width, height}).toLines()).toHaveLength(height);
	});
});

describe('a layer with two bounds', () => {
	const points = [{epoch: 0, x: 4, y: 0.2}, {epoch: 1, x: 8, y: 0.8}];
	const lower = [{epoch: 0, x: 2, y: 0.1}, {epoch: 1, x: 5, y: 0.5}];

	it('has the dots of the lower one, and a line from its newest point to the label on the upper one', () => {
		const grid = draw({
			bound: undefined, trails: [{
				layer: 1, label: '1', points, lower,
			}],
		});
		const without = draw({bound: undefined, trails: [{layer: 1, label: '1', points}]});
		expect(without.character(4 + 10, 17)).toBe(' ');
		expect(isDots(grid.character(4 + 10, 17)) || isDots(grid.character(4 + 9, 17)) || isDots(grid.character(4 + 10, 18))).toBe(true);
		// Half way between (5, 0.5) and (8, 0.8).
		const [column, row] = [4 + Math.round(6.5 * 5) - 1, 6];
		const around = [-1, 0, 1].flatMap(dx => [-1, 0, 1].map(dy => grid.character(column + dx, row + dy)));
		expect(around.some(character => isDots(character))).toBe(true);
		expect(grid.character(4 + 39, 4) === '1' || grid.character(4 + 40, 4) === '1' || grid.character(4 + 40, 3) === '1' || grid.character(4 + 39, 3) === '1').toBe(true);
	});
});
