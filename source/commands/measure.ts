import process from 'node:process';
import {failure, usage} from '../errors.js';
import {npzLimits} from '../foreign/limits.js';
import {classesOf, type ForeignLabels, probabilitiesOf} from '../foreign/labels.js';
import {layerOf, roleOf} from '../foreign/layers.js';
import {type LayerEstimates} from '../information/pool.js';
import {type Estimator, parseEstimators} from '../information/registry.js';
import {readNpz, type NpzFile} from '../npz/read-npz.js';
import {refusalOfArray} from '../npz/refusal.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags} from './experiment.js';
import {checkLimits} from './limits.js';
import {measureTable} from './measure-table.js';

/** One of each kind, so that they stand side by side. */
const defaultEstimators = 'bins,width:0.07,uniform:30,quantile:30,exact:8,kde:0.001';

export type MeasuredLayer = {readonly name: string; readonly units: number; readonly information: LayerEstimates};

/** `ibtop measure FILE.npz`: the information of given activations, once, as a table or as one JSON object. Returns the exit code. */
export function measureFile(given: GivenFlags, file: string | undefined): number {
	if (file === undefined) {
		throw usage('ibtop measure needs a file: ibtop measure activations.npz, with the labels in "y".');
	}

	const ids = typeof given['estimators'] === 'string' ? given['estimators'] : defaultEstimators;
	const estimators = parseEstimators(ids.split(',').filter(Boolean));
	if (estimators.length === 0) {
		throw usage('--estimators must name at least one estimator, such as bins,exact:8.');
	}

	const {labels, layers} = readNpz(file, npz => measureArrays(npz, file, estimators), npzLimits(checkLimits(given)));
	const text = given['json']
		? JSON.stringify({
			file, rows: labels.rows, classes: labels.target.classes, bounds: {x: Math.log2(labels.rows), y: labels.bound}, layers,
		})
		: measureTable(safeText(file), labels, layers, estimators, process.stdout.columns || 80).join('\n');
	process.stdout.on('error', () => undefined);
	process.stdout.write(`${text}\n`);
	return 0;
}

/** Memory holds one array at a time. */
function measureArrays(npz: NpzFile, file: string, estimators: readonly Estimator[]): {labels: ForeignLabels; layers: MeasuredLayer[]} {
	const labels = labelsOf(npz, file);
	const layers = npz.names.flatMap(name => {
		const role = roleOf(name);
		if (role.role !== 'activations') {
			return [];
		}

		const layer = layerOf(npz.read(name), labels.rows, refusalOfArray(file, name));
		return [{
			name: role.layer,
			units: layer.units,
			information: Object.fromEntries(estimators.map(({id, estimate}) => [id, estimate(layer, labels.target)])),
		}];
	});
	if (layers.length === 0) {
		throw failure(`${safeText(file)} holds labels and no activations: save each layer under its name, as in np.savez(file, y=y, L1=activations).`);
	}

	return {labels, layers};
}

/** Stochastic labels say more than the classes that were drawn from them. */
function labelsOf(npz: NpzFile, file: string): ForeignLabels {
	if (npz.names.includes('p_y')) {
		return probabilitiesOf(npz.read('p_y'), refusalOfArray(file, 'p_y'));
	}

	if (npz.names.includes('y')) {
		return classesOf(npz.read('y'), refusalOfArray(file, 'y'));
	}

	throw failure(`${safeText(file)} has no labels: save them as "y" (classes) or "p_y" (probabilities), as in np.savez(file, y=y, L1=activations).`);
}
