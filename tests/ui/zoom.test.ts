import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	pan, wholePlane, type Zoom, zoomBy, zoomedDomain,
} from '../../source/ui/zoom.js';

type Step = 'in' | 'out' | 'left' | 'right' | 'up' | 'down';

const take: Readonly<Record<Step, (zoom: Zoom) => Zoom>> = {
	in: zoom => zoomBy(zoom, 0.5),
	out: zoom => zoomBy(zoom, 2),
	left: zoom => pan(zoom, -1, 0),
	right: zoom => pan(zoom, 1, 0),
	up: zoom => pan(zoom, 0, 1),
	down: zoom => pan(zoom, 0, -1),
};

function after(steps: readonly Step[]): Zoom {
	let zoom = wholePlane;
	for (const step of steps) {
		zoom = take[step](zoom);
	}

	return zoom;
}

const repeated = (step: Step, times: number): Step[] => Array.from({length: times}, () => step);
const anySteps = fc.array(fc.constantFrom(...Object.keys(take) as Step[]), {maxLength: 60});

describe('the part of the plane that is looked at', () => {
	it.each<readonly [string, Step[], Zoom]>([
		['is the whole plane at first', [], {x: 0, y: 0, extent: 1}],
		['is its middle half after one step closer', ['in'], {x: 0.25, y: 0.25, extent: 0.5}],
		['is its middle quarter after two', ['in', 'in'], {x: 0.375, y: 0.375, extent: 0.25}],
		['is the whole plane again after a step out', ['in', 'out'], wholePlane],
		['is never more than the whole plane', ['out', 'out'], wholePlane],
		['is never less than a sixty-fourth', repeated('in', 20), {x: 63 / 128, y: 63 / 128, extent: 1 / 64}],
		['moves by a fifth of itself to the right', ['in', 'right'], {x: 0.35, y: 0.25, extent: 0.5}],
		['moves by a fifth of itself up', ['in', 'up'], {x: 0.25, y: 0.35, extent: 0.5}],
		['moves less far the closer it is', ['in', 'in', 'left'], {x: 0.325, y: 0.375, extent: 0.25}],
		['stops at the right edge', ['in', ...repeated('right', 9)], {x: 0.5, y: 0.25, extent: 0.5}],
		['stops at the left edge', ['in', ...repeated('left', 9)], {x: 0, y: 0.25, extent: 0.5}],
		['stops at the upper edge', ['in', ...repeated('up', 9)], {x: 0.25, y: 0.5, extent: 0.5}],
		['stops at the lower edge', ['in', ...repeated('down', 9)], {x: 0.25, y: 0, extent: 0.5}],
		['does not move where all of it is seen', ['left', 'up', 'right', 'down', 'up'], wholePlane],
		['stays inside where a step out goes beyond a corner', ['in', 'in', ...repeated('right', 20), ...repeated('up', 20), 'out'], {x: 0.5, y: 0.5, extent: 0.5}],
	])('%s', (_, steps, expected) => {
		const {x, y, extent} = after(steps);
		expect(extent).toBe(expected.extent);
		expect(x).toBeCloseTo(expected.x, 12);
		expect(y).toBeCloseTo(expected.y, 12);
	});

	it('comes back from any number of steps closer by as many steps out', () => {
		for (let times = 1; times <= 6; times++) {
			expect(after([...repeated('in', times), ...repeated('out', times)])).toEqual(wholePlane);
		}
	});

	it('is within the plane after any steps, and the whole plane after enough steps out', () => {
		fc.assert(fc.property(anySteps, steps => {
			const {x, y, extent} = after(steps);
			expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
			expect(Math.max(x, y) + extent).toBeLessThanOrEqual(1);
			expect(Math.log2(1 / extent)).toBeOneOf([0, 1, 2, 3, 4, 5, 6]);
			expect(after([...steps, ...repeated('out', 6)])).toEqual(wholePlane);
		}));
	});

	it('keeps its middle when it comes closer', () => {
		fc.assert(fc.property(anySteps, steps => {
			const before = after(steps);
			const closer = zoomBy(before, 0.5);
			expect(closer.x + (closer.extent / 2)).toBeCloseTo(before.x + (before.extent / 2), 12);
			expect(closer.y + (closer.extent / 2)).toBeCloseTo(before.y + (before.extent / 2), 12);
		}));
	});
});

describe('the axes of what is looked at', () => {
	it.each([
		[wholePlane, {x: [0, 12], y: [0, 0.9992]}],
		[{x: 0.25, y: 0.25, extent: 0.5}, {x: [3, 9], y: [0.2498, 0.7494]}],
		[{x: 0.5, y: 0, extent: 0.25}, {x: [6, 9], y: [0, 0.2498]}],
	])('of %j are %j', (zoom, expected) => {
		const {x, y} = zoomedDomain(zoom, {x: 12, y: 0.9992});
		for (const [index, end] of [...x, ...y].entries()) {
			expect(end).toBeCloseTo([...expected.x, ...expected.y][index]!, 12);
		}
	});
});
