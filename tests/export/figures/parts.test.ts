import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {placeLabels} from '../../../source/export/figures/place-labels.js';
import {accuracyAxis} from '../../../source/export/figures/loss-marks.js';
import {logAxis, logDomain} from '../../../source/export/figures/log-axis.js';
import {panelsIn, linesOf} from '../../../source/export/figures/panels.js';
import {spreadOf} from '../../../source/export/figures/spread.js';
import {titleLines} from '../../../source/export/figures/title-lines.js';
import {parseLength} from '../../../source/export/length.js';
import {textWidth} from '../../../source/export/text-width.js';

describe('a spread', () => {
	// Expected: numpy.percentile(values, [25, 50, 75]).
	it.each([
		[[3, 1, 2], [1.5, 2, 2.5]],
		[[1, 2, 3, 4], [1.75, 2.5, 3.25]],
		[[5, null, undefined], [5, 5, 5]],
		[[0.1, 0.9, 0.4, 0.7, 0.35, 0.2], [0.2375, 0.375, 0.625]],
	])('of %j is median and quartiles', (numbers, [low, middle, high]) => {
		const spread = spreadOf(numbers)!;
		expect(spread.low).toBeCloseTo(low!, 12);
		expect(spread.middle).toBeCloseTo(middle!, 12);
		expect(spread.high).toBeCloseTo(high!, 12);
	});

	it('of nothing does not exist', () => {
		expect(spreadOf([null, undefined])).toBeUndefined();
	});
});

