import {describe, expect, it} from 'vitest';
import {failure} from '../../source/errors.js';
import {layerOf, roleOf} from '../../source/foreign/layers.js';

const refuse = (complaint: string) => failure(`It ${complaint}.`);

describe('an array', () => {
	it.each([
		['y', {role: 'labels'}],
		['p_y', {role: 'probabilities'}],
		['L1', {role: 'activations', layer: 'L1'}],
		['act/conv 1', {role: 'activations', layer: 'conv 1'}],
		['yes', {role: 'activations', layer: 'yes'}],
		['grad/L1', {role: 'gradients', layer: 'L1'}],
		['gmean/act/L1', {role: 'gradient mean', layer: 'L1'}],
		['gstd/L1', {role: 'gradient spread', layer: 'L1'}],
		['loss', {role: 'other'}],
		['epoch', {role: 'other'}],
	])('called %s is %j', (name, role) => {
		expect(roleOf(name)).toEqual(role);
	});
});

describe('a layer', () => {
	const values = Float32Array.from({length: 24}, (_, index) => index);

	it.each([
		[[24], 24, 1],
		[[4, 6], 4, 6],
		[[2, 3, 4], 2, 12],
	])('of the shape %j has %d rows of %d units', (shape, rows, units) => {
		expect(layerOf({shape, kind: 'float32', values}, rows, refuse)).toEqual({rows, units, values});
	});

	it.each([
		['other rows than the labels', {shape: [4, 6], kind: 'float32', values} as const, '4 rows', 5],
		['a single number', {shape: [], kind: 'float32', values: Float32Array.of(1)} as const, 'shape ()', 1],
		['no units', {shape: [3, 0], kind: 'float32', values: new Float32Array(0)} as const, 'shape (3, 0)', 3],
		['NaN', {shape: [2], kind: 'float64', values: Float64Array.of(0, Number.NaN)} as const, 'NaN', 2],
		['infinity', {shape: [2], kind: 'float64', values: Float64Array.of(0, -Infinity)} as const, 'infinite', 2],
	])('with %s is refused', (_, array, said, rows) => {
		expect(() => layerOf(array, rows, refuse)).toThrow(said.replace('4 rows', '5 rows'));
	});
});
