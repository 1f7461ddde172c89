import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {initialState} from '../../source/engine/initialise.js';
import {activationNames} from '../../source/engine/activation.js';
import {type NetworkOptions} from '../../source/engine/engine.js';
import {
	isWithin, levelsOf, movedRange, quantise,
} from '../../source/engine/quantisation.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {createQuantisedReferenceEngine} from '../../source/engine/builtin/quantised-reference.js';
import {informationOfGroups} from '../../source/information/entropy.js';
import {parseEstimator} from '../../source/information/registry.js';
import {
	adam, deviation, flatten, network, oddWidths, randomBatch, randomBatches, sgd, startingState,
} from '../helpers/network.js';

describe('levels', () => {
	// By hand: the step is (high − low)/(2^bits − 1), and 0 is moved to the nearest level.
	it.each([
		[-1, 2, 2, {low: -1, high: 2, step: 1}],
		[0, 3, 2, {low: 0, high: 3, step: 1}],
		[1, 3, 2, {low: 0, high: 3, step: 1}],
		[-3, -1, 2, {low: -3, high: 0, step: 1}],
		// Zero is −low/step = 1.2 → 1, so the levels are −2.5 0 2.5 5
		[-3, 4.5, 2, {low: -2.5, high: 5, step: 2.5}],
		[-1, 1, 8, {low: -128 * 2 / 255, high: 127 * 2 / 255, step: 2 / 255}],
		[0, 0, 4, {low: 0, high: 0, step: 0}],
	])('from %d to %d of %d bits are %j', (least, greatest, bits, expected) => {
		const levels = levelsOf(least, greatest, bits);
		expect(levels.low).toBeCloseTo(expected.low, 12);
		expect(levels.high).toBeCloseTo(expected.high, 12);
		expect(levels.step).toBeCloseTo(expected.step, 12);
	});

	it.each([
		[0.4, 0],
		[0.5, 1],
		[-0.5, 0],
		[-0.6, -1],
		[1.49, 1],
		[7, 2],
		[-7, -1],
		[0, 0],
	])('of step 1 from −1 to 2 take %d to %d', (value, level) => {
		expect(quantise(value, {low: -1, high: 2, step: 1})).toBe(level);
	});

	it('clip, and pass no gradient, beyond their ends', () => {
		const levels = levelsOf(-3, 4.5, 2);
		expect([-2.6, -2.5, 4.9, 5, 5.1].map(value => isWithin(value, levels))).toEqual([false, true, true, true, false]);
	});

	it('hold 0 and the nearest of at most 2^bits numbers, whatever the range', () => {
		fc.assert(fc.property(fc.float({min: -1000, max: 1000, noNaN: true}), fc.float({min: -1000, max: 1000, noNaN: true}), fc.integer({min: 2, max: 16}), fc.array(fc.float({min: -2000, max: 2000, noNaN: true})), (a, b, bits, values) => {
			const levels = levelsOf(Math.min(a, b), Math.max(a, b), bits);
			expect(Math.abs(quantise(0, levels))).toBe(0);
			for (const value of values) {
				const level = quantise(value, levels);
				expect(quantise(level, levels)).toBe(level);
				if (isWithin(value, levels)) {
					expect(Math.abs(level - value)).toBeLessThanOrEqual((levels.step / 2) + (1e-6 * Math.abs(value)) + 1e-30);
				}
			}
		}));
	});

	it('of a moving range follow a batch by a thousandth', () => {
		expect(movedRange([-6, 6], [0, 1])).toEqual([-5.994, expect.closeTo(5.995, 12)]);
	});
});

const quantised = (widths: readonly number[], activation: NetworkOptions['activation'], bits: number): NetworkOptions => ({...network(widths, activation, adam), quantisation: {bits}});

