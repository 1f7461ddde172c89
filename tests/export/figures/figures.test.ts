import {describe, expect, it} from 'vitest';
import {compile, type TopLevelSpec} from 'vega-lite';
import {type Subject} from '../../../source/export/figures/figure.js';
import {type FigureName, figureNames} from '../../../source/export/figures/names.js';
import {renderSvg} from '../../../source/export/render-svg.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../../helpers/example.js';
import {figureOf, figureOptions, repeatedHistory} from '../../helpers/figures.js';

const one: Subject = {name: 'one', history: exampleHistory()};
const many: Subject = {name: 'many', history: repeatedHistory(5)};
const cases = figureNames.flatMap(name => (['layer', 'epoch'] as const).flatMap(by => [[one], [many], [one, many]].map(subjects =>
	[name, by, subjects.map(subject => subject.name).join('+'), subjects] as const)));

const svgOf = async (name: FigureName, subjects: readonly Subject[], options: Parameters<typeof figureOf>[2] = {}) =>
	renderSvg(figureOf(name, subjects, options), figureOptions(options).width);

const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>(?<text>[^<]*)</gv)].map(match => match.groups!['text']!);

/** The rows of a specification's only data set. */
const rowsOf = (name: FigureName, subjects: readonly Subject[], options = {}) =>
	Object.values(figureOf(name, subjects, options)['datasets'] as Record<string, Array<Record<string, unknown>>>)[0]!;

describe('the specification of a figure', () => {
	it.each(cases)('%s by %s of %s is one that Vega-Lite has nothing to say against', (name, by, _, subjects) => {
		const said: unknown[] = [];
		const hear = (...words: unknown[]) => {
			said.push(words);
			return logger;
		};

		const logger = {
			level: () => logger, error: hear, warn: hear, info: () => logger, debug: () => logger,
		};
		const specification = figureOf(name, subjects, {by});
		compile(specification as unknown as TopLevelSpec, {logger});
		expect(said).toEqual([]);
		expect(structuredClone(specification)).toEqual(specification);
		expect(specification['$schema']).toBe('https://vega.github.io/schema/vega-lite/v6.json');
	});
});

