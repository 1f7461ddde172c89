/** Gradients and losses of several runs, as small multiples on one scale. */
import {describe, expect, it} from 'vitest';
import {type Subject} from '../../../source/export/figures/figure.js';
import {type FigureName} from '../../../source/export/figures/names.js';
import {parseLength} from '../../../source/export/length.js';
import {renderSvg} from '../../../source/export/render-svg.js';
import {type History} from '../../../source/history/reduce.js';
import {type EpochEvent, type StartEvent} from '../../../source/run/events.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../../helpers/example.js';
import {figureOf, figureOptions, repeatedHistory} from '../../helpers/figures.js';

type Row = Readonly<Record<string, unknown>>;

/** What another program trains: neither preset nor weights, and of an epoch only what `more` says. */
function foreignHistory(more: Partial<EpochEvent> = {}, start: Partial<StartEvent> = {}): History {
	const {preset, seed, engine, ...known} = exampleStart();
	return historyOf({...known, ...start}, ...[0, 1, 30].map(epoch => {
		const event = exampleEpoch(epoch);
		return {...event, layers: event.layers.map(layer => ({...layer, weightNorm: null})), ...more};
	}));
}

const one: Subject = {name: 'one', history: exampleHistory()};
const many: Subject = {name: 'many', history: repeatedHistory(5)};
const small: Subject = {name: 'small', history: historyOf(exampleStart({hidden: [3]}), exampleEpoch(0, {layers: 2, ratio: 100}), exampleEpoch(5, {layers: 2, ratio: 1000}))};
const named = (name: string): Subject => ({name, history: small.history});

const svgOf = async (name: FigureName, subjects: readonly Subject[], width = '85mm') =>
	renderSvg(figureOf(name, subjects, {width: parseLength(width, '--width')}), figureOptions().width);
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>(?<text>.*?)<\/text>/gv)].map(match => match.groups!['text']!.replaceAll(/<\/?tspan[^>]*>/gv, ''));
const rowsOf = (name: FigureName, subjects: readonly Subject[]) => Object.values(figureOf(name, subjects)['datasets'] as Record<string, readonly Row[]>)[0]!;

/** All scales of a channel in a specification, or in a part of it. */
function domainsOf(specification: unknown, channel: 'x' | 'y'): Array<readonly [number, number]> {
	if (typeof specification !== 'object' || specification === null) {
		return [];
	}

	const {scale} = (specification as Readonly<Record<string, {readonly scale?: {readonly domain: readonly [number, number]}}>>)[channel] ?? {};
	return [...(scale ? [scale.domain] : []), ...Object.values(specification).flatMap(part => domainsOf(part, channel))];
}

const distinct = (domains: ReadonlyArray<readonly [number, number]>) => [...new Set(domains.map(domain => JSON.stringify(domain)))].map(text => JSON.parse(text) as [number, number]);

