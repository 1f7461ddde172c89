import {usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {linearBins, widthBins} from './binning.js';
import {informationOfCells} from './cells/estimate.js';
import {
	binKernel, type CellKernel, levelKernel, uniformKernel, widthKernel,
} from './cells/kernels.js';
import {quantileKernel} from './cells/quantile-kernel.js';
import {type Discretise, type Scope} from './discretise.js';
import {type Estimate, type Target} from './entropy.js';
import {estimateKernelDensity} from './kernel-density/estimate.js';
import {type LayerActivations} from './layer-activations.js';
import {quantileCells} from './quantile.js';
import {quantisedCells} from './quantised.js';
import {uniformCells} from './uniform.js';

/** Mutual information of one layer with the input and with the label, by one method with its parameters fixed. */
export type Estimator = {
	/** As `--estimators` takes it and as the events' keys spell it: `bins`, `width:0.07`. */
	readonly id: string;
	readonly title: string;
	readonly estimate: (layer: LayerActivations, target: Target) => Estimate;
	/** Takes more than a few milliseconds a layer: training does not wait for it. */
	readonly isSlow: boolean;
};

type EstimatorEntry = {
	readonly form: string;
	readonly description: string;
	/** Makes the estimator from what follows the colons; `undefined` if that is not understood. */
	readonly parse: (parameters: readonly string[]) => Estimator | undefined;
};

const fromCells = (id: string, title: string, discretise: Discretise, kernel?: CellKernel): Estimator => ({
	id,
	title,
	estimate: (layer, target) => informationOfCells(layer, target, discretise, kernel),
	isSlow: false,
});

/** Every estimator, once: help, README, validation and the measuring itself come from here. */
export const estimators: Record<string, EstimatorEntry> = {
	bins: {
		form: 'bins',
		description: '30 edges from −1 to 1 [ST17]; only for activations bounded by ±1',
		parse: parameters => parameters.length === 0 ? fromCells('bins', 'bins 30', linearBins, binKernel) : undefined,
	},
	width: {
		form: 'width:W',
		description: 'cells of width W aligned on 0, unbounded [S18]; 0.07 for the 12-bit data',
		parse([text = '', ...rest]) {
			const width = positive(text);
			return width === undefined || rest.length > 0 ? undefined : fromCells(`width:${width}`, `width ${width}`, widthBins(width), widthKernel(width));
		},
	},
	uniform: {
		form: 'uniform:N[:neuron]',
		description: 'N equal cells over the range of the layer, or of each neuron, at this epoch [L22]; 30, 100, 256',
		parse: scoped('uniform', uniformCells, (count, scope) => scope === 'layer' ? uniformKernel(count) : undefined),
	},
	quantile: {
		form: 'quantile:N[:neuron]',
		description: 'N cells of equal frequency over the values of the layer, or of each neuron [L22]; 30, 100, 256',
		parse: scoped('quantile', quantileCells, quantileKernel),
	},
	exact: {
		form: 'exact:B',
		description: '2^B levels over the range of the layer [L22]; exact for a network quantised to B bits; 4, 8',
		parse([text = '', ...rest]) {
			const bits = wholeNumber(text, 1, 16);
			return bits === undefined || rest.length > 0 ? undefined : fromCells(`exact:${bits}`, `exact ${bits}-bit`, quantisedCells(bits), levelKernel(bits));
		},
	},
	kde: {
		form: 'kde:V[:loo]',
		description: 'kernel density with Gaussian noise of variance V, upper and lower bound [KT17]; 0.001 for the 12-bit data, 0.1 for images; loo leaves each sample out of its own I(T;Y)',
		parse([text = '', mode, ...rest]) {
			const variance = positive(text) ?? 0;
			if (variance < 1e-30 || variance > 1e30 || rest.length > 0 || (mode !== undefined && mode !== 'loo')) {
				return undefined;
			}

			const leaveOneOut = mode === 'loo';
			return {
				id: `kde:${variance}${leaveOneOut ? ':loo' : ''}`,
				title: `kde ${variance}${leaveOneOut ? ' leave one out' : ''}`,
				estimate: (layer, target) => estimateKernelDensity(layer, target, {variance, leaveOneOut}),
				isSlow: true,
			};
		},
	},
};

/** `N` or `N:neuron` after the name. */
function scoped(
	name: string,
	make: (count: number, scope: Scope) => Discretise,
	makeKernel: (count: number, scope: Scope) => CellKernel | undefined,
): EstimatorEntry['parse'] {
	return ([text = '', scope, ...rest]) => {
		const count = wholeNumber(text, 1, 65_536);
		if (count === undefined || rest.length > 0 || (scope !== undefined && scope !== 'neuron')) {
			return undefined;
		}

		return scope
			? fromCells(`${name}:${count}:neuron`, `${name} ${count} per neuron`, make(count, scope), makeKernel(count, scope))
			: fromCells(`${name}:${count}`, `${name} ${count}`, make(count, 'layer'), makeKernel(count, 'layer'));
	};
}

/** A number above 0 that float32 can hold. */
function positive(text: string): number | undefined {
	const value = Number(text);
	return text.trim() !== '' && Number.isFinite(Math.fround(value)) && Math.fround(value) > 0 ? value : undefined;
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
	const value = Number(text);
	return /^\d+$/v.test(text) && value >= least && value <= most ? value : undefined;
}

/** The estimators of a list of ids, each once, in their order. */
export const parseEstimators = (ids: readonly string[]): Estimator[] =>
	[...new Map(ids.map(id => parseEstimator(id)).map(estimator => [estimator.id, estimator])).values()];

/** The estimator of an id such as `width:0.07`. */
export function parseEstimator(id: string): Estimator {
	const [name = '', ...parameters] = id.split(':');
	const entry = Object.hasOwn(estimators, name) ? estimators[name] : undefined;
	if (!entry) {
		throw usage(`There is no estimator "${safeText(id, 40)}".${didYouMean(name, Object.keys(estimators)) || ` There are ${Object.keys(estimators).join(', ')}.`}`);
	}

	const estimator = entry.parse(parameters);
	if (!estimator) {
		throw usage(`The estimator "${safeText(id, 40)}" must be written ${entry.form}.`);
	}

	return estimator;
}
