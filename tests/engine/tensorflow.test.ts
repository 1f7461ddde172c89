import process from 'node:process';
import {describe, expect, it} from 'vitest';
import {describeEngine} from '../helpers/engine-contract.js';
import {
	adam, deviation, flatten, network, randomBatches, sgd, startingState,
} from '../helpers/network.js';
import {activationNames} from '../../source/engine/activation.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';
import {createQuantisedReferenceEngine} from '../../source/engine/builtin/quantised-reference.js';
import {chooseEngine} from '../../source/engine/registry.js';
import {loadTensorflow, type Tensorflow} from '../../source/engine/tensorflow/api.js';
import {createTensorflowEngine} from '../../source/engine/tensorflow/engine.js';

/** With IBTOP_REQUIRE_TENSORFLOW=1 an addon that does not load fails the tests; otherwise they are skipped, which is said once. */
async function loadIfThere(): Promise<Tensorflow | undefined> {
	try {
		return await loadTensorflow();
	} catch (error) {
		if (process.env['IBTOP_REQUIRE_TENSORFLOW'] === '1') {
			throw error;
		}

		console.warn(`Skipped: @tensorflow/tfjs-node does not load here (${(error as Error).message.split('\n')[0]}), so the engine "tensorflow" is not tested.`);
		return undefined;
	}
}

const tf = await loadIfThere();
const create: typeof createBuiltinEngine = (options, initial) => createTensorflowEngine(tf!, options, initial);

describe.runIf(tf)('the engine "tensorflow"', () => {
	describeEngine(create);

	it('is what is chosen when it is asked for, with its version', async () => {
		const factory = await chooseEngine('tensorflow', [12, 10, 2], 512);
		expect(factory).toMatchObject({name: 'tensorflow', version: expect.stringMatching(/^\d+\.\d+\.\d+/v) as string});
		expect(factory.fallback).toBeUndefined();
	});

	it('leaves nothing behind in memory, whether it steps, observes, measures, is written or is gone', () => {
		const {memory} = tf as unknown as {memory: () => {numTensors: number}};
		const options = network([5, 4, 3], 'tanh', adam);
		const batch = randomBatches(options.widths, 9, 1)[0]!;
		const before = memory().numTensors;
		const engine = create(options, startingState(options));
		const afterCreation = memory().numTensors;
		for (let round = 0; round < 5; round++) {
			engine.step(batch);
			engine.step(batch, () => undefined);
			engine.forward(batch.inputs, 9);
			engine.writeState(engine.readState());
		}

		expect(memory().numTensors).toBe(afterCreation);
		engine.dispose();
		expect(memory().numTensors).toBe(before);
	});
});

describe.runIf(tf)('both engines, from the same seed,', () => {
	const widths = [12, 10, 7, 5, 4, 3, 2];
	const batches = randomBatches(widths, 64, 50);

	/** Losses and gradients of fifty steps, the weights after them, and what they make of a batch. */
	const trajectory = (engine: ReturnType<typeof create>) => {
		const losses: number[] = [];
		const gradients: number[] = [];
		for (const batch of batches) {
			engine.step(batch, (loss, step) => {
				losses.push(loss);
				gradients.push(...flatten(step));
			});
		}

		const activations = engine.forward(batches[0]!.inputs, 64).flatMap(values => [...values]);
		const {parameters, slots, steps} = engine.readState();
		engine.dispose();
		return {
			losses, gradients, parameters: flatten(parameters), slots: slots.flatMap(slot => flatten(slot)), steps, activations,
		};
	};

	describe.each(activationNames)('with %s', activation => {
		it.each([
			['Adam', adam],
			['SGD with momentum', sgd],
			['SGD without momentum', {...sgd, momentum: 0}],
		])('and %s have the same losses, gradients and weights over 50 steps', (_, optimizer) => {
			const options = network(widths, activation, optimizer);
			const start = startingState(options);
			const expected = trajectory(createBuiltinEngine(options, start));
			const actual = trajectory(create(options, start));
			expect(actual.steps).toBe(50);
			expect(actual.losses).toHaveLength(50);
			expect(deviation(actual.losses, expected.losses, 0.1)).toBeLessThan(2e-5);
			expect(deviation(actual.gradients, expected.gradients, 0.01)).toBeLessThan(5e-4);
			expect(deviation(actual.parameters, expected.parameters, 0.1)).toBeLessThan(2e-4);
			expect(deviation(actual.slots, expected.slots, 0.1)).toBeLessThan(2e-4);
			expect(deviation(actual.activations, expected.activations, 0.1)).toBeLessThan(2e-4);
			expect(deviation(actual.parameters, flatten(start.parameters), 0.1)).toBeGreaterThan(0.02);
		});
	});

	it('can take over from each other in the middle of a run', () => {
		const options = network(widths, 'tanh', adam);
		const builtin = createBuiltinEngine(options, startingState(options));
		const tensorflow = create(options, startingState(options, 2));
		for (const batch of batches.slice(0, 10)) {
			builtin.step(batch);
		}

		tensorflow.writeState(builtin.readState());
		expect(tensorflow.readState()).toEqual(builtin.readState());
		for (const batch of batches.slice(10)) {
			builtin.step(batch);
			tensorflow.step(batch);
		}

		expect(deviation(flatten(tensorflow.readParameters()), flatten(builtin.readParameters()), 0.1)).toBeLessThan(2e-4);
		tensorflow.dispose();
	});
});

describe.runIf(tf).each([['tanh', 8], ['relu', 8], ['relu', 4]] as const)('a quantised network (%s, %d bits)', (activation, bits) => {
	const widths = [12, 10, 7, 5, 4, 3, 2];
	const options = {...network(widths, activation, adam), quantisation: {bits}};

	it('takes at most 2^bits values a layer, and moves its ranges as the built-in engine does', () => {
		const [one, other] = [create(options, startingState(options)), createQuantisedReferenceEngine(options, {bits}, startingState(options))];
		for (const batch of randomBatches(widths, 64, 20)) {
			one.step(batch);
			other.step(batch);
		}

		const {inputs} = randomBatches(widths, 500, 1)[0]!;
		for (const values of one.forward(inputs, 500)) {
			expect(new Set(values).size).toBeLessThanOrEqual(2 ** bits);
		}

		// A value on the edge of two levels may go either way, so the weights agree less closely than those of other networks.
		const [a, b] = [one.readState(), other.readState()];
		expect(deviation(flatten(a.parameters), flatten(b.parameters), 1)).toBeLessThan(0.02);
		expect(deviation(a.ranges!.flat(), b.ranges!.flat(), 1)).toBeLessThan(0.01);
		one.dispose();
	});

	it('has the gradients of the built-in engine from the same weights', () => {
		const batch = randomBatches(widths, 64, 1)[0]!;
		const gradientsOf = (engine: ReturnType<typeof create>) => {
			let found: number[] = [];
			engine.step(batch, (_loss, gradients) => {
				found = flatten(gradients);
			});
			return found;
		};

		const one = create(options, startingState(options));
		expect(deviation(gradientsOf(one), gradientsOf(createQuantisedReferenceEngine(options, {bits}, startingState(options))), 0.1)).toBeLessThan(0.01);
		one.dispose();
	});
});
