/** A run as a small plane in a frame. Pure. */
import {frameChart} from '../../chart/frame.js';
import {type Glyphs} from '../../chart/glyphs.js';
import {type Grid} from '../../chart/grid.js';
import {planeChart} from '../../chart/plane.js';
import {titleOf as runTitle} from '../../history/about.js';
import {type History} from '../../history/reduce.js';
import {repeatsText} from '../../history/repeats.js';
import {cellText, wrapped} from '../cell-text.js';
import {
	epochText, fitSegments, phaseText, type Segment, stateText,
} from '../headline.js';
import {type Rectangle} from '../layout.js';
import {trailsOf} from '../plots.js';
import {type Plot} from '../screen/compositor.js';
import {estimatorTitle} from '../frames.js';
import {type Domain, type Member} from './members.js';

export type TileLook = {
	readonly domain: Domain;
	/** The id of the estimator that all tiles show, if they have it. */
	readonly estimator: string;
	readonly colorBy: 'layer' | 'epoch';
	readonly glyphs: Glyphs;
};

/** The frame, named above and with the state of the run below, and the plane in it, or why there is none. */
export function tilePlots(member: Member, {column, row, width, height}: Rectangle, look: TileLook): Plot[] {
	const {glyphs} = look;
	const frame = frameChart(joined(titleOf(member, look.estimator), width - 6, glyphs), width, height, glyphs);
	const state = joined(stateOf(member), width - 6, glyphs);
	if (state !== '') {
		frame.write(2, height - 1, ` ${state} `);
	}

	const word = wordOf(member, look.estimator);
	for (const [index, line] of wrapped(cellText(word ?? '', glyphs), width - 4).slice(0, Math.max(0, height - 2)).entries()) {
		frame.write(2, 1 + index, line);
	}

	const place = {column, row, grid: frame};
	return word === undefined ? [place, {column: column + 1, row: row + 1, grid: planeOf(member.history, width - 2, height - 2, look)}] : [place];
}

/** Why there is no plane of a run. */
function wordOf({history, problem}: Member, estimator: string): string | undefined {
	if (problem !== undefined) {
		return problem;
	}

	if (!history.start) {
		return history.trainer === 'died' ? 'the trainer died before it said anything' : 'waiting for the trainer';
	}

	return history.start.estimators.includes(estimator) ? undefined : `${estimatorTitle(estimator)} is not measured in this run`;
}

/** The planes that have been drawn last: a run that has ended, or waits, is not drawn again for another that goes on. */
const drawn = new WeakMap<History, {readonly key: string; readonly grid: Grid}>();

function planeOf(history: History, width: number, height: number, {domain, estimator, colorBy, glyphs}: TileLook): Grid {
	const key = JSON.stringify([width, height, domain, estimator, colorBy, glyphs.name, glyphs.isPlainText]);
	const known = drawn.get(history);
	if (known?.key === key) {
		return known.grid;
	}

	const start = history.start!;
	const grid = planeChart({
		width, height, trails: trailsOf(history, start.layers.map(({layer}) => layer), estimator), domain, bound: start.bound, colorBy, glyphs,
	});
	drawn.set(history, {key, grid});
	return grid;
}

function titleOf({name, history}: Member, estimator: string): Segment[] {
	const preset = history.start ? runTitle(history.start) : '';
	return [
		{text: name, rank: 0},
		{text: name.startsWith(preset) ? '' : preset, rank: 2},
		{text: estimator === '' ? '' : estimatorTitle(estimator), rank: 1},
	];
}

/** The epoch, how the run stands and in which phase; the first lasts longest where the room is short. */
const stateOf = ({history, problem}: Member): Segment[] => problem === undefined
	? [
		{text: history.start ? epochText(history) : '', rank: 0},
		{text: phaseText(history), rank: 1},
		{text: stateText(history), rank: 2},
		{text: history.repeats.length > 0 ? repeatsText(history.repeats) : '', rank: 3},
	]
	: [];

/** As many as fit, the separator between. */
function joined(segments: readonly Segment[], width: number, glyphs: Glyphs): string {
	const cells = segments.map(segment => ({...segment, text: cellText(segment.text, glyphs)})).filter(({text}) => text !== '');
	// The separator is one cell wider than the gap that they are fitted with.
	return fitSegments(cells, width - cells.length + 1).map(({text}) => text).join(` ${glyphs.separator} `).slice(0, Math.max(0, width));
}
