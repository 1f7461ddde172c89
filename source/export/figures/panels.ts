import {type Length} from '../length.js';

/** Panels of one width side by side, their axis on the left of the first. All in pixels. */
export type Panels = {readonly columns: number; readonly width: number; readonly gap: number; readonly axis: number};

const gap = 14;

/** What the last label of an axis sticks out, and the figure's own edge. */
const edge = 8;

/** As many columns as there is room for panels of `least` pixels, `most` at the most; the panels fill the width. */
export function panelsIn({pixels}: Length, count: number, {least, most, axis}: {readonly least: number; readonly most: number; readonly axis: number}): Panels {
	const room = pixels - axis - edge;
	const columns = Math.max(1, Math.min(count, most, Math.floor((room + gap) / (least + gap))));
	return {
		columns, width: Math.floor((room - ((columns - 1) * gap)) / columns), gap, axis,
	};
}

/** First and last number, from 1, of each line of panels. */
export const linesOf = (count: number, columns: number): ReadonlyArray<readonly [number, number]> =>
	Array.from({length: Math.ceil(count / columns)}, (_, index) => [(index * columns) + 1, Math.min(count, (index + 1) * columns)]);
