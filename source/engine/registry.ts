import {failure, reason} from '../errors.js';
import {safeText} from '../safe-text.js';
import {createBuiltinEngine} from './builtin/create.js';
import {
	type Engine, type EngineChoice, type EngineName, type EngineState, type NetworkOptions,
} from './engine.js';
import {createTensorflowEngine} from './tensorflow/engine.js';
import {loadTensorflow} from './tensorflow/api.js';

/**
Multiply-adds of one forward pass of one batch, above which `tensorflow` is the faster engine, if its libtensorflow uses what the processor has:
instructions twice as wide as WebAssembly's outweigh the dispatch of operations only in layers as wide as those for MNIST. An old one never is.
`npm run bench -- engines` measures both; the README shows the figures.
*/
export const tensorflowThreshold = 100_000_000;

export const multiplyAdds = (widths: readonly number[], batchSize: number): number =>
	batchSize * widths.slice(1).reduce((sum, units, layer) => sum + (units * widths[layer]!), 0);

/** The engine that `auto` would like. */
export const preferredEngine = (widths: readonly number[], batchSize: number): EngineName =>
	multiplyAdds(widths, batchSize) > tensorflowThreshold ? 'tensorflow' : 'builtin';

export type EngineFactory = {
	readonly name: EngineName;
	readonly version: string;
	readonly create: (network: NetworkOptions, initial: EngineState) => Engine;
	/** Why it is not the engine that would have been faster. */
	readonly fallback?: string;
};

/** Finds the engine for a network: the one asked for, or (`auto`) the faster one that loads. */
export async function chooseEngine(choice: EngineChoice, widths: readonly number[], batchSize: number): Promise<EngineFactory> {
	const wanted = choice === 'auto' ? preferredEngine(widths, batchSize) : choice;
	if (wanted === 'builtin') {
		return builtin;
	}

	try {
		const tf = await loadTensorflow();
		return {
			name: 'tensorflow',
			version: tf.version['tfjs-core'] ?? 'unknown',
			create: (network, initial) => createTensorflowEngine(tf, network, initial),
		};
	} catch (error) {
		const cause = safeText(reason(error).split('\n')[0]!, 160);
		if (choice === 'tensorflow') {
			throw failure(`The engine "tensorflow" cannot be loaded here (${cause}): use --engine builtin, or install @tensorflow/tfjs-node.`);
		}

		return {...builtin, fallback: `@tensorflow/tfjs-node, faster for this network, cannot be loaded here (${cause}), so the built-in engine trains it.`};
	}
}

const builtin: EngineFactory = {name: 'builtin', version: '3', create: createBuiltinEngine};
