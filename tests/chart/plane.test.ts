import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Canvas} from '../../source/chart/canvas.js';
import {type Glyphs, glyphSets} from '../../source/chart/glyphs.js';
import {Grid} from '../../source/chart/grid.js';
import {epochColor, layerColor} from '../../source/chart/palette.js';
import {
	layerLabel, planeChart, type PlaneOptions, type Trail,
} from '../../source/chart/plane.js';
import {linearScale} from '../../source/chart/scale.js';

const domain = {x: [0, 12], y: [0, 1]} as const;
const trail = (layer: number, ...points: ReadonlyArray<readonly [x: number, y: number]>): Trail => ({
	layer, label: layerLabel(layer), points: points.map(([x, y], epoch) => ({epoch, x, y})),
});

const draw = (trails: readonly Trail[], options: Partial<PlaneOptions> = {}): Grid => planeChart({
	width: 44, height: 21, trails, domain, colorBy: 'layer', glyphs: glyphSets.braille, ...options,
});

const widthsOf = (width: number, height: number): number[] => Array.from({length: height}, () => width);

/** Where the dot of a point stands, as `column,row`. */
function cellOfDot([x, y]: readonly [number, number], glyphs: Glyphs): string[] {
	const canvas = new Canvas(40, 20, glyphs);
	canvas.dot(linearScale(domain.x, [0, canvas.width - 1])(x), linearScale(domain.y, [canvas.height - 1, 0])(y), {bold: true});
	const grid = new Grid(44, 21);
	canvas.paint(grid, 4, 0);
	return grid.toLines().flatMap((line, row) => [...line].flatMap((character, column) => character === ' ' ? [] : [`${column},${row}`]));
}

/** Where a character stands, as `column,row`. */
const find = (grid: Grid, character: string): string[] => grid.toLines().flatMap((line, row) =>
	[...line].flatMap((found, column) => found === character && grid.style(column, row).bold ? [`${column},${row}`] : []));

