import {type Answering, createAnswering} from '../answering.js';
import {createBuiltinEngine} from '../engine/builtin/create.js';
import {
	type Engine, type EngineState, type NetworkOptions, type Parameters,
} from '../engine/engine.js';
import {stateOf} from '../engine/initialise.js';
import {type Target} from '../information/entropy.js';
import {estimateLayer, type LayerEstimates} from '../information/pool.js';
import {parseEstimators} from '../information/registry.js';
import {type Fit} from '../probes/activations.js';
import {probe} from '../probes/probe.js';
import {type View} from '../probes/view.js';

/** What is known of a network at a measured epoch but for its gradients; or the first layer, from 1, whose activations are not finite. */
export type Known = {readonly fit: Fit; readonly information: readonly LayerEstimates[]} | {readonly broken: number};

/** What a prober has to know besides the parameters. */
export type ProberSetup = {
	readonly network: NetworkOptions;
	readonly view: View;
	readonly target: Target;
	readonly estimators: readonly string[];
	/** What a probability of 0 counts as in the loss. */
	readonly least: number;
};

/** What the thread of a prober is given: also parameters to try itself on. */
export type ThreadSetup = {readonly setup: ProberSetup; readonly example: Parameters};

/** Looks at networks of one kind by their parameters: the forward pass of the built-in engine, and every estimator on every layer. */
export function createProbe({network, view, target, estimators: ids, least}: ProberSetup): (parameters: Parameters) => Known {
	const estimators = parseEstimators(ids);
	let first: EngineState | undefined;
	let engine: Engine | undefined;
	/** Nobody keeps the activations: the next look takes their room, which the system would have to clear for it otherwise. */
	let used: readonly Float32Array[] = [];
	return parameters => {
		first ??= stateOf(network, parameters);
		engine ??= createBuiltinEngine(network, first);
		engine.writeState({...first, parameters});
		const probed = probe(engine, view, least, used);
		if ('broken' in probed) {
			return probed;
		}

		used = probed.layers.map(({values}) => values);
		return {fit: probed.fit, information: probed.layers.map(layer => estimateLayer(estimators, layer, target))};
	};
}

/**
A thread that looks at a network while it is trained on: the same bits as in the trainer's own. To start it takes as long as some looks, so the
asker looks by itself the first time, and the first epoch of a run is there sooner.
*/
export function createProber(setup: ProberSetup): Answering<Parameters, Known> {
	const shared = {...setup, view: inSharedMemory(setup.view)};
	const answer = createProbe(shared);
	let hasAnswered = false;
	let thread: Answering<Parameters, Known> | undefined;
	return {
		async ask(parameters) {
			if (!hasAnswered) {
				hasAnswered = true;
				return answer(parameters);
			}

			thread ??= createAnswering({
				file: 'dist/prober.cjs', setup: {setup: shared, example: parameters} satisfies ThreadSetup, threads: 1, answer,
			});
			return thread.ask(parameters);
		},
		help: () => thread?.help() ?? false,
		async close() {
			await thread?.close();
		},
	};
}

/** Inputs are large, and handing them to the thread is to copy nothing. */
function inSharedMemory({measured, others, ...rest}: View): View {
	const share = ({inputs, samples}: View['measured']) => {
		const shared = new Float32Array(new SharedArrayBuffer(inputs.byteLength));
		shared.set(inputs);
		return {inputs: shared, samples};
	};

	return {...rest, measured: share(measured), ...(others && {others: share(others)})};
}
