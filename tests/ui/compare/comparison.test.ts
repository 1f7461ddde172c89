import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../../source/chart/glyphs.js';
import {emptyHistory} from '../../../source/history/reduce.js';
import {
	commonDomain, epochsOf, estimatorsOf, type Member, membersAt,
} from '../../../source/ui/compare/members.js';
import {estimatorTitle} from '../../../source/ui/frames.js';
import {stillComparison} from '../../../source/ui/compare/still.js';
import {compareActionOf, compareKeys} from '../../../source/ui/compare/keys.js';
import {initialCompareView, reduceCompareView, shownPage} from '../../../source/ui/compare/view.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../../helpers/example.js';
import {sizeOf} from '../../helpers/terminal.js';

const wide: Member = {name: 'wide', history: exampleHistory()};
/** A run on a smaller data set. */
const narrow: Member = {
	name: 'narrow',
	history: historyOf({...exampleStart({hidden: [3], estimators: ['bins', 'kde:0.1']}), bounds: {x: 6, y: 2.5}}, exampleEpoch(0, {layers: 2}), exampleEpoch(7, {layers: 2})),
};

describe('what runs have in common', () => {
	it('is one scale, up to the greatest of each axis', () => {
		expect(commonDomain([wide, narrow])).toEqual({x: [0, 12], y: [0, 2.5]});
		expect(commonDomain([narrow])).toEqual({x: [0, 6], y: [0, 2.5]});
		expect(commonDomain([{name: 'nothing', history: emptyHistory}])).toEqual({x: [0, 1], y: [0, 1]});
	});

	it('are the estimators and the epochs of all, each once', () => {
		expect(estimatorsOf([wide, narrow])).toEqual(['bins', 'width:0.07', 'kde:0.1']);
		expect(epochsOf([narrow, narrow])).toEqual([0, 7]);
		expect(epochsOf([narrow, wide]).filter(epoch => epoch < 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	it('is an epoch that is looked back to: each run at the last that it had measured by then', () => {
		expect(membersAt([wide, narrow], 5).map(({history}) => history.epochs.at(-1)?.epoch)).toEqual([5, 0]);
		expect(membersAt([wide, narrow], undefined)).toEqual([wide, narrow]);
	});

	it('takes an estimator that it does not know by its id', () => {
		expect(estimatorTitle('bins')).toBe('bins 30');
		expect(estimatorTitle('tomorrow:1')).toBe('tomorrow:1');
	});
});

describe('a comparison', () => {
	const linesOf = (members: readonly Member[], size: string, glyphs = glyphSets.braille) => stillComparison(members, sizeOf(size), glyphs).toLines().map(line => line.trimEnd());

	it('frames each run with its name, preset, estimator, epoch and phase', () => {
		const lines = linesOf([wide, narrow], '100×24');
		expect(lines[0]).toMatch(/^┌─ wide · mine · bins 30 ─+┐┌─ narrow · mine · bins 30 ─+┐$/v);
		expect(lines[22]).toMatch(/^└─ epoch [\d,]+\/8,000 · SWITCHING \(2 of 6\) ─+┘└─ epoch 7\/8,000 · DRIFT ─+┘$/v);
		expect(lines[23]).toMatch(/^ q leave {2}e estimator/v);
	});

	it('has the same scale in every tile', () => {
		const [left, right] = [0, 50].map(column => linesOf([wide, narrow], '100×24')[21]!.slice(column, column + 50));
		expect(left!.replaceAll(/[^\d ]/gv, '')).toBe(right!.replaceAll(/[^\d ]/gv, ''));
		expect(left).toContain('12');
	});

	it('says in its tile why a run has no plane', () => {
		const text = linesOf([
			{name: 'bad', history: emptyHistory, problem: 'It cannot be read.'},
			{name: 'new', history: emptyHistory},
			{name: 'dead', history: {...emptyHistory, trainer: 'died'}},
			{name: 'other', history: historyOf({...exampleStart({estimators: ['kde:0.1']})}, exampleEpoch(0))},
			{name: 'first', history: historyOf({...exampleStart({estimators: ['bins']})}, exampleEpoch(0))},
		], '200×50').join('\n');
		for (const word of ['It cannot be read.', 'waiting for the trainer', 'the trainer died before it said anything', 'kde 0.1 is not measured in this run']) {
			expect(text).toContain(word);
		}
	});

	it('says which page of how many is shown where not all fit', () => {
		expect(linesOf([wide, narrow, wide, narrow, wide, narrow, wide, narrow, wide], '80×24')[23]).toMatch(/ page 1 of 3$/v);
		expect(linesOf(Array.from({length: 9}, () => wide), '80×24')[23]).toMatch(/^ q leave {2}tab next runs/v);
		expect(linesOf([wide, narrow], '80×24')[23]).not.toContain('page');
		expect(linesOf([wide, narrow], '60×5')[0]).toMatch(/page 1 of 2/v);
	});

	it.each(['1×1', '2×2', '5×1', '1×50', '29×7', '30×8', '31×9', '300×8', '300×100'])('fits into %s', size => {
		const {columns, rows} = sizeOf(size);
		for (const glyphs of Object.values(glyphSets)) {
			const lines = stillComparison([wide, narrow, wide], {columns, rows}, glyphs).toLines();
			expect(lines.map(line => line.length)).toEqual(Array.from({length: rows}, () => columns));
			expect(glyphs.name === 'ascii' ? lines.join('') : '').toMatch(/^[ -~]*$/v);
		}
	});

	it('shows names that could be anything in one safe cell a character', () => {
		const name = 'a\u001B]0;x\u0007b\u001B[2Jc漢d👍e\u0301\u202Ef';
		const [top] = linesOf([{...wide, name}, narrow], '100×24');
		expect(top).toMatch(/^┌─ abc\?d\?e\?\uFFFDf · mine · bins 30 ─+┐┌─ narrow /v);
		expect([...top!]).toHaveLength(100);
	});

	it('names the run in the one line of the smallest screens, too', () => {
		expect(linesOf([{...wide, name: 'a\u001B]0;x\u0007b'}, narrow], '60×5')[0]).toMatch(/^ab {2}page 1 of 2 /v);
	});

	it('cuts a name that is longer than its tile', () => {
		const [top] = linesOf([{...wide, name: 'n'.repeat(200)}, narrow], '80×24');
		expect(top).toMatch(/^┌─ n{34} ─┐┌─ narrow · mine · bins 30 ─+┐$/v);
	});
});

describe('the view of a comparison', () => {
	const comparable = {pages: 3, epochs: () => [0, 1, 5, 20]};
	const after = (...inputs: string[]) => {
		let view = initialCompareView;
		for (const input of inputs) {
			view = reduceCompareView(view, compareActionOf(input)!, comparable);
		}

		return view;
	};

	it('has each input once, and a text for each key', () => {
		const inputs = compareKeys.flatMap(key => Object.keys(key.inputs));
		expect(new Set(inputs).size).toBe(inputs.length);
		expect(compareKeys.filter(({brief}) => brief.length < 5 || brief.length > 28)).toEqual([]);
		expect(['x', '', 'toString'].map(input => compareActionOf(input))).toEqual([undefined, undefined, undefined]);
	});

	it('goes round the pages, both ways', () => {
		expect(after('\t').page).toBe(1);
		expect(after('\t', '\u001B[C', '\u001B[B').page).toBe(0);
		expect(after('\u001B[D').page).toBe(2);
		expect(shownPage(after('\u001B[A'), 2)).toBe(1);
	});

	it('goes back in time from the newest epoch, and forth until it is live again', () => {
		expect(after('[').scrubbed).toBe(5);
		expect(after('[', '[').scrubbed).toBe(1);
		expect(after('[', '[', '[', '[').scrubbed).toBe(0);
		expect(after('[', '[', ']').scrubbed).toBe(5);
		expect(after('[', ']').scrubbed).toBeUndefined();
		expect(after(']').scrubbed).toBeUndefined();
		expect(after('[', '\u001B[F').scrubbed).toBeUndefined();
		expect(after('[', '\u001B').scrubbed).toBeUndefined();
		expect(reduceCompareView(initialCompareView, 'earlier', {pages: 1, epochs: () => []}).scrubbed).toBeUndefined();
	});

	it('changes estimator, colours, glyphs and help', () => {
		expect(after('e', 'c', 'g', '?')).toMatchObject({
			estimator: 1, colorBy: 'epoch', glyphs: 'block', isHelpOpen: true,
		});
		expect(after('?', '\u001B').isHelpOpen).toBe(false);
		expect(after('c', 'c').colorBy).toBe('layer');
	});
});