describe('the gradients of several runs', () => {
	it('have a column a run and a row a layer, each panel with the layer and its switch', async () => {
		const texts = textsOf(await svgOf('gradients', [one, many, small], '180mm'));
		expect(texts.filter(text => ['one', 'many, median of 5 seeds', 'small'].includes(text))).toEqual(['one', 'many, median of 5 seeds', 'small']);
		expect(texts.filter(text => text.includes(' · '))).toEqual([
			'hidden 1 · 16',
			'hidden 1 · none',
			'hidden 1 · none',
			'hidden 2 · 40',
			'hidden 2 · none',
			'output · none',
			...['hidden 3', 'hidden 4', 'hidden 5', 'output'].flatMap(name => [`${name} · none`, `${name} · none`]),
		]);
	});

	it('stand on one scale, which holds the longest run, and the greatest and least norm of all', () => {
		const specification = figureOf('gradients', [one, small]);
		const [x, ...otherX] = distinct(domainsOf(specification, 'x'));
		const [y, ...otherY] = distinct(domainsOf(specification, 'y'));
		expect([otherX, otherY]).toEqual([[], []]);
		expect(x).toEqual([0.5, one.history.epochs.at(-1)!.epoch]);
		// M = 10 of `small` over its first layer's weights, S = 0.01 over those of the last layer of `one`.
		expect(y![0]).toBeCloseTo(0.01 / 8 / 1.3, 6);
		expect(y![1]).toBeCloseTo(10 / 3 * 1.3, 3);
	});

	it('keep the switch of each layer at its epoch, the median of repeats and their quartiles', () => {
		const rows = rowsOf('gradients', [one, many]);
		expect(rows.filter(({norm}) => norm === 'switch').map(({run, layer, epoch}) => [run, layer, epoch])).toEqual([['one', 1, 16], ['one', 2, 40]]);
		expect(rows.find(({run, norm, layer}) => run === 'many, median of 5 seeds' && norm === 'mean' && layer === 1)).toMatchObject({
			epoch: 0, value: 0.006_666_67, low: 0.006_666_67, high: 0.006_666_67,
		});
		expect(rows.filter(({run, low}) => run === 'one' && low !== undefined)).toEqual([]);
	});

	it('draw a line of M and of S for each layer of each run, and a dotted one for each switch', async () => {
		const svg = await svgOf('gradients', [one, small]);
		const lines = [...svg.matchAll(/<path aria-label="[^"]*" role="graphics-symbol" aria-roledescription="line mark"/gv)];
		expect(lines).toHaveLength(2 * (6 + 2));
		expect(svg.match(/<line aria-label="place: (?:16|40)"[^>]* x2="0" y2="[1-9]\d*" stroke="#222222"[^>]* stroke-dasharray="1,1.5"/gv)).toHaveLength(2);
	});

	it('are not divided by the weights where those of one run are unknown', () => {
		const foreign = {name: 'foreign', history: foreignHistory()};
		const valueOf = (subjects: readonly Subject[]) => rowsOf('gradients', subjects)
			.find(({run, norm, layer, epoch}) => run === 'one' && norm === 'standard deviation' && layer === 2 && epoch === 1)!['value'];
		expect(valueOf([one, small])).toBeCloseTo(0.01 / 4, 9);
		expect(valueOf([one, foreign])).toBe(0.01);
		expect(JSON.stringify(figureOf('gradients', [one, foreign]))).not.toContain('‖W‖');
		expect(JSON.stringify(figureOf('gradients', [one, small]))).toContain('norm / ‖W‖');
	});

	it('say what is counted, epochs or steps', async () => {
		const steps = {name: 'steps', history: foreignHistory({}, {counts: 'steps'})};
		expect(textsOf(await svgOf('gradients', [steps, {...steps, name: 'too'}]))).toEqual(expect.arrayContaining(['step', 'drift → diffusion, at step']));
		expect(textsOf(await svgOf('loss', [steps, one]))).toContain('epoch or step');
	});
});

describe('the losses of several runs', () => {
	it('stand on one scale of epochs, one of losses and one of accuracies', () => {
		const poor = {name: 'poor', history: historyOf(exampleStart(), {...exampleEpoch(0), loss: 9, accuracy: {train: 0.15, test: null}}, exampleEpoch(9000))};
		const specification = figureOf('loss', [one, poor, many]);
		expect(distinct(domainsOf(specification, 'x'))).toEqual([[0.5, 9000]]);
		const [loss, accuracy, ...others] = distinct(domainsOf(specification, 'y'));
		expect(others).toEqual([]);
		expect(loss![1]).toBeCloseTo(9 * 1.3, 9);
		expect(loss![0]).toBeCloseTo(0.7 / 91 / 1.3, 6);
		expect(accuracy).toEqual([0.1, 1]);
	});

	it('are named, and have medians and quartiles of repeats', async () => {
		const texts = textsOf(await svgOf('loss', [one, many], '180mm'));
		expect(texts).toEqual(expect.arrayContaining(['one', 'many, median of 5 seeds', 'training set', 'test set', 'quartiles', 'loss (nats)', 'accuracy', 'epoch']));
		expect(rowsOf('loss', [one, many]).find(({run}) => run === 'many, median of 5 seeds')).toMatchObject({
			quantity: 'loss', epoch: 0, value: 2.1, low: 1.4, high: 2.8,
		});
	});

	it('leave a place empty, and the others in theirs, where a run has no accuracy', async () => {
		const bare = {name: 'bare', history: foreignHistory({accuracy: {train: null, test: null}})};
		const svg = await svgOf('loss', [bare, one], '180mm');
		// Titles of both columns and, below the accuracies, the axes of both.
		expect(textsOf(svg).filter(text => ['bare', 'one', 'epoch', 'accuracy'].includes(text))).toEqual(['bare', 'one', 'accuracy', 'epoch', 'epoch']);
		expect(svg.match(/aria-roledescription="line mark"/gv)).toHaveLength(1 + 3);
		expect(textsOf(await svgOf('loss', [bare, {...bare, name: 'too'}]))).not.toContain('accuracy');
	});
});

describe.each(['gradients', 'loss'] as const)('small multiples of %s', name => {
	it.each(['60mm', '85mm', '180mm'])('are as wide as a column of %s, however many they are', async width => {
		const svg = await svgOf(name, ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(each => named(`tanh-2026-01-31-12.30.1${each}`)), width);
		const {across} = /viewBox="0 0 (?<across>[\d.]+) /v.exec(svg)!.groups!;
		expect(Math.abs((Number(across) / parseLength(width, '--width').pixels) - 1)).toBeLessThan(0.07);
		expect(svg).not.toMatch(/NaN|undefined|Infinity/v);
		const letters = textsOf(svg).filter(text => /\d[a-g]$/v.test(text)).map(text => text.at(-1));
		expect(letters).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
	});

	it('give the names of runs as text, whatever stands in them', async () => {
		const names = ['<b>&"\'', '__proto__', 'constructor', '\\u0041${datum}', '"]+alert(1)+["', '']; // eslint-disable-line no-template-curly-in-string
		const svg = await svgOf(name, names.map(each => named(each)), '400mm');
		const texts = textsOf(svg).map(text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
		expect(texts.filter(text => names.includes(text) && text !== '')).toEqual(names.slice(0, -1));
		expect(svg).not.toContain('<b>');
		expect(new Set(rowsOf(name, names.map(each => named(each))).map(({run}) => run))).toEqual(new Set(names));
	});

	it('are refused where one run lacks what they show, by its name', () => {
		const bare = {name: 'bare', history: foreignHistory({loss: null, layers: exampleEpoch(0).layers.map(layer => ({...layer, gradient: null, weightNorm: null}))})};
		const instead = name === 'gradients' ? 'plane or loss' : 'plane';
		expect(() => figureOf(name, [one, bare, {...bare, name: 'too'}])).toThrow(`The run bare has no ${name} to draw: leave it out, or choose --figure ${instead}.`);
	});
});
