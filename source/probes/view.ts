import {type Dataset, pickRows, type Split} from '../dataset/dataset.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {Random} from '../random.js';

/** Samples × features, row-major. */
type Samples = Pick<Dataset, 'inputs' | 'samples'>;

/** What a measuring looks at. */
export type View = {
	/** What the information is taken over. */
	readonly measured: Samples;
	/** What loss and accuracy need besides. */
	readonly others?: Samples;
	/** Of both, the measured samples first. */
	readonly labels: Uint8Array;
	/** Rows of both. */
	readonly split: Split;
};

/** Loss and accuracy of MNIST's 60 000 training images would cost more than all else that is measured; over 10 000 they are known to 0.5 %. */
export const enoughForFit = 10_000;

/**
The samples to look at in a run. Where all are measured, loss and accuracy are taken over all of both sets. Otherwise loss and
accuracy of the training set are taken over 10 000 of it, drawn once from the seed, so that an epoch differs from the next by the
network only.
*/
export function viewOf(dataset: Dataset, split: Split, seed: number): View {
	const {measured, inputs, labels, features} = dataset;
	if (!measured) {
		return {measured: dataset, labels, split};
	}

	const train = split.train.slice();
	Random.stream(seed, 'fit').shuffle(train);
	const places = new Map(Array.from(measured, (row, place) => [row, place]));
	const placesOf = (rows: Int32Array) => rows.map(row => {
		const place = places.get(row) ?? places.size;
		places.set(row, place);
		return place;
	});
	const placed = {train: placesOf(train.subarray(0, enoughForFit)), test: placesOf(split.test)};
	const rows = Int32Array.from(places.keys());
	const samplesOf = (some: Int32Array) => ({inputs: pickRows(inputs, some, features), samples: some.length});
	const others = rows.subarray(measured.length);
	return {
		measured: samplesOf(measured),
		...(others.length > 0 && {others: samplesOf(others)}),
		labels: pickRows(labels, rows, 1),
		split: placed,
	};
}

/** The rows of one layer for two sets of samples. */
export function joinRows(first: LayerActivations, second: LayerActivations): LayerActivations {
	const values = new Float32Array(first.values.length + second.values.length);
	values.set(first.values);
	values.set(second.values, first.values.length);
	return {rows: first.rows + second.rows, units: first.units, values};
}
