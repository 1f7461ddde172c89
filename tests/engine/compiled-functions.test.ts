/** The activations that assembly/functions.ts computes, seen through a network whose only hidden unit passes its input on. */
import {describe, expect, it} from 'vitest';
import {network, sgd, startingState} from '../helpers/network.js';
import {type ActivationName} from '../../source/engine/activation.js';
import {createCompiledEngine} from '../../source/engine/builtin/compiled.js';

function through(activation: ActivationName, inputs: readonly number[]): number[] {
	const options = network([1, 1, 2], activation, sgd);
	const state = startingState(options);
	const weights = [Float32Array.of(1), Float32Array.of(1, -1)];
	const biases = [Float32Array.of(0), Float32Array.of(0, 0)];
	const engine = createCompiledEngine(options, {...state, parameters: {weights, biases}});
	const [hidden] = engine.forward(Float32Array.from(inputs), inputs.length);
	engine.dispose();
	return [...hidden!];
}

/** Float32 from −88 to 88, dense near 0, and small ones of all magnitudes. */
const magnitudes = [
	...Array.from({length: 20_000}, (_, index) => (index + 1) / 2000),
	...Array.from({length: 780}, (_, index) => 10 + (index / 10)),
	...Array.from({length: 370}, (_, index) => 10 ** -(index / 10)),
];
const grid = [...magnitudes, ...magnitudes.map(value => -value)].map(value => Math.fround(value));

describe('a compiled activation', () => {
	it.each([
		['tanh', (z: number) => Math.tanh(z), 2.6e-7],
		['sigmoid', (z: number) => 1 / (1 + Math.exp(-z)), 3e-7],
		['softplus', (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), 4e-7],
		['softsign', (z: number) => z / (1 + Math.abs(z)), 1.3e-7],
		['relu', (z: number) => Math.max(z, 0), 0],
		['linear', (z: number) => z, 0],
	] as const)('%s has a relative error of some roundings of float32, near 0 as well', (activation, exact, most) => {
		const errors = through(activation, grid).map((value, index) => {
			const expected = exact(grid[index]!);
			return value === expected ? 0 : Math.abs((value / expected) - 1);
		});
		expect(errors.some(error => Number.isNaN(error))).toBe(false);
		// Below the normal float32 the exponential is 0
		expect(Math.max(...errors.filter((_, index) => Math.abs(grid[index]!) < 87))).toBeLessThanOrEqual(most);
	});

	it.each([
		['tanh', [1, -1, 1, -1, Number.NaN]],
		['sigmoid', [1, 0, 1, 0, Number.NaN]],
		['softplus', [1e30, 0, Infinity, 0, Number.NaN]],
		['softsign', [1, -1, Number.NaN, Number.NaN, Number.NaN]],
		['relu', [1e30, 0, Infinity, 0, Number.NaN]],
		['linear', [1e30, -1e30, Infinity, -Infinity, Number.NaN]],
	] as const)('%s is its limit far out, and NaN for NaN', (activation, expected) => {
		const values = through(activation, [1e30, -1e30, Infinity, -Infinity, Number.NaN]).map(value => Math.abs(value) < 1e-37 ? 0 : value);
		expect(values).toEqual(expected.map(value => Math.fround(value)));
	});

	it('tanh never leaves ±1, where 1 − a² would turn negative', () => {
		const values = through('tanh', Array.from({length: 40_000}, (_, index) => (index - 20_000) / 1000));
		expect(Math.max(...values)).toBe(1);
		expect(Math.min(...values)).toBe(-1);
	});
});
