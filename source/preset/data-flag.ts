/** `--data`: other data for an experiment. */
import {statSync} from 'node:fs';
import path from 'node:path';
import {describeDataset} from '../dataset/registry.js';
import {failure, reason} from '../errors.js';
import {safeText} from '../safe-text.js';
import {type Preset} from './schema.js';

type Data = Preset['dataset'];

/** A folder holds MNIST's files, a file somebody's own data. What else the preset says of such data stays. */
export function dataFrom(text: string, flag: string, before: unknown): Data {
	const given = path.resolve(text);
	const data: Data = isFolder(text, flag)
		? {
			name: 'mnist', measured: 'test', pixels: 'unit', path: given,
		}
		: {name: 'file', population: false, path: given};
	return isOfKind(before, data.name) ? {...before, path: given} : data;
}

function isFolder(text: string, flag: string): boolean {
	try {
		return statSync(text).isDirectory();
	} catch (error) {
		throw failure(`--${flag} ${safeText(text)} cannot be read (${safeText(reason(error), 200)}): name an .npz file, or a folder with the four files of MNIST.`);
	}
}

const isOfKind = <Name extends Data['name']>(value: unknown, name: Name): value is Extract<Data, {name: Name}> => (value as {name?: unknown} | undefined)?.name === name;

/** Data of another kind than `before` that bring a test set are trained on whole: the preset's split was for data that bring none. */
export function keepOwnTestSet(preset: Record<string, unknown>, before: unknown): void {
	const data = preset['dataset'] as Data;
	const {trainable, samples} = describeDataset(data);
	if (trainable < samples && !isOfKind(before, data.name)) {
		preset['split'] = {method: 'first', train: 1};
	}
}