describe('a figure', () => {
	it.each(cases)('%s by %s of %s has the same bytes whenever it is drawn, and is as wide as a column', async (name, by, _, subjects) => {
		const first = await svgOf(name, subjects, {by});
		await svgOf('plane', [many]);
		expect(await svgOf(name, subjects, {by})).toBe(first);
		const {across, width} = /^<svg [^>]*width="(?<width>[^"]+)" height="[\d.]+mm" viewBox="0 0 (?<across>[\d.]+) /v.exec(first)!.groups!;
		expect(width).toBe('85mm');
		// What is drawn is drawn in its own size, or letters would be smaller than journals allow.
		expect(Math.abs((Number(across) / (85 / 25.4 * 96)) - 1)).toBeLessThan(0.07);
		expect(first).not.toMatch(/NaN|undefined|Infinity/v);
	});

	it('names its axes, its bound and its layers', async () => {
		const history = {...one.history, start: {...one.history.start!, bound: {kind: 'deterministic' as const, points: [{x: 0, y: 0}, {x: 1, y: 1}, {x: 12, y: 1}]}}};
		const texts = textsOf(await svgOf('plane', [{...one, history}]));
		expect(texts).toEqual(expect.arrayContaining(['I(X;T) (bits)', 'I(T;Y) (bits)', 'IB bound', 'drift → diffusion', '6']));
		expect(textsOf(await svgOf('plane', [one], {by: 'epoch'}))).toEqual(expect.arrayContaining(['epoch', '0', '10', '100']));
	});

	it('says the real epoch of each layer\'s switch, and the range over repeats', async () => {
		const texts = textsOf(await svgOf('gradients', [one]));
		expect(texts).toEqual(expect.arrayContaining(['hidden 1 · 16', 'hidden 2 · 40', 'hidden 3 · none', 'mean', 'standard deviation', 'norm / ‖W‖']));
		expect(rowsOf('gradients', [one]).filter(row => row['norm'] === 'switch').map(({layer, epoch}) => [layer, epoch])).toEqual([[1, 16], [2, 40]]);
	});

	it('shows the median of the repeats, their quartiles, and where each of them is', () => {
		const rows = rowsOf('plane', [many]);
		const ofLayer = (kind: string) => rows.filter(row => row['kind'] === kind && row['layer'] === 1);
		expect(ofLayer('trail').map(({epoch, x}) => [epoch, x])).toEqual([0, 1, 5, 20, 100].map(epoch => [epoch, 11.7]));
		expect(ofLayer('repeat').map(({x}) => x)).toEqual([11.9, 11.8, 11.7, 11.6, 11.5]);
		expect(ofLayer('spread')[0]).toMatchObject({epoch: 0, xLow: 11.6, xHigh: 11.8});
		expect(rowsOf('loss', [many])[0]).toMatchObject({
			quantity: 'loss', epoch: 0, value: 2.1, low: 1.4, high: 2.8,
		});
	});

	it('puts epoch 0 on the logarithmic axis, where it has a place of its own', async () => {
		expect(rowsOf('loss', [one]).filter(({epoch}) => Number(epoch) < 2).map(({epoch, place}) => [epoch, place]).slice(0, 2)).toEqual([[0, 0.5], [1, 1]]);
		expect(textsOf(await svgOf('loss', [one]))).toEqual(expect.arrayContaining(['0', '1', '10', '100', 'epoch', 'loss (nats)', 'accuracy', 'training set', 'test set']));
	});

	it('compares runs on one scale: that of the greatest of them', () => {
		const wide = historyOf({...exampleStart(), bounds: {x: 16, y: 2}}, exampleEpoch(0), exampleEpoch(9));
		const {vconcat} = figureOf('comparison', [one, {name: 'wide', history: wide}]) as unknown as {vconcat: Array<{spec?: {layer: Array<{encoding: {x: {scale: {domain: number[]}}}}>}}>};
		const domains = vconcat.flatMap(({spec}) => spec?.layer ?? []).map(({encoding}) => encoding.x.scale.domain[1]);
		expect(new Set(domains)).toEqual(new Set([16.16]));
	});

	it('compares one run under its estimators, or under those that are asked for', async () => {
		expect(textsOf(await svgOf('comparison', [one]))).toEqual(expect.arrayContaining(['bins', 'width:0.07']));
		expect(new Set(rowsOf('plane', [one], {estimators: ['width:0.07']}).filter(({kind, layer, epoch}) => kind === 'trail' && layer === 1 && epoch === 0).map(({x}) => x))).toEqual(new Set([6]));
	});

	it.each<readonly [string, FigureName, readonly Subject[], Parameters<typeof figureOf>[2], RegExp]>([
		['gradients of a run without any', 'gradients', [{name: 'bare', history: historyOf(exampleStart(), {...exampleEpoch(0), layers: exampleEpoch(0).layers.map(layer => ({...layer, gradient: null}))})}], {}, /^The run bare has no gradients to draw: choose --figure plane or loss\.$/v],
		['loss of a run without any', 'loss', [{name: 'bare', history: historyOf(exampleStart(), {...exampleEpoch(0), loss: null})}], {}, /^The run bare has no loss to draw: choose --figure plane\.$/v],
		['an estimator that was not measured', 'plane', [one], {estimators: ['kde:0.1']}, /^The run one was not measured with "kde:0\.1": give --estimators bins or width:0\.07\.$/v],
		['a comparison of one plane', 'comparison', [one], {estimators: ['bins']}, /^--figure comparison needs several runs, or a run with several estimators: one has one\.$/v],
		['a comparison without a common estimator', 'comparison', [one, {name: 'other', history: historyOf({...exampleStart(), estimators: ['exact:8']}, exampleEpoch(0))}], {}, /^The runs one, other have no estimator in common/v],
	])('of %s is refused by a sentence', (_, name, subjects, options, sentence) => {
		expect(() => figureOf(name, subjects, options)).toThrow(sentence);
	});

	it.each(figureNames)('%s of a single epoch can be drawn', async name => {
		expect(await svgOf(name, [{name: 'short', history: historyOf(exampleStart(), exampleEpoch(0))}])).toContain('</svg>');
	});
});