describe.each([2, 4, 8])('a network of %d bits', bits => {
	it.each(activationNames)('with %s takes at most 2^bits values a layer, also after training, and `exact` is the entropy of the values', activation => {
		const widths = [12, 10, 7, 5, 4, 3, 2];
		const options = quantised(widths, activation, bits);
		const engine = createQuantisedReferenceEngine(options, {bits}, startingState(options));
		for (const batch of randomBatches(widths, 64, 30)) {
			engine.step(batch);
		}

		const {inputs, targets, rows} = randomBatch(widths, 1300, 7);
		const labels = Uint8Array.from({length: rows}, (_, row) => targets[(row * 2) + 1]!);
		const layers = engine.forward(inputs, rows);
		for (const [index, values] of layers.entries()) {
			const units = widths[index + 1]!;
			expect(new Set(values).size).toBeLessThanOrEqual(2 ** bits);
			const keys = new Map<string, number>();
			const ids = Int32Array.from({length: rows}, (_, row) => {
				const key = values.subarray(row * units, (row + 1) * units).join(' ');
				keys.set(key, keys.get(key) ?? keys.size);
				return keys.get(key)!;
			});
			const target = {classes: 2, labels};
			expect(parseEstimator(`exact:${bits}`).estimate({rows, units, values}, target)).toEqual(informationOfGroups({ids, count: keys.size}, target));
		}
	});
});

describe('quantised training', () => {
	it.each(['relu', 'linear', 'softplus'] as const)('of 16 bits has the gradients of training without, but for the weights that end the range, which are clipped (%s)', activation => {
		for (const widths of oddWidths) {
			const options = network(widths, activation, sgd);
			const state = startingState(options, 3);
			const batch = randomBatch(widths, 11, 3);
			const gradientsOf = (engine: ReturnType<typeof createBuiltinEngine>) => {
				let found: number[] = [];
				engine.step(batch, (_loss, gradients) => {
					found = flatten(gradients);
				});
				return found;
			};

			// A range that holds every activation, so that only weights can be clipped.
			const ranges = widths.slice(1).map(() => [-20, 20] as const);
			const exact = gradientsOf(createBuiltinEngine(options, state));
			const fine = gradientsOf(createQuantisedReferenceEngine(options, {bits: 16}, {...state, ranges}));
			const passed = exact.map((_, index) => index).filter(index => fine[index] !== 0);
			const clipped = exact.filter((value, index) => fine[index] === 0 && value !== 0);
			expect(clipped.length).toBeLessThanOrEqual(widths.length - 1);
			expect(deviation(passed.map(index => fine[index]!), passed.map(index => exact[index]!), 0.1)).toBeLessThan(0.02);
		}
	});

	it('passes no gradient to what lies beyond the moving range', () => {
		const options = network([1, 1, 2], 'relu', sgd);
		const state = {
			...startingState(options),
			parameters: {weights: [Float32Array.of(1), Float32Array.of(1, -1)], biases: [Float32Array.of(0), Float32Array.of(0, 0)]},
			ranges: [[-6, 6], [-6, 6]] as const,
		};
		const gradientAt = (input: number) => {
			let gradient = 0;
			createQuantisedReferenceEngine(options, {bits: 8}, state).step({rows: 1, inputs: Float32Array.of(input), targets: Float32Array.of(1, 0)}, (_loss, {weights}) => {
				gradient = weights[0]![0]!;
			});
			return gradient;
		};

		expect(gradientAt(1)).not.toBe(0);
		expect(gradientAt(7)).toBe(0);
	});

	it('goes on from a state that was read, bit for bit', () => {
		const widths = [12, 10, 7, 5, 4, 3, 2];
		const options = quantised(widths, 'relu', 8);
		const initial = initialState(options, 'glorot-uniform', 1);
		const batches = randomBatches(widths, 32, 20);
		const whole = createQuantisedReferenceEngine(options, {bits: 8}, initial);
		const first = createQuantisedReferenceEngine(options, {bits: 8}, initial);
		for (const [index, batch] of batches.entries()) {
			whole.step(batch);
			if (index < 10) {
				first.step(batch);
			}
		}

		const second = createQuantisedReferenceEngine(options, {bits: 8}, initial);
		second.writeState(first.readState());
		for (const batch of batches.slice(10)) {
			second.step(batch);
		}

		expect(second.readState()).toEqual(whole.readState());
		expect(whole.readState().ranges![0]).not.toEqual([-6, 6]);
	});

	it('is not changed by a forward pass', () => {
		const options = quantised([5, 4, 3], 'relu', 4);
		const engine = createQuantisedReferenceEngine(options, {bits: 4}, startingState(options));
		engine.step(randomBatch(options.widths, 9, 1));
		const before = engine.readState();
		engine.forward(randomBatch(options.widths, 2000, 2).inputs, 2000);
		expect(engine.readState()).toEqual(before);
	});
});
