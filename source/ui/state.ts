import {currentEpoch, estimatorAt, planePoints} from '../history/select.js';
import {type History} from '../history/reduce.js';
import {historyAt, repeatOf} from '../history/past.js';
import {glyphNames, type GlyphName} from '../chart/glyphs.js';
import {type Action} from './keys.js';
import {
	pan, wholePlane, type Zoom, zoomBy,
} from './zoom.js';

export const pages = ['plane', 'gradients', 'loss'] as const;
export type Page = (typeof pages)[number];

/** A point that is looked at: a layer (from 1), and a measured epoch by its place among them. */
export type Cursor = {readonly layer: number; readonly index: number};

/** What the user has chosen to look at. */
export type View = {
	readonly page: Page;
	readonly isHelpOpen: boolean;
	/** The history as it was when the picture was frozen. */
	readonly frozen: History | undefined;
	/** The measured epoch that is shown instead of the newest, by its place among them. */
	readonly scrubbed: number | undefined;
	readonly hidden: ReadonlySet<number>;
	readonly colorBy: 'layer' | 'epoch';
	/** One of several repeats, by its place, instead of their medians. */
	readonly repeat: number | undefined;
	/** Which of the run's estimators, counted on without end. */
	readonly estimator: number;
	readonly zoom: Zoom;
	readonly cursor: Cursor | undefined;
	/** Whether charts over epochs give each measured epoch the same room (they are log-spaced) or each epoch. */
	readonly isLogEpochs: boolean;
	readonly glyphs: GlyphName;
};

export const initialView: View = {
	page: 'plane',
	isHelpOpen: false,
	frozen: undefined,
	scrubbed: undefined,
	hidden: new Set(),
	colorBy: 'layer',
	repeat: undefined,
	estimator: 0,
	zoom: wholePlane,
	cursor: undefined,
	isLogEpochs: true,
	glyphs: 'braille',
};

/** The history that a view shows, of the one that there is: a past, a frozen or the live one. */
export function shownHistory(view: View, live: History): History {
	// A frozen picture is of the past; whether the training is paused or over is always of now.
	const base = view.frozen
		? {
			...view.frozen, isPaused: live.isPaused, end: live.end, trainer: live.trainer,
		}
		: live;
	const chosen = view.repeat === undefined ? base : repeatOf(base, view.repeat);
	if (view.scrubbed === undefined) {
		return chosen;
	}

	// Of a repeat other epochs may be held than of the medians.
	const {epoch} = base.epochs[view.scrubbed] ?? base.epochs.at(-1) ?? {epoch: 0};
	return historyAt(chosen, chosen === base ? view.scrubbed : chosen.epochs.findLastIndex(each => each.epoch <= epoch));
}

type Change = (view: View, live: History) => View;

/** What an action makes of a view; those that are not here are not about the view. */
const changes: Partial<Record<Extract<Action, string>, Change>> = {
	freeze: (view, live) => ({...view, frozen: view.frozen ? undefined : live}),
	estimator: view => ({...view, estimator: view.estimator + 1}),
	repeat: (view, live) => nextRepeat(view, live),
	color: view => ({...view, colorBy: view.colorBy === 'layer' ? 'epoch' : 'layer'}),
	page: view => ({...view, page: pages[(pages.indexOf(view.page) + 1) % pages.length]!}),
	help: view => ({...view, isHelpOpen: !view.isHelpOpen}),
	back: view => stepOut(view),
	'zoom-in': view => ({...view, zoom: zoomBy(view.zoom, 0.5)}),
	'zoom-out': view => ({...view, zoom: zoomBy(view.zoom, 2)}),
	'zoom-reset': view => ({...view, zoom: wholePlane}),
	hide: (view, live) => hide(view, live),
	cursor: (view, live) => ({...view, cursor: view.cursor ? undefined : newestPoint(view, live)}),
	earlier: (view, live) => scrub(view, live, -1),
	later: (view, live) => scrub(view, live, 1),
	live: view => ({...view, scrubbed: undefined, frozen: undefined}),
	'epoch-scale': view => ({...view, isLogEpochs: !view.isLogEpochs}),
	glyphs: view => ({...view, glyphs: glyphNames[(glyphNames.indexOf(view.glyphs) + 1) % glyphNames.length]!}),
};

/** From the medians to the first repeat, to the last, and back. */
function nextRepeat(view: View, {repeats}: History): View {
	const next = view.repeat === undefined ? 0 : view.repeat + 1;
	return {...view, repeat: next < repeats.length ? next : undefined};
}

