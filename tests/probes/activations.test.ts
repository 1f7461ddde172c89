import {describe, expect, it} from 'vitest';
import {type Dataset} from '../../source/dataset/dataset.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {initialState} from '../../source/engine/initialise.js';
import {brokenLayer, probeActivations, probeFit} from '../../source/probes/activations.js';

const layerOf = (...values: number[]) => ({rows: values.length / 2, units: 2, values: Float32Array.from(values)});
const rows = (...numbers: number[]) => Int32Array.from(numbers);

describe('a broken layer', () => {
	const sound = layerOf(0, -1, 1e38, -1e38);

	it.each([
		['is not found where all numbers are sound', [sound, layerOf(0, -0), layerOf()], undefined],
		['is found by a NaN', [sound, sound, layerOf(0, Number.NaN)], 3],
		['is found by an infinity', [layerOf(0, Infinity), sound], 1],
		['is found by a minus infinity', [sound, layerOf(-Infinity, 0)], 2],
		['is found by infinities that would cancel', [sound, layerOf(Infinity, -Infinity)], 2],
		['is the first of several', [sound, layerOf(Number.NaN, 0), layerOf(Infinity, 0)], 2],
		['does not exist without layers', [], undefined],
	])('%s', (_, layers, expected) => {
		expect(brokenLayer(layers)).toBe(expected);
	});
});

it.each([1, 3, 4, 5, 2 ** 16, (2 ** 16) + 3, 2 ** 17])('one of %d numbers that is not sound is found, wherever it is', length => {
	const values = new Float32Array(length).fill(-3e38);
	const layers = [{rows: length, units: 1, values}];
	expect(brokenLayer(layers)).toBeUndefined();
	for (const place of [0, Math.floor(length / 2), length - 2, length - 1].filter(each => each >= 0)) {
		for (const broken of [Number.NaN, Infinity, -Infinity]) {
			values[place] = broken;
			expect(brokenLayer(layers)).toBe(1);
		}

		values[place] = 0;
	}

	expect(brokenLayer(layers)).toBeUndefined();
});

describe('the fit', () => {
	const dataset: Dataset = {
		name: 'four', samples: 4, features: 1, classes: 2, inputs: new Float32Array(4), labels: Uint8Array.of(0, 1, 0, 1), bounds: {x: 2, y: 1},
	};
	const output = layerOf(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0, 1);

	it('is the mean cross-entropy of the training set in nats, and the fraction of right answers in both sets', () => {
		const fit = probeFit(output, dataset, {train: rows(0, 2), test: rows(3)});
		expect(fit.loss).toBeCloseTo((-Math.log(0.75) - Math.log(0.125)) / 2, 12);
		expect(fit.accuracy).toEqual({train: 0.5, test: 1});
	});

	it('has no test accuracy where there is no test set', () => {
		expect(probeFit(output, dataset, {train: rows(0, 1, 2, 3), test: rows()}).accuracy).toEqual({train: 0.5, test: null});
	});

	it('stays finite where the right answer was given no chance', () => {
		const {loss} = probeFit(layerOf(0, 1), dataset, {train: rows(0), test: rows()});
		expect(loss).toBeGreaterThan(80);
		expect(loss).toBeLessThan(100);
	});

	it('judges more than two classes', () => {
		const three: Dataset = {...dataset, classes: 3, labels: Uint8Array.of(2, 1, 0, 0)};
		const values = Float32Array.of(0.2, 0.3, 0.5, 0.1, 0.8, 0.1, 0.3, 0.4, 0.3, 0.6, 0.2, 0.2);
		const fit = probeFit({rows: 4, units: 3, values}, three, {train: rows(0, 1, 2), test: rows(3)});
		expect(fit.accuracy).toEqual({train: 2 / 3, test: 1});
		expect(fit.loss).toBeCloseTo((-Math.log(0.5) - Math.log(0.8) - Math.log(0.3)) / 3, 6);
	});
});

it('the activations are those of every layer, for all samples, in the order of the layers', () => {
	const dataset = loadDataset({name: 'symmetric-rule', labels: 'deterministic'}, 1);
	const network = {widths: [12, 5, 3, 2], activation: 'tanh', optimizer: {name: 'sgd', learningRate: 1, momentum: 0}} as const;
	const layers = probeActivations(createBuiltinEngine(network, initialState(network, 'glorot-uniform', 1)), dataset);
	expect(layers.map(({rows, units, values}) => [rows, units, values.length])).toEqual([[4096, 5, 20_480], [4096, 3, 12_288], [4096, 2, 8192]]);
	expect(layers[2]!.values.every((value, index, values) => index % 2 === 1 || Math.abs(value + values[index + 1]! - 1) < 1e-6)).toBe(true);
});
