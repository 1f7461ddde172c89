import {type GlyphName, glyphNames} from '../../chart/glyphs.js';
import {type CompareAction} from './keys.js';

/** What the user has chosen to look at. */
export type CompareView = {
	readonly page: number;
	/** Which of the estimators of all runs, counted on without end. */
	readonly estimator: number;
	readonly colorBy: 'layer' | 'epoch';
	readonly glyphs: GlyphName;
	/** The epoch that is shown instead of the newest. */
	readonly scrubbed: number | undefined;
	readonly isHelpOpen: boolean;
};

export const initialCompareView: CompareView = {
	page: 0, estimator: 0, colorBy: 'layer', glyphs: 'braille', scrubbed: undefined, isHelpOpen: false,
};

/** What there is to look at. */
export type Comparable = {
	readonly pages: number;
	/** The measured epochs, in order. */
	readonly epochs: () => readonly number[];
};

type Change = (view: CompareView, comparable: Comparable) => CompareView;

const changes: Partial<Record<CompareAction, Change>> = {
	'next-page': (view, {pages}) => ({...view, page: (shownPage(view, pages) + 1) % pages}),
	'page-before': (view, {pages}) => ({...view, page: (shownPage(view, pages) + pages - 1) % pages}),
	estimator: view => ({...view, estimator: view.estimator + 1}),
	color: view => ({...view, colorBy: view.colorBy === 'layer' ? 'epoch' : 'layer'}),
	glyphs: view => ({...view, glyphs: glyphNames[(glyphNames.indexOf(view.glyphs) + 1) % glyphNames.length]!}),
	earlier: (view, {epochs}) => ({...view, scrubbed: epochs().findLast(epoch => epoch < (view.scrubbed ?? Infinity) && epoch < epochs().at(-1)!) ?? view.scrubbed}),
	later: (view, {epochs}) => ({...view, scrubbed: view.scrubbed === undefined ? undefined : epochs().slice(0, -1).find(epoch => epoch > view.scrubbed!)}),
	live: view => ({...view, scrubbed: undefined}),
	help: view => ({...view, isHelpOpen: !view.isHelpOpen}),
	back: view => view.isHelpOpen ? {...view, isHelpOpen: false} : {...view, scrubbed: undefined},
};

/** What an action makes of a view; those that are not about it leave it as it is. */
export const reduceCompareView = (view: CompareView, action: CompareAction, comparable: Comparable): CompareView =>
	changes[action]?.(view, comparable) ?? view;

/** A larger terminal has fewer pages. */
export const shownPage = ({page}: CompareView, pages: number): number => Math.min(page, pages - 1);
