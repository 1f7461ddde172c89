import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {glyphNames} from '../../source/chart/glyphs.js';
import {type History} from '../../source/history/reduce.js';
import {type Action, actionOf, keys} from '../../source/ui/keys.js';
import {
	cursorText, epochsBehind, initialView, reduceView, shownHistory, type View,
} from '../../source/ui/state.js';
import {wholePlane} from '../../source/ui/zoom.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const run = (...epochs: number[]): History => historyOf(exampleStart(), ...epochs.map(epoch => exampleEpoch(epoch)), {
	type: 'phase', layer: 1, event: 'diffusion', epoch: 100,
});
const live = run(0, 10, 100);
const later = run(0, 10, 100, 140);
const over = historyOf(exampleStart(), ...[0, 10, 100].map(epoch => exampleEpoch(epoch)), {type: 'end', reason: 'finished', epoch: 100});
const waiting = historyOf(exampleStart());

const reduced = (view: View, actions: readonly Action[], history = live): View => {
	let next = view;
	for (const action of actions) {
		next = reduceView(next, action, history);
	}

	return next;
};

const after = (...actions: Action[]): View => reduced(initialView, actions);
const left: Action = {move: [-1, 0]};
const right: Action = {move: [1, 0]};
const up: Action = {move: [0, 1]};
const down: Action = {move: [0, -1]};

