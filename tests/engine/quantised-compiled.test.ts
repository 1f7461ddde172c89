import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	adam, deviation, flatten, network, oddWidths, randomBatch, randomBatches, startingState,
} from '../helpers/network.js';
import {activationNames} from '../../source/engine/activation.js';
import {denseModule} from '../../source/engine/builtin/module.js';
import {placeNetwork} from '../../source/engine/builtin/placement.js';
import {createCompiledQuantisedEngine} from '../../source/engine/builtin/quantised-compiled.js';
import {createQuantisedReferenceEngine} from '../../source/engine/builtin/quantised-reference.js';
import {quantiseWeights} from '../../source/engine/builtin/quantised.js';
import {type Batch, type Engine, type NetworkOptions} from '../../source/engine/engine.js';
import {type Optimizer} from '../../source/engine/optimizer.js';

/** Losses and gradients of the steps, the state after them, and what the network then makes of the first batch. */
function trajectory(engine: Engine, batches: readonly Batch[]) {
	const losses: number[] = [];
	const gradients: number[] = [];
	for (const batch of batches) {
		engine.step(batch, (loss, step) => {
			losses.push(loss);
			gradients.push(...flatten(step));
		});
	}

	const [{inputs, rows}] = batches as [Batch];
	const activations = engine.forward(inputs, rows).flatMap(values => [...values]);
	const {slots, steps, ranges} = engine.readState();
	engine.dispose();
	return {
		losses, gradients, activations, slots: slots.flatMap(slot => flatten(slot)), steps, ranges: ranges!.flat(),
	};
}

function compare(options: NetworkOptions, bits: number, batches: readonly Batch[]) {
	return {
		actual: trajectory(createCompiledQuantisedEngine(options, {bits}, startingState(options)), batches),
		expected: trajectory(createQuantisedReferenceEngine(options, {bits}, startingState(options)), batches),
	};
}

const calm: Optimizer = {name: 'sgd', learningRate: 0.02, momentum: 0.9};
/** Not one sample: a value that is alone is an end of its range, and whether rounding clips it there is chance in either. */
const cases = activationNames.flatMap(activation => [adam, calm].flatMap(optimizer =>
	oddWidths.flatMap(widths => [2, 3, 13, 300].map(rows => ({
		activation, optimizer, title: optimizer.name, widths, shape: widths.join('-'), rows,
	})))));

describe('the compiled kernels of quantised networks, from the same weights on the same batches as the TypeScript ones,', () => {
	it.each(cases)('make the same step of 2, 4, 8, 12 and 16 bits with $activation and $title, $shape units and $rows samples', ({activation, optimizer, widths, rows}) => {
		for (const bits of [2, 4, 8, 12, 16]) {
			const {actual, expected} = compare(network(widths, activation, optimizer), bits, randomBatches(widths, rows, 1));
			expect(deviation(actual.losses, expected.losses, 0.1)).toBeLessThan(2e-6);
			expect(deviation(actual.gradients, expected.gradients, 0.1)).toBeLessThan(5e-5);
			expect(deviation(actual.slots, expected.slots, 0.1)).toBeLessThan(5e-5);
			expect(deviation(actual.ranges, expected.ranges, 0.1)).toBeLessThan(1e-9);
		}
	});

	// Longer, and coarser or finer, one value on the other side of the middle between two levels makes a trajectory of its own.
	it.each(cases)('go the same way for 20 steps of 8 bits with $activation and $title, $shape units and $rows samples', ({activation, optimizer, widths, rows}) => {
		const {actual, expected} = compare(network(widths, activation, optimizer), 8, randomBatches(widths, rows, 20));
		expect(actual.steps).toBe(20);
		expect(actual.losses).toHaveLength(20);
		expect(deviation(actual.losses, expected.losses, 0.1)).toBeLessThan(1e-4);
		expect(deviation(actual.slots, expected.slots, 0.1)).toBeLessThan(1e-3);
		expect(deviation(actual.ranges, expected.ranges, 0.1)).toBeLessThan(1e-6);
		const moved = actual.activations.filter((value, index) => Math.abs(value - expected.activations[index]!) > 1e-5);
		expect(moved.length).toBeLessThanOrEqual(0.02 * actual.activations.length);
	});

	it('turn weights into the same levels to the last bit, and clip where they are clipped', () => {
		const module = denseModule();
		const one = placeNetwork(module, [7, 3], 1);
		const levelsAt = module.heap.allocate(32);
		fc.assert(fc.property(fc.array(fc.float({min: -1000, max: 1000, noNaN: true}), {minLength: 21, maxLength: 21}), fc.integer({min: 2, max: 16}), (values, bits) => {
			const weights = Float32Array.from(values);
			module.floats(one.values, 21).set(weights);
			module.kernels.quantiseWeights(one.widths, 1, 1, bits, one.values, one.bytes, one.slots[0]!, levelsAt);
			const expected = new Float32Array(21);
			const {low, high, step} = quantiseWeights(expected, weights, bits);
			expect(module.floats(one.slots[0]!, 21)).toEqual(expected);
			expect([...new Float64Array(module.kernels.memory.buffer, levelsAt, 3)]).toEqual([low, high, step]);
			const [least, greatest] = module.floats(levelsAt + 24, 2);
			for (const value of [...weights, ...expected, Math.fround(low), Math.fround(high)]) {
				expect([value < least!, value > greatest!]).toEqual([value < low, value > high]);
			}
		}));
		module.heap.free(one.widths);
		module.heap.free(levelsAt);
	});

	it.each(['tanh', 'relu'] as const)('go on to the bit from a state that was read, with %s', activation => {
		const options = network([12, 10, 7, 5, 4, 3, 2], activation, adam);
		const batches = randomBatches(options.widths, 64, 20);
		const whole = trajectory(createCompiledQuantisedEngine(options, {bits: 8}, startingState(options)), batches);
		const first = createCompiledQuantisedEngine(options, {bits: 8}, startingState(options));
		for (const batch of batches.slice(0, 9)) {
			first.step(batch);
		}

		const second = createCompiledQuantisedEngine(options, {bits: 8}, startingState(options, 5));
		second.writeState(first.readState());
		first.dispose();
		const rest = trajectory(second, batches.slice(9));
		expect(rest.slots).toEqual(whole.slots);
		expect(rest.ranges).toEqual(whole.ranges);
		expect(rest.losses).toEqual(whole.losses.slice(9));
	});

	it('say NaN where the inputs are', () => {
		const options = network([3, 4, 2], 'tanh', adam);
		const batch = randomBatch(options.widths, 5, 1);
		const {actual, expected} = compare(options, 8, [{...batch, inputs: batch.inputs.with(4, Number.NaN)}]);
		expect(actual.losses).toEqual([Number.NaN]);
		expect(expected.losses).toEqual([Number.NaN]);
	});

	it('give all their memory back', () => {
		const options = network([12, 10, 7, 5, 4, 3, 2], 'relu', adam);
		const [batch] = randomBatches(options.widths, 512, 1) as [Batch];
		const pages = () => denseModule().kernels.memory.buffer.byteLength;
		const run = () => trajectory(createCompiledQuantisedEngine(options, {bits: 8}, startingState(options)), [batch]);
		run();
		const before = pages();
		for (let round = 0; round < 100; round++) {
			run();
		}

		expect(pages()).toBe(before);
	});
});