/** The view after an action; `live` is the history that there is. */
export function reduceView(view: View, action: Action, live: History): View {
	if (typeof action === 'string') {
		return changes[action]?.(view, live) ?? view;
	}

	return 'toggleLayer' in action ? {...view, hidden: toggled(view.hidden, action.toggleLayer)} : move(view, action.move, live);
}

function stepOut(view: View): View {
	if (view.isHelpOpen) {
		return {...view, isHelpOpen: false};
	}

	if (view.cursor) {
		return {...view, cursor: undefined};
	}

	if (view.scrubbed !== undefined || view.frozen) {
		return {...view, scrubbed: undefined, frozen: undefined};
	}

	if (view.repeat !== undefined) {
		return {...view, repeat: undefined};
	}

	return view.zoom.extent < 1 ? {...view, zoom: wholePlane} : {...view, page: 'plane'};
}

function toggled(hidden: ReadonlySet<number>, layer: number): ReadonlySet<number> {
	const next = new Set(hidden);
	return next.delete(layer) ? next : next.add(layer);
}

/**
Digits reach the first nine layers only; the cursor reaches all. It goes on to the layer below, or to the one above where there is
none. Without it, every layer is shown again.
*/
function hide(view: View, live: History): View {
	const shown = shownHistory(view, live);
	const cursor = shownCursor(view, shown);
	if (!cursor) {
		return {...view, hidden: new Set()};
	}

	const layers = shownLayers(view, shown);
	const place = layers.indexOf(cursor.layer);
	const next = layers[place - 1] ?? layers[place + 1];
	return {...view, hidden: toggled(view.hidden, cursor.layer), cursor: next === undefined ? undefined : {...view.cursor!, layer: next}};
}

/** The layers that are not hidden. */
export const shownLayers = ({hidden}: View, {start}: History): number[] =>
	(start?.layers ?? []).map(({layer}) => layer).filter(layer => !hidden.has(layer));

/** The arrows: the cursor goes along its trail and from layer to layer; without one, the window moves over the plane. */
function move(view: View, [right, up]: readonly [number, number], live: History): View {
	if (!view.cursor) {
		return {...view, zoom: pan(view.zoom, right, up)};
	}

	const shown = shownHistory(view, live);
	const layers = shownLayers(view, shown);
	const place = Math.max(0, layers.indexOf(view.cursor.layer));
	return {
		...view,
		cursor: {
			layer: layers[Math.min(layers.length - 1, Math.max(0, place + up))] ?? view.cursor.layer,
			index: Math.min(shown.epochs.length - 1, Math.max(0, view.cursor.index + right)),
		},
	};
}

/** The newest point of the last layer that is shown. */
function newestPoint(view: View, live: History): Cursor | undefined {
	const shown = shownHistory(view, live);
	const layer = shownLayers(view, shown).at(-1);
	return layer === undefined || shown.epochs.length === 0 ? undefined : {layer, index: shown.epochs.length - 1};
}

/** The newest epoch is the live picture itself. */
function scrub(view: View, live: History, step: number): View {
	const newest = (view.frozen ?? live).epochs.length - 1;
	const next = Math.max(0, Math.min(view.scrubbed ?? newest, newest) + step);
	return {...view, scrubbed: next >= newest ? undefined : next};
}

/** How many epochs have passed behind a frozen picture. */
export const epochsBehind = (view: View, live: History): number => view.frozen ? currentEpoch(live) - currentEpoch(view.frozen) : 0;

/** The cursor in what is shown: not on a hidden layer, and not later than the newest epoch there. */
export function shownCursor({cursor, hidden}: View, {epochs}: History): Cursor | undefined {
	return cursor && !hidden.has(cursor.layer) && epochs.length > 0
		? {layer: cursor.layer, index: Math.min(cursor.index, epochs.length - 1)}
		: undefined;
}

/** The point in the plane that the cursor is on. */
export function cursorPoint(view: View, shown: History): {readonly epoch: number; readonly x: number; readonly y: number} | undefined {
	const cursor = shownCursor(view, shown);
	const epoch = cursor && shown.epochs[cursor.index]!.epoch;
	return cursor && planePoints(shown, cursor.layer, estimatorAt(shown, view.estimator)).find(point => point.epoch === epoch);
}

/** What the cursor is on, in words. */
export function cursorText(view: View, shown: History): string | undefined {
	const point = cursorPoint(view, shown);
	return point && `layer ${view.cursor!.layer}, epoch ${point.epoch}: I(X;T) ${point.x.toFixed(3)}, I(T;Y) ${point.y.toFixed(3)} bits`;
}
