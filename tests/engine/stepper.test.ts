import {describe, expect, it} from 'vitest';
import {
	adam, flatten, network, oddWidths, startingState,
} from '../helpers/network.js';
import {Copies} from '../../source/engine/builtin/copies.js';
import {createCompiledEngine} from '../../source/engine/builtin/compiled.js';
import {denseModule} from '../../source/engine/builtin/module.js';
import {type Engine, type Samples} from '../../source/engine/engine.js';
import {Random} from '../../source/random.js';
import {epochBatches, epochRows, stepperOver} from '../../source/training/batches.js';

function randomSamples(widths: readonly number[], samples: number): Samples {
	const random = Random.stream(1, 'samples');
	const features = widths[0]!;
	const classes = widths.at(-1)!;
	return {
		features,
		classes,
		inputs: Float32Array.from({length: samples * features}, () => random.normal()),
		labels: Uint8Array.from({length: samples}, () => random.below(classes)),
	};
}

const shuffled = (count: number): Int32Array => {
	const order = Int32Array.from({length: count}, (_, index) => index);
	Random.stream(1, 'order').shuffle(order);
	return order;
};

const engineOf = (widths: readonly number[]) => {
	const options = network(widths, 'tanh', adam);
	return createCompiledEngine(options, startingState(options));
};

/** Losses and gradients of a pass, and the state after it. */
function passOf(engine: Engine, pass: (observe: Parameters<Engine['step']>[1]) => void) {
	const seen: number[] = [];
	pass((loss, gradients) => {
		seen.push(loss, ...flatten(gradients));
	});
	const state = engine.readState();
	engine.dispose();
	return {seen, state};
}

function expectTheSameBits(widths: readonly number[], samples: Samples, order: Int32Array, batchSize: number): void {
	const [one, other] = [engineOf(widths), engineOf(widths)];
	const step = stepperOver(one, samples);
	const byNumbers = passOf(one, observe => {
		for (const rows of epochRows(order, batchSize)) {
			step(rows, observe);
		}
	});
	const byBatches = passOf(other, observe => {
		for (const batch of epochBatches(samples, order, batchSize)) {
			other.step(batch, observe);
		}
	});
	expect(byNumbers).toEqual(byBatches);
}

describe('steps over samples by their numbers', () => {
	it.each(oddWidths.flatMap(widths => [1, 13, 129].map(batchSize => ({widths, shape: widths.join('-'), batchSize}))))(
		'are bit for bit those of batches of them, $shape units and $batchSize samples',
		({widths, batchSize}) => {
			expectTheSameBits(widths, randomSamples(widths, 300), shuffled(300).subarray(0, 270), batchSize);
		},
	);

	it('are the same for a batch that goes through in parts', () => {
		expectTheSameBits([784, 5, 3], randomSamples([784, 5, 3], 900), shuffled(900), 700);
	});

	it('are the same for more samples than are copied', () => {
		const samples = randomSamples([784, 3, 2], 5400);
		const engine = engineOf([784, 3, 2]);
		expect(engine.stepperOver!(samples)).toBeUndefined();
		engine.dispose();
		expectTheSameBits([784, 3, 2], samples, shuffled(5400).subarray(0, 60), 20);
	});

	it('leave the memory of the samples to those that come after them', () => {
		const widths = [12, 3, 2];
		const stepOnce = () => {
			const samples = randomSamples(widths, 20_000);
			const engines = Array.from({length: 5}, () => engineOf(widths));
			for (const engine of engines) {
				stepperOver(engine, samples)(Int32Array.of(19_999, 0));
				engine.dispose();
			}
		};

		stepOnce();
		const before = denseModule().kernels.memory.buffer.byteLength;
		for (let round = 0; round < 20; round++) {
			stepOnce();
		}

		expect(denseModule().kernels.memory.buffer.byteLength).toBe(before);
	});
});

describe('copies', () => {
	it('are one for all who take the same array, and are freed with the last of them', () => {
		const {heap, kernels: {memory}} = denseModule();
		const copies = new Copies(heap, memory);
		const values = Uint8Array.of(1, 2, 3);
		const address = copies.take(values);
		expect(copies.take(values)).toBe(address);
		expect([...new Uint8Array(memory.buffer, address, 3)]).toEqual([1, 2, 3]);
		copies.release(values);
		const other = copies.take(Uint8Array.of(4));
		expect(other).not.toBe(address);
		copies.release(values);
		copies.release(values);
		expect(copies.take(values.slice())).toBe(address);
	});
});
