/** What every engine must do; `builtin.test.ts` and `tensorflow.test.ts` hold their engine to it. */
import {describe, expect, it} from 'vitest';
import {activationNames} from '../../source/engine/activation.js';
import {
	type Batch, type Engine, type EngineState, type NetworkOptions, type Parameters,
} from '../../source/engine/engine.js';
import {GradientStatistics} from '../../source/probes/gradients.js';
import {
	adam, copyParameters, deviation, flatten, network, oddWidths, optimizers, randomBatch, randomBatches, sgd, startingState,
} from './network.js';
import {forwardSample, lossOf, samplesOf} from './reference.js';

type Create = (options: NetworkOptions, initial: EngineState) => Engine;

export function describeEngine(create: Create): void {
	describe('the forward pass', () => {
		describe.each(activationNames)('with %s', activation => {
			it.each(oddWidths)('of %d-%d-%d-… units gives every layer\'s activations, the softmax last', (...widths) => {
				const options = network(widths, activation, adam);
				const state = startingState(options);
				const batch = randomBatch(widths, 13, 1);
				const engine = create(options, state);
				const layers = engine.forward(batch.inputs, 13);
				const expected = samplesOf(batch).map(({input}) => forwardSample(state.parameters, activation, input).activations);
				expect(layers).toHaveLength(widths.length - 1);
				for (const [layer, values] of layers.entries()) {
					expect(deviation([...values], expected.flatMap(sample => sample[layer]!), 1)).toBeLessThan(2e-6);
				}

				engine.dispose();
			});
		});

		it.each([1, 511, 512, 513, 1300])('of %d rows gives what it gives for them chunk by chunk', rows => {
			const options = network([12, 10, 7, 5, 4, 3, 2], 'tanh', adam);
			const engine = create(options, startingState(options));
			const {inputs} = randomBatch(options.widths, rows, 1);
			const whole = engine.forward(inputs, rows);
			const parts = Array.from({length: Math.ceil(rows / 100)}, (_, index) =>
				engine.forward(inputs.subarray(index * 1200, Math.min(rows, (index + 1) * 100) * 12), Math.min(100, rows - (index * 100))));
			for (const [layer, values] of whole.entries()) {
				expect(deviation([...values], parts.flatMap(part => [...part[layer]!]), 1)).toBeLessThan(1e-6);
			}

			engine.dispose();
		});

		it('changes nothing in the engine', () => {
			const options = network([5, 4, 3], 'tanh', adam);
			const engine = create(options, startingState(options));
			engine.step(randomBatch(options.widths, 9, 1));
			const before = engine.readState();
			engine.forward(randomBatch(options.widths, 2000, 2).inputs, 2000);
			expect(engine.readState()).toEqual(before);
			engine.dispose();
		});
	});

	describe('the gradients', () => {
		describe.each(activationNames)('with %s', activation => {
			it.each(oddWidths)('of %d-%d-%d-… units are the central differences of the loss', (...widths) => {
				const options = network(widths, activation, sgd);
				const {parameters} = startingState(options, 3);
				const batch = randomBatch(widths, 11, 3);
				const h = 1e-5;
				if (activation === 'relu') {
					// No unit may cross its kink within h: sums of inputs and weights move by h times some tens at most
					expect(nearestKink(parameters, batch)).toBeGreaterThan(100 * h);
				}

				// The loss in float64, so that h may be small
				const precise = {
					weights: parameters.weights.map(values => Float64Array.from(values)),
					biases: parameters.biases.map(values => Float64Array.from(values)),
				};
				const loss = () => lossOf(precise, activation, batch);
				const differences = [...precise.weights, ...precise.biases].flatMap(values => centralDifferences(values, h, loss));
				const engine = create(options, startingState(options, 3));
				let observed: {loss: number; gradients: number[]} | undefined;
				engine.step(batch, (value, gradients) => {
					observed = {loss: value, gradients: flatten(gradients)};
				});
				expect(observed!.loss).toBeCloseTo(loss(), 5);
				expect(Math.max(...differences.map(value => Math.abs(value)))).toBeGreaterThan(1e-3);
				expect(deviation(observed!.gradients, differences, 0.01)).toBeLessThan(1e-4);
				engine.dispose();
			});
		});

		it('are those of the batch alone, not of the larger one before it', () => {
			const options = network([5, 4, 3], 'tanh', {...sgd, learningRate: 1e-30});
			const small = randomBatch(options.widths, 3, 1);
			const alone = create(options, startingState(options));
			const after = create(options, startingState(options));
			after.step(randomBatch(options.widths, 50, 2));
			expect(deviation(gradientsOf(after, small), gradientsOf(alone, small), 0.01)).toBeLessThan(1e-6);
			alone.dispose();
			after.dispose();
		});

		it('are those of the rows that count, where the buffer holds more', () => {
			const options = network([5, 4, 3], 'tanh', sgd);
			const large = randomBatch(options.widths, 20, 1);
			const exact = {rows: 7, inputs: large.inputs.slice(0, 35), targets: large.targets.slice(0, 21)};
			const one = create(options, startingState(options));
			const other = create(options, startingState(options));
			expect(gradientsOf(one, {...large, rows: 7})).toEqual(gradientsOf(other, exact));
			one.dispose();
			other.dispose();
		});
	});

	describe('the means of its gradients', () => {
		it.each(oddWidths)('of %d-%d-%d-… units tell of an epoch, and of the one after it, what those for all gradients tell', (...widths) => {
			const options = network(widths, 'tanh', adam);
			const engine = create(options, startingState(options));
			for (const seeds of [[1, 2, 3, 4, 5, 6, 7], [8], [9, 10]]) {
				const own = new GradientStatistics(engine.gradientMeans());
				const general = new GradientStatistics();
				for (const seed of seeds) {
					engine.step(randomBatch(widths, 9, seed), (_loss, {weights}) => {
						own.add(weights);
						general.add(weights);
					});
				}

				const numbers = [own, general].map(statistics => statistics.summarise().flatMap(summary => [summary!.mean, summary!.std]));
				expect(deviation(numbers[0]!, numbers[1]!, 1e-3)).toBeLessThan(1e-13);
			}

			engine.dispose();
		});

		it('live through the making of other engines', () => {
			const options = network([5, 4, 3], 'tanh', adam);
			const wide = network([300, 200, 10], 'tanh', adam);
			const engine = create(options, startingState(options));
			const [own, general] = [new GradientStatistics(engine.gradientMeans()), new GradientStatistics()];
			for (const seed of [1, 2, 3]) {
				engine.step(randomBatch(options.widths, 9, seed), (_loss, {weights}) => {
					own.add(weights);
					general.add(weights);
				});
				const other = create(wide, startingState(wide));
				other.gradientMeans();
				other.step(randomBatch(wide.widths, 3, seed));
				if (seed === 2) {
					other.dispose();
				}
			}

			expect(own.summarise()[0]!.std).toBeCloseTo(general.summarise()[0]!.std, 12);
			engine.dispose();
		});
	});

	describe.each(optimizers)('fifty updates of $name', optimizer => {
		it('agree with the formula in float64', () => {
			const options = network([5, 7, 3, 2], 'tanh', optimizer);
			const initial = startingState(options);
			const engine = create(options, initial);
			const values = flatten(initial.parameters);
			const first = values.map(() => 0);
			const second = values.map(() => 0);
			for (const [index, batch] of randomBatches(options.widths, 16, 50).entries()) {
				const step = index + 1;
				for (const [at, g] of gradientsOf(engine, batch).entries()) {
					if (optimizer.name === 'adam') {
						// Kingma & Ba 2015, algorithm 1
						first[at] = (optimizer.beta1 * first[at]!) + ((1 - optimizer.beta1) * g);
						second[at] = (optimizer.beta2 * second[at]!) + ((1 - optimizer.beta2) * (g ** 2));
						const mean = first[at] / (1 - (optimizer.beta1 ** step));
						const square = second[at] / (1 - (optimizer.beta2 ** step));
						values[at]! -= optimizer.learningRate * mean / (Math.sqrt(square) + optimizer.epsilon);
					} else {
						first[at] = (optimizer.momentum * first[at]!) + g;
						values[at]! -= optimizer.learningRate * first[at];
					}
				}
			}

			const {parameters, steps, slots} = engine.readState();
			expect(steps).toBe(50);
			expect(deviation(flatten(parameters), values, 1)).toBeLessThan(5e-6);
			expect(deviation(flatten(slots[0]!), first, 0.1)).toBeLessThan(1e-5);
			expect(deviation(flatten(parameters), flatten(initial.parameters), 1)).toBeGreaterThan(0.05);
			engine.dispose();
		});

		it('are bit for bit the same with and without an observer', () => {
			const options = network([5, 7, 3, 2], 'tanh', optimizer);
			const [quiet, observed] = [create(options, startingState(options)), create(options, startingState(options))];
			const losses: number[] = [];
			const observe = (loss: number) => {
				losses.push(loss);
			};

			for (const batch of randomBatches(options.widths, 16, 50)) {
				quiet.step(batch);
				observed.step(batch, observe);
			}

			expect(losses).toHaveLength(50);
			expect(observed.readState()).toEqual(quiet.readState());
			quiet.dispose();
			observed.dispose();
		});
	});

	describe.each(optimizers)('the state, with $name,', optimizer => {
		const options = network([5, 7, 3, 2], 'softsign', optimizer);
		const batches = randomBatches(options.widths, 16, 20);

		it('starts as it was given, and does not change with the arrays it was given in', () => {
			const given = startingState(options);
			const engine = create(options, given);
			const expected = startingState(options);
			for (const values of [...given.parameters.weights, ...given.parameters.biases]) {
				values.fill(9);
			}

			expect(engine.readState()).toEqual(expected);
			engine.dispose();
		});

		it('goes on bit for bit where it was written into another engine', () => {
			const one = create(options, startingState(options));
			for (const batch of batches.slice(0, 10)) {
				one.step(batch);
			}

			const saved = one.readState();
			const other = create(options, startingState(options, 2));
			other.step(batches[0]!);
			other.writeState(saved);
			expect(other.readState()).toEqual(saved);
			for (const batch of batches.slice(10)) {
				one.step(batch);
				other.step(batch);
			}

			expect(other.readState()).toEqual(one.readState());
			expect(one.readState().steps).toBe(20);
			one.dispose();
			other.dispose();
		});

		it('that was read or written is a copy', () => {
			const engine = create(options, startingState(options));
			engine.step(batches[0]!);
			const saved = engine.readState();
			const expected = {...saved, parameters: copyParameters(saved.parameters), slots: saved.slots.map(slot => copyParameters(slot))};
			engine.step(batches[1]!);
			expect(saved).toEqual(expected);
			engine.writeState(saved);
			for (const values of [saved.parameters, ...saved.slots].flatMap(({weights, biases}) => [...weights, ...biases])) {
				values.fill(9);
			}

			expect(engine.readState()).toEqual(expected);
			expect(engine.readParameters()).toEqual(expected.parameters);
			engine.readParameters().weights[0]!.fill(9);
			expect(engine.readParameters()).toEqual(expected.parameters);
			engine.dispose();
		});

		it('is made of float32 arrays of the network\'s shape', () => {
			const engine = create(options, startingState(options));
			const {parameters, slots} = engine.readState();
			for (const {weights, biases} of [parameters, engine.readParameters(), ...slots]) {
				expect([...weights, ...biases].every(values => values instanceof Float32Array)).toBe(true);
				expect(weights.map(values => values.length)).toEqual([35, 21, 6]);
				expect(biases.map(values => values.length)).toEqual([7, 3, 2]);
			}

			engine.dispose();
		});
	});
}

/** The gradients of one step, which is taken. */
export function gradientsOf(engine: Engine, batch: Batch): number[] {
	let result: number[] = [];
	engine.step(batch, (_loss, gradients) => {
		result = flatten(gradients);
	});
	return result;
}

/** (f(v + h) − f(v − h))/(2h) for each of the values that `f` reads. */
function centralDifferences(values: Float64Array, h: number, f: () => number): number[] {
	const differences: number[] = [];
	for (const [index, value] of values.entries()) {
		values[index] = value + h;
		const above = f();
		values[index] = value - h;
		differences.push((above - f()) / (2 * h));
		values[index] = value;
	}

	return differences;
}

/** How near any hidden unit of any sample comes to 0 before its activation. */
function nearestKink(parameters: Parameters, batch: Batch): number {
	const logits = samplesOf(batch).flatMap(({input}) => forwardSample(parameters, 'relu', input).logits.slice(0, -1).flat());
	return Math.min(...logits.map(z => Math.abs(z)));
}
