import {describe, expect, it} from 'vitest';
import {type Action} from '../../source/ui/keys.js';
import {
	epochsBehind, initialView, reduceView, type View,
} from '../../source/ui/state.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const live = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(100));
const later = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(100), exampleEpoch(140));
const after = (...actions: Action[]): View => {
	let view = initialView;
	for (const action of actions) {
		view = reduceView(view, action, live);
	}

	return view;
};

describe('the view', () => {
	it.each<readonly [string, Action[], Partial<View>]>([
		['is the live plane at first', [], {
			page: 'plane', isHelpOpen: false, frozen: undefined, colorBy: 'layer', estimator: 0,
		}],
		['freezes what is there now', ['freeze'], {frozen: live}],
		['thaws', ['freeze', 'freeze'], {frozen: undefined}],
		['goes to the gradients', ['page'], {page: 'gradients'}],
		['goes to the loss', ['page', 'page'], {page: 'loss'}],
		['comes round to the plane', ['page', 'page', 'page'], {page: 'plane'}],
		['opens the help', ['help'], {isHelpOpen: true}],
		['closes the help', ['help', 'help'], {isHelpOpen: false}],
		['colours by epoch', ['color'], {colorBy: 'epoch'}],
		['colours by layer again', ['color', 'color'], {colorBy: 'layer'}],
		['counts estimators on', ['estimator', 'estimator', 'estimator'], {estimator: 3}],
		['hides layers', [{toggleLayer: 2}, {toggleLayer: 5}], {hidden: new Set([2, 5])}],
		['shows a layer again', [{toggleLayer: 2}, {toggleLayer: 5}, {toggleLayer: 2}], {hidden: new Set([5])}],
		['steps out of the help first', ['freeze', 'page', 'help', 'back'], {isHelpOpen: false, frozen: live, page: 'gradients'}],
		['then thaws', ['freeze', 'page', 'help', 'back', 'back'], {frozen: undefined, page: 'gradients'}],
		['then goes back to the plane', ['freeze', 'page', 'help', 'back', 'back', 'back'], {page: 'plane'}],
		['stays at the plane', ['back'], {page: 'plane', isHelpOpen: false}],
	])('%s', (_, actions, expected) => {
		expect(after(...actions)).toMatchObject(expected);
	});

	it.each(['quit', 'interrupt', 'pause', 'snapshot'] as const)('is not changed by %s', action => {
		expect(reduceView(initialView, action, live)).toBe(initialView);
	});

	it('is a value: an action leaves the one before as it was', () => {
		const view = after({toggleLayer: 3});
		const copy = structuredClone(view.hidden);
		reduceView(view, {toggleLayer: 3}, live);
		reduceView(view, {toggleLayer: 4}, live);
		expect(view.hidden).toEqual(copy);
	});

	it('knows how many epochs a frozen picture is behind', () => {
		expect(epochsBehind(after('freeze'), later)).toBe(40);
		expect(epochsBehind(after('freeze'), live)).toBe(0);
		expect(epochsBehind(initialView, later)).toBe(0);
	});
});
