import {type Engine, type EngineState, type NetworkOptions} from '../engine.js';
import {createCompiledEngine} from './compiled.js';
import {createCompiledQuantisedEngine} from './quantised-compiled.js';

/** The engine that needs nothing but the package: its kernels in WebAssembly, a whole batch a call. */
export const createBuiltinEngine = (network: NetworkOptions, initial: EngineState): Engine =>
	network.quantisation ? createCompiledQuantisedEngine(network, network.quantisation, initial) : createCompiledEngine(network, initial);
