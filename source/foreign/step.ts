import {failure, UserError} from '../errors.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {type NpzLimits} from '../npz/limits.js';
import {type NpyArray} from '../npz/npy.js';
import {readNpz, type NpzFile} from '../npz/read-npz.js';
import {refusalOfArray} from '../npz/refusal.js';
import {type GradientSummary} from '../probes/gradients.js';
import {safeText} from '../safe-text.js';
import {summariseBatches, summariseMoments} from './gradients.js';
import {classesOf, type ForeignLabels, probabilitiesOf} from './labels.js';
import {layerOf, roleOf} from './layers.js';

/** What a step of an outside training says, beside the activations. */
export type ForeignStep<Measured> = {
	/** Null and undefined: it does not say. */
	readonly epoch: number | undefined;
	readonly loss: number | null;
	readonly accuracy: {readonly train: number | null; readonly test: number | null};
	readonly labels: ForeignLabels;
	/** In the file's order. */
	readonly layers: ReadonlyArray<{readonly name: string; readonly units: number; readonly measured: Measured}>;
	readonly gradients: ReadonlyMap<string, GradientSummary>;
};

/** What is the same for every step. */
export type ForeignMeta = {
	readonly labels: ForeignLabels | undefined;
	/** Whether the rows are all inputs that there are, and not a sample of them. */
	readonly isPopulation: boolean;
};

/** A step without labels may be ahead of `meta.npz`. */
export class LabelsMissing extends UserError {
	constructor(file: string) {
		super(`${safeText(file)} has no labels: save them once in meta.npz beside it, or in every file, as "y" (classes) or "p_y" (probabilities).`, 1);
	}
}

/** Reads `meta.npz`. */
export const readMeta = (file: string, limits: NpzLimits): ForeignMeta => readNpz(file, npz => ({
	labels: labelsIn(npz, file),
	isPopulation: npz.names.includes('population') && (npz.read('population').values[0] ?? 0) !== 0,
}), limits);

/**
Reads one file of a drop directory (design.md, "Outside trainers"). Each layer is handed to `measure` as soon as it is read; what that
keeps of it is all that stays in memory.
*/
export const readStep = <Measured>(
	file: string,
	given: ForeignLabels | undefined,
	limits: NpzLimits,
	measure: (name: string, layer: LayerActivations, labels: ForeignLabels) => Measured,
): ForeignStep<Measured> => readNpz(file, npz => {
	const labels = labelsIn(npz, file) ?? given;
	if (!labels) {
		throw new LabelsMissing(file);
	}

	const layers = npz.names.flatMap(name => {
		const role = roleOf(name);
		if (role.role !== 'activations') {
			return [];
		}

		const layer = layerOf(npz.read(name), labels.rows, refusalOfArray(file, name));
		return [{name: role.layer, units: layer.units, measured: measure(role.layer, layer, labels)}];
	});
	if (layers.length === 0) {
		throw failure(`${safeText(file)} holds no activations: save each layer under its name, as in ibtop(directory, step, y=y, L1=activations).`);
	}

	const twice = layers.find(({name}, index) => layers.findIndex(other => other.name === name) !== index);
	if (twice) {
		throw failure(`${safeText(file)} holds the layer "${safeText(twice.name, 60)}" twice, plainly and as act/…: save it once.`);
	}

	const epoch = numberIn(npz, file, 'epoch');
	return {
		epoch: epoch === null || epoch < 0 ? undefined : Math.floor(epoch),
		loss: numberIn(npz, file, 'loss'),
		accuracy: {train: numberIn(npz, file, 'accuracy'), test: numberIn(npz, file, 'accuracy', 1)},
		labels,
		layers,
		gradients: gradientsIn(npz, file),
	};
}, limits);

function labelsIn(npz: NpzFile, file: string): ForeignLabels | undefined {
	// Stochastic labels say more than the classes that were drawn from them.
	if (npz.names.includes('p_y')) {
		return probabilitiesOf(npz.read('p_y'), refusalOfArray(file, 'p_y'));
	}

	return npz.names.includes('y') ? classesOf(npz.read('y'), refusalOfArray(file, 'y')) : undefined;
}

/** A single number, or one of a few; null where it is not there, or not a number. */
function numberIn(npz: NpzFile, file: string, name: string, index = 0): number | null {
	if (!npz.names.includes(name)) {
		return null;
	}

	const {shape, values} = npz.read(name);
	if (values.length > 2 || values.length === 0) {
		throw refusalOfArray(file, name)(`must be one number${name === 'accuracy' ? ', or two, of training and test' : ''}, and has the shape (${shape.join(', ')})`);
	}

	const value = values[index] ?? Number.NaN;
	return Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

function gradientsIn(npz: NpzFile, file: string): Map<string, GradientSummary> {
	const found = new Map<string, GradientSummary>();
	const moments = new Map<string, {mean?: NpyArray; std?: NpyArray}>();
	for (const name of npz.names) {
		const role = roleOf(name);
		if (role.role === 'gradients') {
			found.set(role.layer, summariseBatches(npz.read(name), refusalOfArray(file, name)));
		} else if (role.role === 'gradient mean' || role.role === 'gradient spread') {
			moments.set(role.layer, {...moments.get(role.layer), [role.role === 'gradient mean' ? 'mean' : 'std']: npz.read(name)});
		}
	}

	for (const [layer, {mean, std}] of moments) {
		if (!mean || !std) {
			throw refusalOfArray(file, `${mean ? 'gmean' : 'gstd'}/${layer}`)(`is alone: save ${mean ? 'gstd' : 'gmean'}/${layer} beside it`);
		}

		found.set(layer, summariseMoments(mean, std, refusalOfArray(file, `gstd/${layer}`)));
	}

	return found;
}
