import {type Target} from '../information/entropy.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {createEstimatorPool, type LayerEstimates, type StagedEstimatorPool} from '../information/pool.js';
import {parseEstimators} from '../information/registry.js';
import {defaultEstimators, standsOn} from './defaults.js';

/** What is known of a layer at once, and what its slow estimators need, if there is time for them. */
export type MeasuredLayer = {readonly name: string; readonly quick: LayerEstimates; readonly layer: LayerActivations | undefined};

/** The estimators of a run: those that were asked for, on every layer; or by default those that stand on its activations. */
export class Measuring {
	readonly estimators: readonly string[];
	readonly #isAsked: boolean;
	readonly #bounded: Set<string>;
	readonly #pool: StagedEstimatorPool;
	readonly #left: string[] = [];

	/** `bounded`: the layers that stay between −1 and 1, as far as is known; `begun`: the estimators of a run that goes on. */
	constructor(target: Target, bounded: ReadonlyMap<string, boolean>, {asked, begun}: {readonly asked?: readonly string[] | undefined; readonly begun?: readonly string[]}) {
		this.#isAsked = asked !== undefined;
		this.#bounded = new Set([...bounded].filter(([, isIt]) => isIt).map(([name]) => name));
		this.estimators = begun ?? asked ?? defaultEstimators([...bounded.values()]);
		this.#pool = createEstimatorPool(this.estimators, target);
	}

	/** Whether some estimators take more than a few milliseconds a layer. */
	get hasSlow(): boolean {
		return parseEstimators(this.estimators).some(({isSlow}) => isSlow);
	}

	/** What is quick; the activations are kept only if the slow estimators are wanted as well. */
	measure(name: string, layer: LayerActivations, target: Target, withSlow: boolean): MeasuredLayer {
		if (!this.#isAsked && this.#bounded.has(name) && !staysBounded(layer)) {
			this.#bounded.delete(name);
			this.#left.push(name);
		}

		return {name, quick: this.#standing(name, this.#pool.estimateQuick(layer, target)), layer: withSlow ? layer : undefined};
	}

	/** The layers that were taken for bounded and have turned out not to be, since the last call. */
	leftBounds(): string[] {
		return this.#left.splice(0);
	}

	/** All of it, in the order of the estimators. */
	async complete(layers: readonly MeasuredLayer[], target: Target): Promise<LayerEstimates[]> {
		const slow = await this.#pool.estimateSlow(layers.map(({layer}) => layer!), target);
		return layers.map(({quick}, index) => {
			const all = {...quick, ...slow[index]};
			return Object.fromEntries(this.estimators.filter(id => all[id]).map(id => [id, all[id]!]));
		});
	}

	async close(): Promise<void> {
		await this.#pool.close();
	}

	#standing(name: string, estimates: LayerEstimates): LayerEstimates {
		return this.#isAsked ? estimates : Object.fromEntries(Object.entries(estimates).filter(([id]) => standsOn(id, this.#bounded.has(name))));
	}
}

/** Once a layer is taken for bounded, only a value outside tells otherwise: tanh may well come to be 0 somewhere. */
function staysBounded({values}: LayerActivations): boolean {
	// eslint-disable-next-line @typescript-eslint/prefer-for-of -- several times as slow on ten million numbers
	for (let index = 0; index < values.length; index++) {
		if (values[index]! < -1 || values[index]! > 1) {
			return false;
		}
	}

	return true;
}

