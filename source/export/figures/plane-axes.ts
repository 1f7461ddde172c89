import {type History} from '../../history/reduce.js';
import {type PlaneRow} from './plane-data.js';
import {startOf} from './subject.js';

/** Ends of the axes, in bits. */
export type PlaneDomain = {readonly x: readonly [number, number]; readonly y: readonly [number, number]};

/** Pixels of a plane without its axes. */
export type PlaneSize = {readonly width: number; readonly height: number};

/** One scale for all: from 0 to the greatest H(X) and I(X;Y), and a hair more, so that what lies there is not cut. */
export function planeDomain(histories: readonly History[], rows: readonly PlaneRow[]): PlaneDomain {
	const greatest = (axis: 'x' | 'y') => Math.max(...histories.map(history => startOf(history).bounds[axis]), ...rows.map(row => row[axis]));
	return {x: [0, greatest('x') * 1.01], y: [0, greatest('y') * 1.02]};
}

/** I(X;T) to the right, I(T;Y) up. */
export const planeAxes = ({x, y}: PlaneDomain) => ({
	x: {
		field: 'x', type: 'quantitative', scale: {domain: x, nice: false, zero: false}, axis: {title: 'I(X;T) (bits)', tickCount: 6},
	},
	y: {
		field: 'y', type: 'quantitative', scale: {domain: y, nice: false, zero: false}, axis: {title: 'I(T;Y) (bits)', tickCount: 5},
	},
});

/** Only what is of one kind. */
export const ofKind = (kind: PlaneRow['kind']) => ({transform: [{filter: `datum.kind === '${kind}'`}]});
