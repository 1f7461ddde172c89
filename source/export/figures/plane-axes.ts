import {type History} from '../../history/reduce.js';
import {extentOf} from './extent.js';
import {type PlaneRow} from './plane-data.js';
import {rounded} from './round.js';
import {startOf} from './subject.js';

/** Ends of the axes, in bits. */
export type PlaneDomain = {readonly x: readonly [number, number]; readonly y: readonly [number, number]};

/** Pixels of a plane without its axes. */
export type PlaneSize = {readonly width: number; readonly height: number};

/** Of the largest mark, in pixels: what lies at the end of an axis is not to stick out of the plane. */
const room = 5;

/** One scale for all: from 0 to the greatest H(X) and I(X;Y), and the room that marks take there. */
export function planeDomain(histories: readonly History[], rows: readonly PlaneRow[], {width, height}: PlaneSize): PlaneDomain {
	const greatest = (axis: 'x' | 'y') => extentOf([...histories.map(history => startOf(history).bounds[axis]), ...rows.map(row => row[axis])])[1];
	return {x: [0, rounded(greatest('x') * width / (width - room))], y: [0, rounded(greatest('y') * height / (height - room))]};
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
