import {describe, expect, it} from 'vitest';
import {moments} from '../helpers/moments.js';
import {adam, network, sgd} from '../helpers/network.js';
import {initialisationNames, initialState} from '../../source/engine/initialise.js';

const options = network([100, 400, 50], 'tanh', adam);

describe.each(initialisationNames)('weights started as "%s"', name => {
	it('are the same for the same seed, and others for another', () => {
		expect(initialState(options, name, 1)).toEqual(initialState(options, name, 1));
		expect(initialState(options, name, 1).parameters.weights).not.toEqual(initialState(options, name, 2).parameters.weights);
	});

	it('have no mean, biases of 0, and an optimiser that has not moved', () => {
		const {parameters, slots, steps} = initialState(options, name, 1);
		for (const values of parameters.weights) {
			const {mean, deviation} = moments([...values]);
			expect(Math.abs(mean)).toBeLessThan(4 * deviation / Math.sqrt(values.length));
		}

		expect(parameters.weights.map(values => values.length)).toEqual([40_000, 20_000]);
		expect(parameters.biases).toEqual([new Float32Array(400), new Float32Array(50)]);
		expect(slots.flatMap(({weights, biases}) => [...weights, ...biases]).every(values => values.every(value => value === 0))).toBe(true);
		expect(steps).toBe(0);
	});
});

describe('the spread of weights', () => {
	// A normal cut at ±2σ has 0.8796 σ; a uniform one has 1/√3 of its end
	it.each([
		['truncated-normal-fan-in', 0, 0.8796 / Math.sqrt(100), 2 / Math.sqrt(100)],
		['truncated-normal-fan-in', 1, 0.8796 / Math.sqrt(400), 2 / Math.sqrt(400)],
		['truncated-normal-width', 0, 0.8796 / Math.sqrt(400), 2 / Math.sqrt(400)],
		['truncated-normal-width', 1, 0.8796 / Math.sqrt(50), 2 / Math.sqrt(50)],
		['glorot-uniform', 0, Math.sqrt(6 / 500 / 3), Math.sqrt(6 / 500)],
		['glorot-uniform', 1, Math.sqrt(6 / 450 / 3), Math.sqrt(6 / 450)],
	] as const)('under "%s" in layer %d is that of its paper', (name, layer, expected, end) => {
		const values = [...initialState(options, name, 1).parameters.weights[layer]!];
		const largest = Math.max(...values.slice(0, 20_000).map(value => Math.abs(value)));
		expect(moments(values).deviation / expected).toBeCloseTo(1, 1.5);
		expect(largest).toBeLessThanOrEqual(end * (1 + 1e-6));
		expect(largest).toBeGreaterThan(end * 0.98);
	});
});

describe('the optimiser\'s arrays', () => {
	it.each([
		['Adam', adam, 2],
		['SGD', sgd, 1],
	])('of %s are kept %3$d times the parameters', (_, optimizer, count) => {
		expect(initialState(network([3, 2, 2], 'relu', optimizer), 'glorot-uniform', 1).slots).toHaveLength(count);
	});
});
