import {describe, expect, it} from 'vitest';
import {
	adam, deviation, flatten, network, oddWidths, randomBatch, randomBatches, startingState,
} from '../helpers/network.js';
import {activationNames} from '../../source/engine/activation.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {createCompiledEngine} from '../../source/engine/builtin/compiled.js';
import {denseModule} from '../../source/engine/builtin/module.js';
import {createReferenceEngine} from '../../source/engine/builtin/reference.js';
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
	const {parameters, slots, steps} = engine.readState();
	engine.dispose();
	return {
		losses, gradients, parameters: flatten(parameters), slots: slots.flatMap(slot => flatten(slot)), steps, activations,
	};
}

function expectTheSame(options: NetworkOptions, rows: number, steps: number): void {
	const batches = randomBatches(options.widths, rows, steps);
	const expected = trajectory(createReferenceEngine(options, startingState(options)), batches);
	const actual = trajectory(createCompiledEngine(options, startingState(options)), batches);
	expect(actual.steps).toBe(steps);
	expect(actual.losses).toHaveLength(steps);
	expect(deviation(actual.losses, expected.losses, 0.1)).toBeLessThan(2e-5);
	expect(deviation(actual.gradients, expected.gradients, 0.01)).toBeLessThan(2e-4);
	expect(deviation(actual.parameters, expected.parameters, 0.1)).toBeLessThan(2e-5);
	expect(deviation(actual.slots, expected.slots, 0.1)).toBeLessThan(2e-5);
	expect(deviation(actual.activations, expected.activations, 0.1)).toBeLessThan(2e-5);
}

/** A rate at which 20 steps on one sample are no chaos: at 0.1, linear units make 1e-3 of a difference of 1e-7. */
const calm: Optimizer = {name: 'sgd', learningRate: 0.02, momentum: 0.9};
const cases = activationNames.flatMap(activation => [adam, calm, {...calm, momentum: 0}].flatMap(optimizer =>
	oddWidths.flatMap(widths => [1, 3, 13, 300].map(rows => ({
		activation,
		optimizer,
		title: optimizer.name === 'adam' ? 'Adam' : `SGD with momentum ${optimizer.momentum}`,
		widths,
		shape: widths.join('-'),
		rows,
	})))));

describe('the compiled kernels, from the same weights on the same batches as the TypeScript ones,', () => {
	it.each(cases)('are the same over 20 steps with $activation and $title, $shape units and $rows samples', ({activation, optimizer, widths, rows}) => {
		expectTheSame(network(widths, activation, optimizer), rows, 20);
	});

	it.each([13, 300])('are the same for layers wider than what is gathered at a time, and %d samples', rows => {
		expectTheSame(network([18, 131, 67, 3], 'tanh', adam), rows, 3);
	});

	it('are the same for a batch of more than a megabyte, which goes through in parts', () => {
		expectTheSame(network([784, 5, 3], 'tanh', adam), 700, 2);
	});
});

describe.each(['not quantised', 'of 8 bits'])('a forward pass of a network %s', kind => {
	const plain = network([12, 10, 7, 5, 4, 3, 2], 'tanh', adam);
	const options = kind === 'of 8 bits' ? {...plain, quantisation: {bits: 8}} : plain;
	const [first, second] = [randomBatch(plain.widths, 300, 1), randomBatch(plain.widths, 300, 2)];

	it('takes the room of an earlier one if there is enough, and tells the same', () => {
		const engine = createBuiltinEngine(options, startingState(options));
		const fresh = engine.forward(second.inputs, 300);
		const used = engine.forward(first.inputs, 300);
		const told = engine.forward(second.inputs, 300, used);
		expect(told).toEqual(fresh);
		expect(told.every((values, layer) => values === used[layer])).toBe(true);
		const others = engine.forward(second.inputs, 299, used);
		expect(others.map(values => values.length)).toEqual(plain.widths.slice(1).map(units => 299 * units));
		expect(told).toEqual(fresh);
		engine.dispose();
	});
});

describe('engines that share a thread', () => {
	const options = network([12, 10, 7, 5, 4, 3, 2], 'tanh', adam);
	const batches = randomBatches(options.widths, 64, 5);

	it('do not touch each other, sixty at once, step by step', () => {
		const alone = Array.from({length: 60}, (_, seed) => {
			const engine = createCompiledEngine(options, startingState(options, seed));
			for (const batch of batches) {
				engine.step(batch);
			}

			const state = engine.readState();
			engine.dispose();
			return state;
		});
		const together = Array.from({length: 60}, (_, seed) => createCompiledEngine(options, startingState(options, seed)));
		for (const batch of batches) {
			for (const engine of together) {
				engine.step(batch);
			}
		}

		expect(together.map(engine => engine.readState())).toEqual(alone);
		for (const engine of together) {
			engine.dispose();
		}
	});

	it('live through the growth of their memory', () => {
		const [one, other] = [createCompiledEngine(options, startingState(options)), createCompiledEngine(options, startingState(options))];
		const wide = network([784, 512, 10], 'tanh', adam);
		one.step(batches[0]!);
		other.step(batches[0]!);
		const large = createCompiledEngine(wide, startingState(wide));
		large.forward(randomBatch(wide.widths, 3, 1).inputs, 3);
		one.step(batches[1]!);
		other.step(batches[1]!);
		expect(one.readState()).toEqual(other.readState());
		large.dispose();
		one.dispose();
		other.dispose();
	});

	it('leave their memory to those that come after them', () => {
		const liveOnce = () => {
			const engines = Array.from({length: 20}, (_, seed) => createCompiledEngine(options, startingState(options, seed)));
			for (const engine of engines) {
				engine.step(batches[0]!);
				engine.dispose();
				engine.dispose();
			}
		};

		liveOnce();
		const before = denseModule().kernels.memory.buffer.byteLength;
		for (let round = 0; round < 50; round++) {
			liveOnce();
		}

		expect(denseModule().kernels.memory.buffer.byteLength).toBe(before);
		expect(before).toBeLessThan(16e6);
	});
});
