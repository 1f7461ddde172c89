import {
	afterEach, describe, expect, it, vi,
} from 'vitest';
import {network, startingState, adam} from '../helpers/network.js';
import {UserError} from '../../source/errors.js';
import {
	chooseEngine, multiplyAdds, preferredEngine, tensorflowThreshold,
} from '../../source/engine/registry.js';

const small = [12, 10, 7, 5, 4, 3, 2];
const wide = [784, 1024, 20, 20, 20, 10];

describe('the preferred engine', () => {
	it('counts one multiplication for each weight and sample', () => {
		expect(multiplyAdds(small, 512)).toBe(512 * (120 + 70 + 35 + 20 + 12 + 6));
	});

	it.each([
		['the papers\' network on the 12-bit data', small, 512, 'builtin'],
		['the same on the whole training set at once', small, 3276, 'builtin'],
		['the MNIST network', wide, 128, 'tensorflow'],
		['a network just at the threshold', [1, 1000], tensorflowThreshold / 1000, 'builtin'],
		['a network just above the threshold', [1, 1000], (tensorflowThreshold / 1000) + 1, 'tensorflow'],
	] as const)('for %s is the one that is faster', (_, widths, batchSize, name) => {
		expect(preferredEngine(widths, batchSize)).toBe(name);
	});
});

describe('the choice of an engine', () => {
	it.each(['auto', 'builtin'] as const)('"%s" takes the built-in one for a small network, without a word', async choice => {
		const factory = await chooseEngine(choice, small, 512);
		expect(factory.name).toBe('builtin');
		expect(factory.fallback).toBeUndefined();
		const options = network(small, 'tanh', adam);
		expect(factory.create(options, startingState(options)).name).toBe('builtin');
	});

	it('"builtin" takes the built-in one for a wide network too', async () => {
		expect(await chooseEngine('builtin', wide, 128)).toMatchObject({name: 'builtin'});
	});
});

// Whether the addon loads differs from machine to machine, so here it is made to fail, as its own loader does, in two lines
describe('where the addon cannot be loaded', () => {
	const failing = () => {
		vi.doMock('@tensorflow/tfjs-node', () => ({
			get default() {
				throw new Error('libtensorflow.so.2: cannot open shared object file\nRequire stack: …');
			},
		}));
	};

	afterEach(() => {
		vi.doUnmock('@tensorflow/tfjs-node');
	});

	it('asking for it by name is a failure that names the remedy, in one sentence', async () => {
		failing();
		const error = await chooseEngine('tensorflow', small, 512).catch((error: unknown) => error);
		expect(error).toBeInstanceOf(UserError);
		expect(error).toMatchObject({exitCode: 1});
		expect((error as UserError).message).toMatch(/^The engine "tensorflow" cannot be loaded here \(.*libtensorflow\.so\.2.*\): use --engine builtin, or install @tensorflow\/tfjs-node\.$/v);
	});

	it('"auto" falls back to the built-in engine and says why', async () => {
		failing();
		const factory = await chooseEngine('auto', wide, 128);
		expect(factory.name).toBe('builtin');
		expect(factory.fallback).toMatch(/^@tensorflow\/tfjs-node, .*libtensorflow\.so\.2.*, so the built-in engine trains it\.$/v);
		expect(await chooseEngine('auto', small, 512)).not.toHaveProperty('fallback');
	});
});