describe('a length', () => {
	it.each([['85mm', 321.2598], ['8.5cm', 321.2598], ['3.5in', 336], ['240pt', 320], ['400px', 400]])('%s is %d pixels', (text, pixels) => {
		expect(parseLength(text, '--width').pixels).toBeCloseTo(pixels, 3);
	});

	it.each(['85', 'mm', '-85mm', '85 mm', '1e3mm', '2mm', '2000mm', '85furlongs', ''])('%j is refused', text => {
		expect(() => parseLength(text, '--width')).toThrow(/^--width must be a length from 30mm to 1000mm, such as 85mm, 3\.5in or 240pt, not "/v);
	});
});

describe('a logarithmic axis', () => {
	it.each([
		[[0.02, 30], [0.1, 1, 10], ['10⁻¹', '1', '10¹']],
		[[1e-7, 1], [1e-7, 1e-4, 0.1], ['10⁻⁷', '10⁻⁴', '10⁻¹']],
	])('over %j is labelled at powers of ten', (numbers, values, labels) => {
		const {axis} = logAxis(logDomain(numbers), 'M', 4);
		expect(axis.values).toEqual(values);
		expect(axis.labelExpr).toContain(JSON.stringify(labels));
	});

	it.each([
		[[0.05, 0.7], [0.05, 0.1, 0.2, 0.5], ['0.05', '0.1', '0.2', '0.5']],
		[[2.2e-7, 2.4e-7], [1e-7, 2e-7, 5e-7], ['1·10⁻⁷', '2·10⁻⁷', '5·10⁻⁷']],
		[[3, 8], [2, 5, 10], ['2', '5', '10']],
	])('over %j, where there is no second power of ten, is labelled between them', (numbers, values, labels) => {
		const {axis} = logAxis(logDomain(numbers), 'loss', 4);
		expect(axis.values).toEqual(values);
		expect(axis.labelExpr).toContain(JSON.stringify(labels));
	});

	it('spans half a million numbers', () => {
		expect(logDomain(Array.from({length: 500_000}, (_, index) => index + 1))).toEqual([1 / 1.3, 650_000]);
	});

	it('over one number is a decade', () => {
		const [low, high] = logDomain([3]);
		expect(high / low).toBeCloseTo(10, 9);
	});
});

describe('an axis of accuracies', () => {
	const rowsOf = (values: readonly number[]) => values.map(value => ({
		quantity: 'train', epoch: 0, place: 0.5, value,
	} as const));
	it.each([
		[[0.85, 0.95], [0.8, 1], [1, 0.9, 0.8]],
		[[0.47], [0.4, 1], [1, 0.8, 0.6, 0.4]],
		[[0.1, 0.5], [0.1, 1], [1, 0.7, 0.4, 0.1]],
		[[1], [0.9, 1], [1, 0.9]],
	])('of %j begins at a tenth, and is labelled with different tenths', (values, domain, labels) => {
		expect(accuracyAxis(rowsOf(values))).toMatchObject({scale: {domain}, axis: {values: labels}});
	});

	it('of percents is that of the numbers', () => {
		expect(accuracyAxis(rowsOf([42, 87]))).toMatchObject({scale: {domain: [0, 87]}});
	});
});

describe('panels', () => {
	it.each([['85mm', 6, 2], ['170mm', 6, 3], ['30mm', 6, 1], ['170mm', 2, 2]] as const)('on %s, of %d, stand in %d columns and fill the width', (width, count, columns) => {
		const length = parseLength(width, '--width');
		const panels = panelsIn(length, count, {least: 105, most: 3, axis: 46});
		expect(panels.columns).toBe(columns);
		const all = panels.axis + (columns * panels.width) + ((columns - 1) * panels.gap);
		expect(all).toBeLessThanOrEqual(length.pixels);
		expect(all).toBeGreaterThan(length.pixels - 12);
	});
});

describe('lines of panels', () => {
	it.each([[5, 2, [[1, 2], [3, 4], [5, 5]]], [2, 3, [[1, 2]]], [6, 3, [[1, 3], [4, 6]]]] as const)('of %d in %d columns', (count, columns, lines) => {
		expect(linesOf(count, columns)).toEqual(lines);
	});
});

describe('a title', () => {
	it.each([
		['tanh-1', 90, ['tanh-1']],
		['tanh-2026-01-31-12.30.15', 90, ['tanh-2026-01-31-', '12.30.15']],
		['rep, median of 5 seeds', 90, ['rep, median of 5', 'seeds']],
		['aaaaaaaaaaaaaaaaaaaaaaaa', 60, ['aaaaaaaaaa', 'aaaaaaaaaa', 'aaaa']],
		['', 60, ['']],
	])('%j fits above a panel of %d pixels', (title, width, lines) => {
		expect(titleLines(title, width)).toEqual(lines);
	});

	it('loses nothing but the spaces at which it is broken', () => {
		const titles = fc.string({minLength: 1, maxLength: 64, unit: fc.constantFrom(...'ab-_. ,+"{W𝐖')});
		fc.assert(fc.property(titles, fc.integer({min: 20, max: 200}), (title, width) => {
			const lines = titleLines(title, width);
			expect(lines.join('').replaceAll(' ', '')).toBe(title.replaceAll(' ', ''));
			expect(lines.filter(line => textWidth(line, 10, true) > width)).toEqual([]);
		}));
	});
});

describe('labels', () => {
	const points = fc.array(fc.record({x: fc.integer({min: 0, max: 300}), y: fc.integer({min: 0, max: 200})}), {minLength: 1, maxLength: 8});

	it('name each point once', () => {
		fc.assert(fc.property(points, all => {
			const labels = placeLabels(all.map((point, index) => ({...point, text: String(index + 1)})), {obstacles: all, width: 316, height: 200});
			const named = labels.flatMap(({text}) => {
				const [first, last] = text.split('–').map(Number) as [number, number?];
				return last === undefined ? text.split(',').map(Number) : Array.from({length: last - first + 1}, (_, index) => first + index);
			});
			expect(named.toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index + 1));
		}));
	});

	it('share a place where the points do', () => {
		const labels = placeLabels([{x: 100, y: 50, text: '1'}, {x: 102, y: 51, text: '2'}, {x: 20, y: 20, text: '3'}], {obstacles: [], width: 316, height: 200});
		expect(labels.map(({text}) => text)).toEqual(['1,2', '3']);
	});

	it('do not lie on a line, nor on each other', () => {
		const line = Array.from({length: 120}, (_, index) => ({x: 40 + index, y: 100}));
		const ends = [{x: 160, y: 100, text: '1'}, {x: 168, y: 103, text: '2'}];
		const labels = placeLabels(ends, {obstacles: line, width: 316, height: 200});
		expect(line.filter(point => labels.some(label => Math.abs(label.x - point.x) < 3 && Math.abs(label.y - point.y) < 4))).toEqual([]);
		expect(Math.hypot(labels[0]!.x - labels[1]!.x, labels[0]!.y - labels[1]!.y)).toBeGreaterThan(5);
	});
});
