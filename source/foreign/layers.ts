import {type UserError} from '../errors.js';
import {type LayerActivations} from '../information/layer-activations.js';
import {type NpyArray} from '../npz/npy.js';

/** What an array of somebody's file is, by its name (design.md, "Outside trainers"). */
export type ArrayRole
	= | {readonly role: 'activations'; readonly layer: string}
		| {readonly role: 'gradients' | 'gradient mean' | 'gradient spread'; readonly layer: string}
		| {readonly role: 'labels' | 'probabilities'}
		| {readonly role: 'other'};

const notActivations = new Set(['loss', 'accuracy', 'epoch', 'step']);
const gradientRoles = {grad: 'gradients', gmean: 'gradient mean', gstd: 'gradient spread'} as const;

/** `y`, `p_y`; `grad/…`, `gmean/…`, `gstd/…` and the names of what is measured beside; all other arrays are activations, `act/…` or plain. */
export function roleOf(name: string): ArrayRole {
	if (name === 'y') {
		return {role: 'labels'};
	}

	if (name === 'p_y') {
		return {role: 'probabilities'};
	}

	const {kind, layer} = /^(?<kind>grad|gmean|gstd)\/(?<layer>.+)$/v.exec(name)?.groups ?? {};
	if (kind !== undefined && layer !== undefined) {
		return {role: gradientRoles[kind as keyof typeof gradientRoles], layer: plainName(layer)};
	}

	return notActivations.has(name) ? {role: 'other'} : {role: 'activations', layer: plainName(name)};
}

const plainName = (name: string): string => name.replace(/^act\//v, '');

/** An array as a layer: the first dimension are the rows, all others its units. */
export function layerOf({shape, values}: NpyArray, rows: number, refuse: (complaint: string) => UserError): LayerActivations {
	if (shape.length === 0 || shape[0] !== rows || values.length === 0) {
		throw refuse(`has the shape (${shape.join(', ')}), and the labels have ${rows} rows: save one row of activations for each label`);
	}

	// NaN and infinity times 0 are NaN, and stay so.
	let sum = 0;
	// eslint-disable-next-line @typescript-eslint/prefer-for-of -- several times as slow on ten million numbers
	for (let index = 0; index < values.length; index++) {
		sum += values[index]! * 0;
	}

	if (sum !== 0) {
		throw refuse('holds NaN or infinite activations, which have no information: look at the training');
	}

	return {rows, units: values.length / rows, values};
}
