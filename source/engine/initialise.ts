import {Random} from '../random.js';
import {type EngineState, type NetworkOptions, type Parameters} from './engine.js';
import {optimizers} from './optimizer.js';
import {initialRange} from './quantisation.js';

/**
How weights start; biases start at 0.
- `truncated-normal-fan-in`: σ = 1/√(fan-in), cut at ±2σ, as in the code of [ST17];
- `truncated-normal-width`: σ = 1/√(units of the layer), as in the code of [S18];
- `glorot-uniform`: ±√(6/(fan-in + units)), as in the code of [L22].
*/
export const initialisations = {
	'truncated-normal-fan-in': (random: Random, fanIn: number) => random.truncatedNormal() / Math.sqrt(fanIn),
	'truncated-normal-width': (random: Random, _fanIn: number, units: number) => random.truncatedNormal() / Math.sqrt(units),
	'glorot-uniform': (random: Random, fanIn: number, units: number) => ((2 * random.uniform()) - 1) * Math.sqrt(6 / (fanIn + units)),
} as const;

export type InitialisationName = keyof typeof initialisations;
export const initialisationNames = Object.keys(initialisations) as InitialisationName[];

/** The state of an untouched network; the same in every engine for the same seed. */
export function initialState(network: NetworkOptions, initialisation: InitialisationName, seed: number): EngineState {
	const random = Random.stream(seed, 'weights');
	const draw = initialisations[initialisation];
	return stateOf(network, parametersOf(network.widths, (fanIn, units) => draw(random, fanIn, units)));
}

/** A network with parameters from elsewhere, before its first step. */
export function stateOf({widths, optimizer, quantisation}: NetworkOptions, parameters: Parameters): EngineState {
	const slots = Array.from({length: optimizers[optimizer.name].slots}, () => parametersOf(widths, () => 0));
	return {
		parameters, steps: 0, slots, ...(quantisation && {ranges: widths.slice(1).map(() => initialRange)}),
	};
}

/** Parameters whose weights come from `draw` and whose biases are 0. */
function parametersOf(widths: readonly number[], draw: (fanIn: number, units: number) => number): Parameters {
	const layers = widths.slice(1).map((units, layer) => ({units, fanIn: widths[layer]!}));
	return {
		weights: layers.map(({units, fanIn}) => Float32Array.from({length: fanIn * units}, () => draw(fanIn, units))),
		biases: layers.map(({units}) => new Float32Array(units)),
	};
}
