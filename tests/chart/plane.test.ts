import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {type Grid} from '../../source/chart/grid.js';
import {epochColor, layerColor} from '../../source/chart/palette.js';
import {
	layerLabel, planeChart, type PlaneOptions, type Trail,
} from '../../source/chart/plane.js';

const bounds = {x: 12, y: 1};
const trail = (layer: number, ...points: ReadonlyArray<readonly [x: number, y: number]>): Trail => ({
	layer, label: layerLabel(layer), points: points.map(([x, y], epoch) => ({epoch, x, y})),
});

const draw = (trails: readonly Trail[], options: Partial<PlaneOptions> = {}): Grid => planeChart({
	width: 44, height: 21, trails, bounds, colorBy: 'layer', glyphs: glyphSets.braille, ...options,
});

/** Where a character stands, as `column,row`. */
const find = (grid: Grid, character: string): string[] => grid.toLines().flatMap((line, row) =>
	[...line].flatMap((found, column) => found === character && grid.style(column, row).bold ? [`${column},${row}`] : []));

describe('the information plane', () => {
	// 44 columns less a gutter of 4 are 40, 21 rows less the axis are 20; braille: 80 × 80 dots.
	it.each([
		['nothing known', [0, 0], '4,19'],
		['everything known', [12, 1], '43,0'],
		['all of the input, nothing of the label', [12, 0], '43,19'],
		['half of both', [6, 0.5], '23,9'],
		['3 bits, 0.75 bits', [3, 0.75], '13,4'],
	] as const)('puts a layer with %s into the right cell', (_, point, expected) => {
		expect(find(draw([trail(3, point)]), '3')).toEqual([expected]);
	});

	it('names both axes, from 0 to their ends', () => {
		const lines = draw([]).toLines();
		expect(lines[0]).toMatch(/^1\.0 I\(T;Y\)/v);
		expect(lines[19]).toMatch(/^0\.0/v);
		expect(lines[20]).toMatch(/^ {4}0 +3 +I\(X;T\).* 9 +12$/v);
	});

	it.each([
		[0.899, '0.9'],
		[0.9992, '1.0'],
		[3.32, '3.3'],
	])('labels the upper end where the label has %d bits', (y, label) => {
		expect(draw([], {bounds: {x: 12, y}}).toLines()[0]!.slice(0, 3)).toBe(label);
	});

	it('keeps the label of the newest point over the trail, and the past as dots of the layer\'s colour', () => {
		const grid = draw([trail(2, [2, 0.1], [6, 0.5], [10, 0.9])]);
		expect(find(grid, '2')).toHaveLength(1);
		const cells = grid.toLines().flatMap((line, row) => [...line].flatMap((character, column) => /[\u2801-\u28FF]/v.test(character) ? [grid.style(column, row).color] : []));
		expect(cells.length).toBeGreaterThan(15);
		expect(new Set(cells)).toEqual(new Set([layerColor(2)]));
	});

	it.each([
		['the bottom', [0, 0], [12, 0], 19, '⣀'],
		['the top', [0, 1], [12, 1], 0, '⠉'],
	] as const)('draws a trail along %s through the outermost dots', (_, from, to, row, character) => {
		const line = draw([trail(1, from, to)]).toLines()[row]!;
		expect(line.slice(12, 30)).toBe(character.repeat(18));
	});

	it('joins the points of a trail without a gap', () => {
		const lines = draw([trail(1, [0, 0], [12, 1])]).toLines().slice(0, 20).map(line => line.slice(4));
		expect(lines.filter(line => !/[\u2801-\u28FF1]/v.test(line))).toEqual([]);
	});

	it('colours a trail by epoch from dark to bright, and its digit by layer', () => {
		const points = Array.from({length: 200}, (_, index) => [index * 0.06, index / 200] as const);
		const grid = draw([trail(1, ...points)], {colorBy: 'epoch'});
		const ramp = Array.from({length: 9}, (_, step) => epochColor(step / 9));
		const steps = Array.from({length: 38}, (_, column) => Array.from({length: 20}, (__, row) => row)
			.filter(row => /[\u2801-\u28FF]/v.test(grid.character(column + 4, row)))
			.map(row => ramp.indexOf(grid.style(column + 4, row).color!))).flatMap(column => column.toSorted((a, b) => a - b));
		expect(steps).toEqual(steps.toSorted((a, b) => a - b));
		expect(steps[0]).toBeGreaterThanOrEqual(0);
		expect(steps.at(-1)).toBe(8);
		expect(new Set(steps).size).toBeGreaterThan(3);
		const [at] = find(grid, '1');
		const [column, row] = at!.split(',').map(Number) as [number, number];
		expect(grid.style(column, row)).toMatchObject({color: layerColor(1), bold: true});
	});

	it('fans out the labels of layers that are at the same place, so that each can be found', () => {
		const grid = draw(Array.from({length: 6}, (_, index) => trail(index + 1, [6, 0.5])));
		const places = ['1', '2', '3', '4', '5', '6'].map(label => find(grid, label));
		expect(places.map(place => place.length)).toEqual([1, 1, 1, 1, 1, 1]);
		expect(new Set(places.flat()).size).toBe(6);
		expect(new Set(places.flat().map(place => place.split(',')[1]))).toEqual(new Set(['9']));
	});

	it('fans out to the left at the right edge', () => {
		const grid = draw([trail(1, [12, 1]), trail(2, [12, 1]), trail(3, [12, 1])]);
		expect(grid.toLines()[0]!.slice(-3)).toBe('321');
	});

	it('gives layers past the ninth a letter', () => {
		expect([1, 9, 10, 20].map(layer => layerLabel(layer))).toEqual(['1', '9', 'a', 'k']);
	});

	it('shows nothing of a layer without points', () => {
		expect(draw([trail(1)]).toLines()).toEqual(draw([]).toLines());
	});

	it('is ASCII only where there is nothing else', () => {
		const grid = draw([trail(1, [0, 0], [12, 1]), trail(2, [3, 0.4], [6, 0.2])], {glyphs: glyphSets.ascii});
		expect(grid.toLines().filter(line => !/^[ -~]*$/v.test(line))).toEqual([]);
		expect(find(grid, '2')).toHaveLength(1);
	});

	it('has the size that it was given, whatever it shows, and never throws', () => {
		const point = fc.record({epoch: fc.nat(10_000), x: fc.double({min: -1, max: 14, noNaN: true}), y: fc.double({min: -0.1, max: 1.2, noNaN: true})});
		fc.assert(fc.property(
			fc.integer({min: -2, max: 120}),
			fc.integer({min: -2, max: 60}),
			fc.array(fc.array(point, {maxLength: 5}), {maxLength: 8}),
			fc.constantFrom(...Object.values(glyphSets)),
			(width, height, trails, glyphs) => {
				const grid = draw(trails.map((points, index) => ({layer: index + 1, label: layerLabel(index + 1), points})), {width, height, glyphs});
				const lines = grid.toLines();
				expect(lines).toHaveLength(Math.max(0, height));
				expect(lines.filter(line => [...line].length !== Math.max(0, width))).toEqual([]);
			},
		), {numRuns: 150});
	});
});