describe('the view', () => {
	it.each<readonly [string, Action[], Partial<View>]>([
		['is the live plane at first', [], {
			page: 'plane', isHelpOpen: false, frozen: undefined, scrubbed: undefined, cursor: undefined, zoom: wholePlane, colorBy: 'layer', estimator: 0, isLogEpochs: true, glyphs: 'braille',
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
		['has linear epochs', ['epoch-scale'], {isLogEpochs: false}],
		['has epochs as measured again', ['epoch-scale', 'epoch-scale'], {isLogEpochs: true}],
		['zooms in', ['zoom-in'], {zoom: {x: 0.25, y: 0.25, extent: 0.5}}],
		['zooms out again', ['zoom-in', 'zoom-out'], {zoom: wholePlane}],
		['zooms all the way out', ['zoom-in', 'zoom-in', 'zoom-in', 'zoom-reset'], {zoom: wholePlane}],
		['moves over the plane to the right', ['zoom-in', right], {zoom: {x: 0.35, y: 0.25, extent: 0.5}}],
		['moves over the plane down', ['zoom-in', down], {zoom: {x: 0.25, y: 0.15, extent: 0.5}}],
		['does not move over a plane that is seen whole', [right, up, left, down], {zoom: wholePlane}],
	])('%s', (_, actions, expected) => {
		expect(after(...actions)).toMatchObject(expected);
	});

	it.each(['quit', 'interrupt', 'pause', 'snapshot', 'repaint', 'suspend'] as const)('is not changed by %s', action => {
		const view = after('zoom-in', 'cursor', 'earlier');
		expect(reduceView(view, action, live)).toBe(view);
	});

	it('is a value: an action leaves the one before as it was', () => {
		const view = after({toggleLayer: 3}, 'zoom-in', 'cursor', 'earlier');
		const copy = structuredClone(view);
		for (const {inputs} of keys) {
			for (const input of inputs) {
				reduceView(view, actionOf(input)!, live);
			}
		}

		expect(view).toEqual(copy);
	});

	it.each([['nothing', historyOf()], ['a run without epochs', waiting], ['a run', live]])('takes every key in any order before %s without a throw, and steps out of all of it', (_, history) => {
		const actions = keys.flatMap(({inputs}) => inputs.map(input => actionOf(input)!));
		fc.assert(fc.property(fc.array(fc.constantFrom(...actions), {maxLength: 40}), pressed => {
			const view = reduced(initialView, pressed, history);
			expect(shownHistory(view, history).epochs.length).toBeLessThanOrEqual(history.epochs.length);
			cursorText(view, shownHistory(view, history));
			const out = reduced(view, ['back', 'back', 'back', 'back', 'back'], history);
			expect(out).toEqual({
				...initialView, hidden: view.hidden, colorBy: view.colorBy, estimator: view.estimator, isLogEpochs: view.isLogEpochs, glyphs: view.glyphs,
			});
		}));
	});
});

describe('one step out', () => {
	it('closes the help, then the cursor, then the past, then the zoom, then goes back to the plane', () => {
		const everything = after('page', 'zoom-in', 'freeze', 'earlier', 'cursor', 'help');
		const states = [1, 2, 3, 4, 5, 6].map(steps => {
			const {isHelpOpen, cursor, scrubbed, frozen, zoom, page} = reduced(everything, Array.from({length: steps}, () => 'back' as const));
			return [isHelpOpen, cursor !== undefined, scrubbed !== undefined || frozen !== undefined, zoom !== wholePlane, page];
		});
		expect(states).toEqual([
			[false, true, true, true, 'gradients'],
			[false, false, true, true, 'gradients'],
			[false, false, false, true, 'gradients'],
			[false, false, false, false, 'gradients'],
			[false, false, false, false, 'plane'],
			[false, false, false, false, 'plane'],
		]);
	});

	it('leaves alone what there is nothing to step out of: hidden layers, colours, estimator, glyphs', () => {
		const view = after({toggleLayer: 2}, 'color', 'estimator', 'epoch-scale', 'glyphs');
		expect(reduceView(view, 'back', live)).toEqual(view);
	});
});

describe('going through the epochs', () => {
	const epochsShown = (...actions: Action[]) => shownHistory(after(...actions), live).epochs.map(({epoch}) => epoch);

	it.each<readonly [string, Action[], number[]]>([
		['shows the newest at first', [], [0, 10, 100]],
		['goes back by one', ['earlier'], [0, 10]],
		['goes back by two', ['earlier', 'earlier'], [0]],
		['stops at the first one', ['earlier', 'earlier', 'earlier', 'earlier'], [0]],
		['goes forth again', ['earlier', 'earlier', 'later'], [0, 10]],
		['stays with the newest', ['later', 'later'], [0, 10, 100]],
		['returns with end', ['earlier', 'earlier', 'live'], [0, 10, 100]],
		['returns with esc', ['earlier', 'earlier', 'back'], [0, 10, 100]],
	])('%s', (_, actions, expected) => {
		expect(epochsShown(...actions)).toEqual(expected);
	});

	it('is live again after the newest one: what comes later is shown', () => {
		const view = after('earlier', 'later', 'later');
		expect(view.scrubbed).toBeUndefined();
		expect(shownHistory(view, later).epochs).toHaveLength(4);
	});

	it('stays where it is while the training goes on', () => {
		expect(shownHistory(after('earlier'), later).epochs.map(({epoch}) => epoch)).toEqual([0, 10]);
		expect(reduceView(after('earlier'), 'later', later).scrubbed).toBe(2);
		expect(shownHistory(reduceView(after('earlier'), 'later', later), later).epochs.map(({epoch}) => epoch)).toEqual([0, 10, 100]);
	});

	it('knows of no switch that was not yet, and of no end', () => {
		expect(shownHistory(after('earlier'), live).phases[0]!.switch).toBeNull();
		expect(shownHistory(initialView, live).phases[0]!.switch).toBe(100);
		expect(shownHistory(after('earlier'), over).end).toBeUndefined();
		expect(shownHistory(initialView, over).end).toBe(over.end);
	});

	it('does nothing where nothing has been measured', () => {
		expect(reduced(initialView, ['earlier', 'later', 'earlier'], waiting)).toEqual(initialView);
	});
});

describe('a frozen picture', () => {
	it('shows what was there when it was frozen, and how many epochs it is behind', () => {
		const view = after('freeze');
		expect(shownHistory(view, later).epochs).toHaveLength(3);
		expect(epochsBehind(view, later)).toBe(40);
		expect(epochsBehind(view, live)).toBe(0);
		expect(epochsBehind(initialView, later)).toBe(0);
	});

	it('tells whether the training is paused or over as it is now', () => {
		const end = {type: 'end', reason: 'finished', epoch: 140} as const;
		expect(shownHistory(after('freeze'), {...later, isPaused: true}).isPaused).toBe(true);
		expect(shownHistory(after('freeze'), {...later, end}).end).toBe(end);
	});

	it('can be gone through from its own newest epoch, without what came later', () => {
		const frozen = after('freeze');
		expect(shownHistory(reduced(frozen, ['earlier'], later), later).epochs.map(({epoch}) => epoch)).toEqual([0, 10]);
		expect(shownHistory(reduced(frozen, ['earlier', 'later', 'later', 'later'], later), later).epochs.map(({epoch}) => epoch)).toEqual([0, 10, 100]);
		expect(reduced(frozen, ['earlier', 'later', 'later', 'later'], later).frozen).toBe(live);
	});

	it('goes on with the live picture at end, which ends the freeze too', () => {
		expect(reduced(after('freeze'), ['earlier', 'live'], later)).toMatchObject({frozen: undefined, scrubbed: undefined});
	});

	it('that thaws in the past stays there', () => {
		expect(reduced(after('freeze'), ['earlier', 'freeze'], later)).toMatchObject({frozen: undefined, scrubbed: 1});
	});
});

describe('the cursor', () => {
	const cursor = (...actions: Action[]) => after(...actions).cursor;

	it.each<readonly [string, Action[], View['cursor']]>([
		['begins at the newest point of the last layer', ['cursor'], {layer: 6, index: 2}],
		['goes away', ['cursor', 'cursor'], undefined],
		['begins at the last layer that is shown', [{toggleLayer: 6}, {toggleLayer: 5}, 'cursor'], {layer: 4, index: 2}],
		['begins at the newest epoch that is shown', ['earlier', 'cursor'], {layer: 6, index: 1}],
		['goes back along its trail', ['cursor', left], {layer: 6, index: 1}],
		['stops at the beginning of its trail', ['cursor', left, left, left, left], {layer: 6, index: 0}],
		['goes forth along its trail', ['cursor', left, left, right], {layer: 6, index: 1}],
		['stops at the end of its trail', ['cursor', right, right], {layer: 6, index: 2}],
		['goes to the layer below', ['cursor', down], {layer: 5, index: 2}],
		['goes to the layer above', ['cursor', down, down, up], {layer: 5, index: 2}],
		['stops at the last layer', ['cursor', up, up], {layer: 6, index: 2}],
		['stops at the first layer', ['cursor', ...Array.from({length: 9}, () => down)], {layer: 1, index: 2}],
		['keeps its epoch from trail to trail', ['cursor', left, down, down], {layer: 4, index: 1}],
		['skips hidden layers', [{toggleLayer: 5}, {toggleLayer: 4}, 'cursor', down], {layer: 3, index: 2}],
		['skips hidden layers on the way back', [{toggleLayer: 5}, {toggleLayer: 4}, 'cursor', down, up], {layer: 6, index: 2}],
		['stops at the first layer that is shown', [{toggleLayer: 1}, {toggleLayer: 2}, 'cursor', ...Array.from({length: 9}, () => down)], {layer: 3, index: 2}],
		['is nowhere where every layer is hidden', [...[1, 2, 3, 4, 5, 6].map(toggleLayer => ({toggleLayer})), 'cursor'], undefined],
	])('%s', (_, actions, expected) => {
		expect(cursor(...actions)).toEqual(expected);
	});

	it.each<readonly [string, Action[], number[], View['cursor']]>([
		['its layer, and goes on to the one below', ['cursor', left, 'hide'], [6], {layer: 5, index: 1}],
		['one layer after the other', ['cursor', 'hide', 'hide', 'hide'], [4, 5, 6], {layer: 3, index: 2}],
		['its layer, past those that are hidden already', [{toggleLayer: 5}, {toggleLayer: 4}, 'cursor', 'hide'], [4, 5, 6], {layer: 3, index: 2}],
		['the lowest layer, and goes on to the one above', ['cursor', down, down, down, down, down, 'hide'], [1], {layer: 2, index: 2}],
		['all layers, and then is nowhere', ['cursor', 'hide', 'hide', 'hide', 'hide', 'hide', 'hide'], [1, 2, 3, 4, 5, 6], undefined],
		['nothing where it is nowhere: all are shown again', [{toggleLayer: 2}, {toggleLayer: 6}, 'hide'], [], undefined],
		['nothing once it is gone: all are shown again', ['cursor', 'hide', 'hide', 'back', 'hide'], [], undefined],
		['nothing on a layer that a digit has hidden: all are shown again', ['cursor', {toggleLayer: 6}, 'hide'], [], {layer: 6, index: 2}],
	])('hides %s', (_, actions, hidden, expected) => {
		const view = after(...actions);
		expect([...view.hidden].toSorted((a, b) => a - b)).toEqual(hidden);
		expect(view.cursor).toEqual(expected);
	});

	it('hides layers past the ninth, which no digit reaches', () => {
		const deep = historyOf(exampleStart({hidden: Array.from({length: 20}, () => 3)}), ...[0, 10].map(epoch => exampleEpoch(epoch, {layers: 21})));
		const view = reduced(initialView, ['cursor', down, 'hide', 'hide'], deep);
		expect([...view.hidden]).toEqual([20, 19]);
		expect(view.cursor).toEqual({layer: 18, index: 1});
		expect(reduced(view, ['back', 'hide'], deep).hidden.size).toBe(0);
	});

	it('is nowhere before anything has been measured', () => {
		expect(reduced(initialView, ['cursor'], waiting).cursor).toBeUndefined();
	});

	it('takes the arrows: the plane does not move', () => {
		expect(after('zoom-in', 'cursor', left, down).zoom).toEqual({x: 0.25, y: 0.25, extent: 0.5});
	});

	it('stays at its epoch while the training goes on', () => {
		expect(reduceView(after('cursor', left), right, later).cursor).toEqual({layer: 6, index: 2});
		expect(reduced(after('cursor', left), [right, right, right], later).cursor).toEqual({layer: 6, index: 3});
	});

	const textOf = (view: View, history = live) => cursorText(view, shownHistory(view, history));

	it.each<readonly [string, Action[], number, number, string]>([
		['the newest point', ['cursor'], 6, 2, 'bins'],
		['an earlier point of another layer', ['cursor', left, down], 5, 1, 'bins'],
		['a point under another estimator', ['estimator', 'cursor', left], 6, 1, 'width:0.07'],
		['a point of the past', ['earlier', 'cursor', left], 6, 0, 'bins'],
	])('names %s: layer, epoch, I(X;T) and I(T;Y)', (_, actions, layer, index, estimator) => {
		const {epoch, layers} = live.epochs[index]!;
		const {x, y} = layers[layer - 1]!.information[estimator]!;
		expect(textOf(after(...actions))).toBe(`layer ${layer}, epoch ${epoch}: I(X;T) ${x.toFixed(3)}, I(T;Y) ${y.toFixed(3)} bits`);
	});

	it('names nothing where there is no cursor', () => {
		expect(textOf(initialView)).toBeUndefined();
	});

	it('goes back with the epochs that are shown', () => {
		expect(textOf(after('cursor', 'earlier'))).toMatch(/^layer 6, epoch 10:/v);
	});

	it('does not name a point of a layer that has been hidden', () => {
		expect(textOf(after('cursor', {toggleLayer: 6})) ?? '').not.toMatch(/^layer 6/v);
	});
});

describe('the glyphs', () => {
	it('go round through all of them, and come back', () => {
		const chosen = [1, 2, 3, 4].map(times => after(...Array.from({length: times}, () => 'glyphs' as const)).glyphs);
		expect(new Set(chosen)).toEqual(new Set(glyphNames));
		expect(chosen[3]).toBe(chosen[0]);
	});

	it.each([['braille', 'block'], ['block', 'ascii'], ['ascii', 'braille']] as const)('go from %s to %s', (glyphs, next) => {
		expect(reduceView({...initialView, glyphs}, 'glyphs', live).glyphs).toBe(next);
	});
});
