import {usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {linearBins, widthBins} from './binning.js';
import {type Information, informationOfGroups, type Target} from './entropy.js';
import {groupRows, type RowCode} from './group.js';

/** The activations of one layer: rows × units, row-major. */
export type LayerActivations = {
	readonly rows: number;
	readonly units: number;
	readonly values: Float32Array | Float64Array;
};

/** Mutual information of one layer with the input and with the label, by one method with its parameters fixed. */
export type Estimator = {
	/** As `--estimators` takes it and as the events' keys spell it: `bins`, `width:0.07`. */
	readonly id: string;
	readonly title: string;
	readonly estimate: (layer: LayerActivations, target: Target) => Information;
};

type EstimatorEntry = {
	readonly form: string;
	readonly description: string;
	/** Makes the estimator from what follows the colon; `undefined` if that is not understood. */
	readonly parse: (parameter: string | undefined) => Estimator | undefined;
};

const fromCodes = (id: string, title: string, codeOf: () => RowCode): Estimator => ({
	id,
	title,
	estimate: (layer, target) => informationOfGroups(groupRows(layer, codeOf()), target),
});

/** Every estimator, once: help, README, validation and the measuring itself come from here. */
export const estimators: Record<string, EstimatorEntry> = {
	bins: {
		form: 'bins',
		description: '30 edges from −1 to 1 [ST17]; only for activations bounded by ±1',
		parse: parameter => parameter === undefined ? fromCodes('bins', 'bins 30', () => linearBins) : undefined,
	},
	width: {
		form: 'width:W',
		description: 'cells of width W aligned on 0, unbounded [S18]; 0.07 for the 12-bit data',
		parse(parameter) {
			const width = Number(parameter);
			return parameter && Number.isFinite(Math.fround(width)) && Math.fround(width) > 0
				? fromCodes(`width:${width}`, `width ${width}`, () => widthBins(width))
				: undefined;
		},
	},
};

/** The estimator of an id such as `width:0.07`. */
export function parseEstimator(id: string): Estimator {
	const [name, parameter] = splitOnce(id);
	const entry = Object.hasOwn(estimators, name) ? estimators[name] : undefined;
	if (!entry) {
		throw usage(`There is no estimator "${safeText(id, 40)}".${didYouMean(name, Object.keys(estimators)) || ` There are ${Object.keys(estimators).join(', ')}.`}`);
	}

	const estimator = entry.parse(parameter);
	if (!estimator) {
		throw usage(`The estimator "${safeText(id, 40)}" must be written ${entry.form}.`);
	}

	return estimator;
}

function splitOnce(id: string): [string, string | undefined] {
	const colon = id.indexOf(':');
	return colon === -1 ? [id, undefined] : [id.slice(0, colon), id.slice(colon + 1)];
}
