import {type Target} from '../information/entropy.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {
	createEstimatorPool, estimateLayer, type EstimatorPool, type LayerEstimates,
} from '../information/pool.js';
import {type Estimator, parseEstimators} from '../information/registry.js';
import {defaultEstimators, standsOn} from './defaults.js';

/** What is known of a layer at once, and what its slow estimators need, if there is time for them. */
export type MeasuredLayer = {readonly name: string; readonly quick: LayerEstimates; readonly layer: LayerActivations | undefined};

/** The estimators of a run: those that were asked for, on every layer; or by default those that stand on its activations. */
export class Measuring {
	readonly estimators: readonly string[];
	/** Whether some of them take more than a few milliseconds a layer. */
	readonly hasSlow: boolean;
	readonly #isAsked: boolean;
	readonly #bounded: Set<string>;
	readonly #quick: readonly Estimator[];
	readonly #slow: EstimatorPool;
	readonly #left: string[] = [];

	/** `bounded`: the layers that stay between −1 and 1, as far as is known; `begun`: the estimators of a run that goes on. */
	constructor(target: Target, bounded: ReadonlyMap<string, boolean>, {asked, begun}: {readonly asked?: readonly string[] | undefined; readonly begun?: readonly string[]}) {
		this.#isAsked = asked !== undefined;
		this.#bounded = new Set([...bounded].filter(([, isIt]) => isIt).map(([name]) => name));
		this.estimators = begun ?? asked ?? defaultEstimators([...bounded.values()]);
		const all = parseEstimators(this.estimators);
		this.#quick = all.filter(({isSlow}) => !isSlow);
		this.hasSlow = this.#quick.length < all.length;
		this.#slow = createEstimatorPool(all.filter(({isSlow}) => isSlow).map(({id}) => id), target);
	}

	/** What is quick; the activations are kept only if the slow estimators are wanted as well. */
	measure(name: string, layer: LayerActivations, target: Target, withSlow: boolean): MeasuredLayer {
		if (!this.#isAsked && this.#bounded.has(name) && !staysBounded(layer)) {
			this.#bounded.delete(name);
			this.#left.push(name);
		}

		return {name, quick: this.#standing(name, estimateLayer(this.#quick, layer, target)), layer: withSlow ? layer : undefined};
	}

	/** The layers that were taken for bounded and have turned out not to be, since the last call. */
	leftBounds(): string[] {
		return this.#left.splice(0);
	}

	/** All of it, in the order of the estimators. */
	async complete(layers: readonly MeasuredLayer[], target: Target): Promise<LayerEstimates[]> {
		const slow = await this.#slow.estimate(layers.map(({layer}) => layer!), target);
		return layers.map(({quick}, index) => {
			const all = {...quick, ...slow[index]};
			return Object.fromEntries(this.estimators.filter(id => all[id]).map(id => [id, all[id]!]));
		});
	}

	async close(): Promise<void> {
		await this.#slow.close();
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

