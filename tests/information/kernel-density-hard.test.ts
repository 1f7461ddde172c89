import {
	describe, expect, it, vi,
} from 'vitest';
import {referenceKernelDensity} from '../helpers/kernel-density.js';
import {builtin} from '../helpers/train.js';
import {loadDataset} from '../../source/dataset/registry.js';
import {splitDataset} from '../../source/dataset/split.js';
import {initialState} from '../../source/engine/initialise.js';
import {type Target} from '../../source/information/entropy.js';
import {estimateKernelDensity} from '../../source/information/kernel-density/estimate.js';
import {type LayerActivations} from '../../source/information/layer-activations.js';
import {loadPreset, networkWidths} from '../../source/preset/load.js';
import {probeActivations} from '../../source/probes/activations.js';
import {Random} from '../../source/random.js';
import {epochBatches} from '../../source/training/batches.js';

// All pairs of rows in float64.
vi.setConfig({testTimeout: 60_000});

const rows = 800;
const variance = 1e-3;
const sigma = Math.sqrt(variance);

const labelsOf = (count: number): Target => {
	const random = Random.stream(1, 'labels');
	return {classes: 3, labels: Uint8Array.from({length: count}, () => random.below(3))};
};

/** Points about centres, `spread` wide, the centres `apart` from one another along every unit. */
function clusters(units: number, count: number, apart: number, spread: number): LayerActivations {
	const random = Random.stream(2, `${units} ${count} ${apart} ${spread}`);
	const centres = Float64Array.from({length: count * units}, () => apart * random.below(3));
	return {
		rows,
		units,
		values: Float32Array.from({length: rows * units}, (_, index) =>
			centres[(Math.floor(index / units) % count * units) + (index % units)]! + (spread * random.normal())),
	};
}

const onLine = (spread: number): LayerActivations => {
	const random = Random.stream(3, 'line');
	const values = new Float32Array(2 * rows);
	for (let row = 0; row < rows; row++) {
		const p = 1 / (1 + Math.exp(-spread * random.normal()));
		values.set([p, 1 - p], 2 * row);
	}

	return {rows, units: 2, values};
};

const saturated = (units: number): LayerActivations => {
	const {values} = clusters(units, 40, 1, 1);
	return {rows, units, values: values.map(value => Math.tanh(20 * (value - 1)))};
};

const nearDuplicates = (units: number): LayerActivations => {
	const {values} = clusters(units, 9, 1, 0);
	return {rows, units, values: values.map((value, index) => Math.fround(value + ((index % 5) * (2 ** -23))))};
};

const hard: ReadonlyArray<readonly [string, LayerActivations]> = [
	['tight clusters far apart', clusters(4, 12, 1, sigma / 50)],
	['clusters a standard deviation apart', clusters(3, 20, sigma, sigma / 10)],
	['clusters three standard deviations apart', clusters(3, 20, 3 * sigma, sigma)],
	['clusters at the edge of what counts', clusters(2, 9, 13 * sigma, sigma / 4)],
	['clusters as wide as the lower kernel', clusters(10, 5, 6 * sigma, 2 * sigma)],
	['rows that differ in their last bit', nearDuplicates(5)],
	['saturated rows', saturated(6)],
	['the probabilities of two classes, uncertain', onLine(0.3)],
	['the probabilities of two classes, all but certain', onLine(12)],
	['a single unit', {rows, units: 1, values: clusters(1, 7, 0.2, sigma).values}],
	['a line in five dimensions', {rows, units: 5, values: Float32Array.from({length: 5 * rows}, (_, index) => Math.sin(index % 5) * Math.floor(index / 5) / 300)}],
	['a layer that is all but flat', {rows, units: 3, values: clusters(3, 30, 0.1, sigma).values.map((value, index) => index % 3 === 2 ? value * 1e-4 : value)}],
];

const numbersOf = ({x, y, lower}: {readonly x: number; readonly y: number; readonly lower: {readonly x: number; readonly y: number}}) => [x, y, lower.x, lower.y];

function expectAsReference(layer: LayerActivations, target: Target): void {
	for (const leaveOneOut of [false, true]) {
		const expected = numbersOf(referenceKernelDensity(layer, target, {variance, leaveOneOut}));
		for (const [index, value] of numbersOf(estimateKernelDensity(layer, target, {variance, leaveOneOut})).entries()) {
			expect(Math.abs(value - Math.max(0, expected[index]!))).toBeLessThan(1e-5);
		}
	}
}

describe.each(hard)('the estimate of %s', (_, layer) => {
	const target = labelsOf(layer.rows);

	it('is that of float64 to 1e-5', () => {
		expectAsReference(layer, target);
	});

	it('is that of float64 for stochastic labels', () => {
		const random = Random.stream(4, 'probabilities');
		const certainties = Array.from({length: layer.rows}, () => random.uniform());
		expectAsReference(layer, {classes: 2, labels: target.labels, conditional: Float64Array.from(certainties.flatMap(p => [p, 1 - p]))});
	});

	it('is the same in another order to 1e-6', () => {
		const order = Int32Array.from({length: layer.rows}, (_, row) => row);
		Random.stream(5, 'order').shuffle(order);
		const {units, values} = layer;
		const moved = {rows: layer.rows, units, values: Float32Array.from(values, (_, index) => values[(order[Math.floor(index / units)]! * units) + (index % units)]!)};
		const options = {variance, leaveOneOut: false};
		const [there, here] = [
			estimateKernelDensity(moved, {classes: 3, labels: Uint8Array.from(order, row => target.labels[row]!)}, options),
			estimateKernelDensity(layer, target, options),
		].map(found => numbersOf(found));
		for (const [index, value] of there!.entries()) {
			expect(Math.abs(value - here![index]!)).toBeLessThan(1e-6);
		}
	});
});

describe('the estimate of layers of a network that learns', () => {
	const preset = loadPreset('tanh');
	const dataset = loadDataset(preset.dataset, 1);
	const network = {widths: networkWidths(preset), activation: preset.network.activation, optimizer: preset.training.optimizer};

	/** Every fourth row of each layer, when the network is untouched, begins to learn, and has learnt most. */
	function recorded(epochs: readonly number[]) {
		const engine = builtin.create(network, initialState(network, preset.network.initialisation, 1));
		const {train} = splitDataset(dataset, 'random', 0.8, 1);
		const random = Random.stream(1, 'batches');
		const found: Array<{readonly epoch: number; readonly number: number; readonly layer: LayerActivations}> = [];
		for (let epoch = 0; epoch <= Math.max(...epochs); epoch++) {
			if (epochs.includes(epoch)) {
				for (const [index, {units, values}] of probeActivations(engine, dataset).entries()) {
					const some = Float32Array.from({length: 1024 * units}, (_, at) => values[(4 * Math.floor(at / units) * units) + (at % units)]!);
					found.push({epoch, number: index + 1, layer: {rows: 1024, units, values: some}});
				}
			}

			for (const batch of epochBatches(dataset, train, preset.training.batchSize, random)) {
				engine.step(batch);
			}
		}

		return found;
	}

	it.each(recorded([0, 30, 200]))('is that of float64 to 1e-5 at epoch $epoch in layer $number', ({layer}) => {
		expectAsReference(layer, {classes: 2, labels: Uint8Array.from({length: 1024}, (_, row) => dataset.labels[4 * row]!)});
	});
});