describe('the information plane', () => {
	// 44 columns less a gutter of 4 are 40, 21 rows less the axis are 20; braille: 80 × 80 dots.
	it.each([
		['nothing known', [0, 0], '4,19'],
		['everything known', [12, 1], '43,0'],
		['all of the input, nothing of the label', [12, 0], '43,19'],
		['half of both', [6, 0.5], '24,10'],
		['3 bits, 0.75 bits', [3, 0.75], '14,5'],
	] as const)('puts a layer with %s into the right cell', (_, point, expected) => {
		expect(find(draw([trail(3, point)]), '3')).toEqual([expected]);
	});

	it('names both axes, from 0 to their ends', () => {
		const lines = draw([]).toLines();
		expect(lines[0]).toMatch(/^1\.0 I\(T;Y\)/v);
		expect(lines[19]).toMatch(/^0\.0/v);
		expect(lines[20]).toMatch(/^ {4}0 +3 +I\(X;T\).* 9 +12$/v);
	});

	const labelsOf = (grid: Grid): string[] => grid.toLines().slice(0, -1).flatMap((line, row) => line.slice(0, 4).trim() === '' ? [] : [`${row}: ${line.slice(0, 4).trim()}`]);

	it.each<readonly [readonly [number, number], string[]]>([
		[[0, 0.899], ['0: 0.9', '6: 0.6', '13: 0.3', '19: 0.0']],
		[[0, 0.9992], ['0: 1.0', '9: 0.5', '19: 0.0']],
		[[0, 3.32], ['8: 2.0', '19: 0.0']],
		[[0.5, 1], ['0: 1.0', '8: 0.8', '15: 0.6']],
		[[0.75, 0.8125], ['1: 0.81', '10: 0.78', '19: 0.75']],
	])('labels round numbers, each at its height, where the label has the bits %j', (y, labels) => {
		expect(labelsOf(draw([], {domain: {x: [0, 12], y}}))).toEqual(labels);
	});

	it('labels at least two heights of a part of the plane', () => {
		expect(labelsOf(draw([], {domain: {x: [0, 12], y: [0.25, 0.5]}})).length).toBeGreaterThanOrEqual(2);
	});

	it('labels no two heights alike, however close one looks', () => {
		const labels = labelsOf(draw([], {height: 30, domain: {x: [0, 12], y: [63 / 128, 65 / 128]}})).map(label => label.split(': ')[1]);
		expect(labels.length).toBeGreaterThan(2);
		expect(labels).toEqual([...new Set(labels)]);
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
		expect(new Set(places.flat().map(place => place.split(',')[1]))).toEqual(new Set(['10']));
	});

	it('puts label, ring and cursor into the cell of the trail\'s dot there, wherever that is', () => {
		const bits = (most: number) => fc.double({min: 0, max: most, noNaN: true});
		fc.assert(fc.property(bits(12), bits(1), fc.constantFrom(...Object.values(glyphSets)), (x, y, glyphs) => {
			const point = [x, y] as const;
			const cells = cellOfDot(point, glyphs);
			expect(find(draw([trail(1, point)], {glyphs}), '1')).toEqual(cells);
			expect(find(draw([{...trail(1, point, [0, 0]), ring: 0}], {glyphs}), 'o')).toEqual(cells[0] === '4,19' ? [] : cells);
			expect(find(draw([], {glyphs, cursor: {x, y}}), 'X')).toEqual(cells);
		}));
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

	describe('looked at more closely', () => {
		// A quarter of the width and of the height: 40 × 20 cells for 6 to 9 bits and 0.25 to 0.5 bits.
		const closer = {x: [6, 9], y: [0.25, 0.5]} as const;
		const dots = (grid: Grid): number => grid.toLines().join('').match(/[\u2801-\u28FF]/gv)?.length ?? 0;

		it.each([
			['in the lower left corner', [6, 0.25], '4,19'],
			['in the upper right corner', [9, 0.5], '43,0'],
			['in the middle', [7.5, 0.375], '24,10'],
		] as const)('has a label %s where the point is there', (_, point, expected) => {
			expect(find(draw([trail(3, point)], {domain: closer}), '3')).toEqual([expected]);
		});

		it.each([
			['to the left', [5.8, 0.3]],
			['to the right', [9.2, 0.3]],
			['above', [7, 0.52]],
			['below', [7, 0.23]],
			['far away', [0, 1]],
		] as const)('shows neither point nor label of a layer that is %s', (_, point) => {
			expect(draw([trail(3, point)], {domain: closer}).toLines()).toEqual(draw([], {domain: closer}).toLines());
		});

		it('shows the part of a trail that is inside, up to the edge', () => {
			const grid = draw([trail(3, [0, 0.37], [7.4, 0.37])], {domain: closer});
			expect(find(grid, '3')).toEqual(['22,10']);
			expect(grid.toLines()[10]!.slice(4, 22)).toMatch(/^[\u2801-\u28FF]{18}$/v);
			expect(dots(grid)).toBe(18);
			const through = draw([trail(3, [0, 0.37], [12, 0.37])], {domain: closer});
			expect(find(through, '3')).toEqual([]);
			expect(through.toLines()[10]!.slice(4)).toMatch(/^[\u2801-\u28FF]{40}$/v);
		});

		it('draws the same points further apart', () => {
			const points = trail(3, [7, 0.3], [7.1, 0.31], [7.2, 0.33], [7.4, 0.34]);
			expect(dots(draw([points], {domain: closer}))).toBeGreaterThan(dots(draw([points])));
		});

		it('labels the axes with the bits that it shows', () => {
			const lines = draw([], {domain: closer}).toLines();
			expect(lines[20]!.match(/[\d.]+/gv)).toEqual(['6.0', '7.0', '8.0', '9.0']);
			expect(lines[8]!.slice(0, 3)).toBe('0.4');
		});

		it('has the size that it was given, whatever part it shows, and never throws', () => {
			const part = fc.tuple(fc.integer({min: 0, max: 6}), fc.double({min: 0, max: 1, noNaN: true}), fc.double({min: 0, max: 1, noNaN: true}));
			const point = fc.record({epoch: fc.nat(10_000), x: fc.double({min: 0, max: 12, noNaN: true}), y: fc.double({min: 0, max: 1, noNaN: true})});
			fc.assert(fc.property(part, fc.array(point, {minLength: 1, maxLength: 5}), fc.integer({min: 0, max: 90}), fc.integer({min: 0, max: 40}), ([steps, left, low], points, width, height) => {
				const size = 1 / (2 ** steps);
				const x = 12 * left * (1 - size);
				const y = low * (1 - size);
				const grid = draw([{
					layer: 1, label: '1', points, ring: points[0]!.epoch,
				}], {
					width, height, domain: {x: [x, x + (12 * size)], y: [y, y + size]}, cursor: points.at(-1),
				});
				expect(grid.toLines().map(line => [...line].length)).toEqual(widthsOf(width, height));
			}));
		});
	});

	describe('at the switch of a layer', () => {
		const points = [[0, 0], [3, 0.25], [6, 0.5], [9, 0.75], [12, 1]] as const;
		const ringed = (ring: number | undefined, options: Partial<PlaneOptions> = {}) => draw([{...trail(2, ...points), ring}], options);

		it.each([
			[1, '14,14'],
			[2, '24,10'],
			[3, '33,5'],
		])('at epoch %d has a ring on the trail, where it was then', (ring, expected) => {
			const grid = ringed(ring);
			expect(find(grid, 'o')).toEqual([expected]);
			const [column, row] = expected.split(',').map(Number) as [number, number];
			expect(grid.style(column, row)).toEqual({color: layerColor(2), bold: true});
			expect(find(grid, '2')).toEqual(['43,0']);
		});

		it('has the ring at the next measured epoch, where the switch was not measured itself', () => {
			expect(find(draw([{...trail(2), ring: 15, points: points.map(([x, y], index) => ({epoch: index * 10, x, y}))}]), 'o')).toEqual(['24,10']);
		});

		it('has no ring without a switch, nor for one that the points do not reach', () => {
			expect([undefined, 9].map(ring => find(ringed(ring), 'o'))).toEqual([[], []]);
		});

		it('has no ring that is outside of what is looked at', () => {
			expect(find(ringed(3, {domain: {x: [0, 6], y: [0, 0.5]}}), 'o')).toEqual([]);
			expect(find(ringed(1, {domain: {x: [0, 6], y: [0, 0.5]}}), 'o')).toEqual(['24,10']);
		});

		it.each([
			['left of', {x: [6.4, 12], y: [0, 1]}],
			['below', {x: [0, 12], y: [0.52, 1]}],
		] as const)('has no ring on the axis that is %s what is looked at', (_, domain) => {
			const grid = ringed(2, {domain});
			expect(find(grid, 'o')).toEqual([]);
			expect(find(draw([trail(2, [6, 0.5])], {domain}), '2')).toEqual([]);
		});

		it('keeps the label where switch and newest point are the same', () => {
			expect(find(ringed(4), '2')).toEqual(['43,0']);
			expect(find(ringed(4), 'o')).toEqual([]);
		});
	});

	describe('with a cursor', () => {
		it('has a cross through the point, from edge to edge', () => {
			const grid = draw([], {cursor: {x: 6, y: 0.5}});
			expect(grid.character(24, 10)).toBe('X');
			expect(grid.style(24, 10)).toMatchObject({bold: true, inverse: true});
			const lines = grid.toLines();
			expect(lines[10]!.slice(4)).toBe(Array.from({length: 40}, (_, column) => column === 20 ? 'X' : (column % 2 === 0 ? '─' : ' ')).join(''));
			expect(lines.slice(0, 20).map(line => line[24]).join('')).toBe(`${'│'.repeat(10)}X${'│'.repeat(9)}`);
			expect(lines[20]).toBe(draw([]).toLines()[20]);
		});

		it('lets the trails be seen over the cross', () => {
			const grid = draw([trail(1, [0, 0.49], [12, 0.49])], {cursor: {x: 3, y: 0.49}});
			expect(grid.toLines()[10]!.slice(4, 14)).toMatch(/^[\u2801-\u28FF]{10}$/v);
			expect(grid.character(14, 10)).toBe('X');
		});

		it.each([
			['left of', {x: 1, y: 0.75}, {isRow: true, isColumn: false}],
			['right of', {x: 11, y: 0.75}, {isRow: true, isColumn: false}],
			['above', {x: 5, y: 0.9}, {isRow: false, isColumn: true}],
		])('that is %s what is looked at has only the line that crosses it', (_, cursor, {isRow, isColumn}) => {
			const grid = draw([], {cursor, domain: {x: [4, 8], y: [0.7, 0.8]}});
			const text = grid.toLines().slice(0, 20).join('');
			expect({hasX: text.includes('X'), isRow: text.includes('─'), isColumn: text.includes('│')}).toEqual({hasX: false, isRow, isColumn});
		});

		it('that is just below what is looked at leaves the axis alone', () => {
			const domain = {x: [4, 8], y: [0.7, 0.8]} as const;
			expect(draw([], {cursor: {x: 5, y: 0.697}, domain}).toLines()[20]).toBe(draw([], {domain}).toLines()[20]);
		});
	});

	it('is ASCII only where there is nothing else', () => {
		const grid = draw([trail(1, [0, 0], [12, 1]), {...trail(2, [3, 0.4], [6, 0.2]), ring: 0}], {glyphs: glyphSets.ascii, cursor: {x: 9, y: 0.5}});
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
