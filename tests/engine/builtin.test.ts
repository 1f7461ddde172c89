import {describe, expect, it} from 'vitest';
import {describeEngine} from '../helpers/engine-contract.js';
import {
	adam, network, randomBatch, sgd, startingState,
} from '../helpers/network.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';

describeEngine(createBuiltinEngine);

describe('the built-in engine', () => {
	it('computes the same bits whether rows come in one call or in several', () => {
		const options = network([12, 10, 7, 5, 4, 3, 2], 'tanh', adam);
		const engine = createBuiltinEngine(options, startingState(options));
		const {inputs} = randomBatch(options.widths, 1000, 1);
		const whole = engine.forward(inputs, 1000);
		const [start, end] = [engine.forward(inputs.subarray(0, 12 * 300), 300), engine.forward(inputs.subarray(12 * 300), 700)];
		expect(whole.map(values => [...values])).toEqual(start.map((values, layer) => [...values, ...end[layer]!]));
	});

	it.each(['tanh', 'relu', 'sigmoid', 'linear', 'softplus', 'softsign'] as const)('lets NaN through %s, so that it is found', activation => {
		const options = network([2, 3, 2], activation, sgd);
		const engine = createBuiltinEngine(options, startingState(options));
		const layers = engine.forward(Float32Array.of(Number.NaN, 1), 1);
		expect(layers.every(values => values.every(value => Number.isNaN(value)))).toBe(true);
	});

	it('gives a finite loss and probabilities that add up to 1 for logits that are far apart', () => {
		const options = network([1, 1, 3], 'linear', sgd);
		const state = startingState(options);
		const weights = [Float32Array.of(1), Float32Array.of(1000, -1000, 0)];
		const biases = [Float32Array.of(0), Float32Array.of(0, 0, 0)];
		const engine = createBuiltinEngine(options, {...state, parameters: {weights, biases}});
		const output = engine.forward(Float32Array.of(1), 1).at(-1)!;
		let loss = Number.NaN;
		engine.step({rows: 1, inputs: Float32Array.of(1), targets: Float32Array.of(0, 1, 0)}, value => {
			loss = value;
		});
		expect([...output]).toEqual([1, 0, 0]);
		expect(Number.isFinite(loss)).toBe(true);
		expect(loss).toBeGreaterThan(80);
	});
});
