import {type Engine, type EngineState, type NetworkOptions} from '../engine.js';
import {createCompiledEngine} from './compiled.js';
import {createQuantisedEngine} from './quantised-engine.js';

/** The engine that needs nothing but the package: its kernels in WebAssembly, a whole batch a call; in TypeScript where values are quantised. */
export const createBuiltinEngine = (network: NetworkOptions, initial: EngineState): Engine =>
	network.quantisation ? createQuantisedEngine(network, network.quantisation, initial) : createCompiledEngine(network, initial);
