import {currentEpoch} from '../history/select.js';
import {type History} from '../history/reduce.js';
import {type Action} from './keys.js';

export const pages = ['plane', 'gradients', 'loss'] as const;
export type Page = (typeof pages)[number];

/** What the user has chosen to look at. */
export type View = {
	readonly page: Page;
	readonly isHelpOpen: boolean;
	/** The history as it was when the picture was frozen. */
	readonly frozen: History | undefined;
	readonly hidden: ReadonlySet<number>;
	readonly colorBy: 'layer' | 'epoch';
	/** Which of the run's estimators, counted on without end. */
	readonly estimator: number;
};

export const initialView: View = {
	page: 'plane', isHelpOpen: false, frozen: undefined, hidden: new Set(), colorBy: 'layer', estimator: 0,
};

/** The view after an action; `live` is the history that a freeze keeps. Actions that are not about the view change nothing. */
export function reduceView(view: View, action: Action, live: History): View {
	if (typeof action === 'object') {
		return {...view, hidden: toggled(view.hidden, action.toggleLayer)};
	}

	switch (action) {
		case 'freeze': {
			return {...view, frozen: view.frozen ? undefined : live};
		}

		case 'estimator': {
			return {...view, estimator: view.estimator + 1};
		}

		case 'color': {
			return {...view, colorBy: view.colorBy === 'layer' ? 'epoch' : 'layer'};
		}

		case 'page': {
			return {...view, page: pages[(pages.indexOf(view.page) + 1) % pages.length]!};
		}

		case 'help': {
			return {...view, isHelpOpen: !view.isHelpOpen};
		}

		case 'back': {
			return stepOut(view);
		}

		default: {
			return view;
		}
	}
}

function stepOut(view: View): View {
	if (view.isHelpOpen) {
		return {...view, isHelpOpen: false};
	}

	return view.frozen ? {...view, frozen: undefined} : {...view, page: 'plane'};
}

function toggled(hidden: ReadonlySet<number>, layer: number): ReadonlySet<number> {
	const next = new Set(hidden);
	return next.delete(layer) ? next : next.add(layer);
}

/** How many epochs have passed behind a frozen picture. */
export const epochsBehind = (view: View, live: History): number => view.frozen ? currentEpoch(live) - currentEpoch(view.frozen) : 0;
