import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {datasets} from '../dataset/registry.js';
import {trainingSize} from '../dataset/split.js';
import {parseEstimator} from '../information/registry.js';
import {reason, usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {type Preset, type PresetInput, presetSchema} from './schema.js';
import {firstComplaint} from './sentence.js';

const presetFolder = fileURLToPath(new URL('../../presets', import.meta.url));
const maximumBytes = 100_000;

/** The names of the presets that ship with ibtop, sorted. */
export const presetNames = (): string[] =>
	readdirSync(presetFolder).filter(file => file.endsWith('.json')).map(file => path.basename(file, '.json')).toSorted();

/** The preset called `nameOrPath`: a shipped one, or a JSON file (anything with a slash or ending in `.json`). */
export function loadPreset(nameOrPath: string): Preset {
	return checkPreset(readPreset(nameOrPath), `The preset ${safeText(nameOrPath)}`);
}

/** The preset as it is written, for flags to override before it is checked. */
export function readPreset(nameOrPath: string): PresetInput {
	const isPath = nameOrPath.endsWith('.json') || nameOrPath.includes('/') || nameOrPath.includes('\\');
	const names = presetNames();
	if (!isPath && !names.includes(nameOrPath)) {
		throw usage(`There is no preset "${safeText(nameOrPath, 60)}".${didYouMean(nameOrPath, names) || ' See "ibtop presets".'}`);
	}

	const file = isPath ? nameOrPath : path.join(presetFolder, `${nameOrPath}.json`);
	const shown = safeText(file);
	try {
		if (statSync(file).size > maximumBytes) {
			throw usage(`The preset ${shown} is larger than ${maximumBytes} bytes; that is no preset.`);
		}

		const preset: unknown = JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) => typeof value === 'string' ? safeText(value) : value);
		if (preset === null || typeof preset !== 'object' || Array.isArray(preset)) {
			throw usage(`The preset ${shown} must hold a JSON object.`);
		}

		return preset as PresetInput;
	} catch (error) {
		if (error instanceof SyntaxError) {
			throw usage(`The preset ${shown} is not JSON (${safeText(error.message, 100)}).`);
		}

		throw error instanceof Error && 'code' in error ? usage(`The preset ${shown} cannot be read: ${reason(error)}.`) : error;
	}
}

/**
Checks a preset whole: each field by itself, then what fields ask of each other. `origin` begins the sentence that says what is
wrong, unless `flagOf` knows a flag that set the field.
*/
export function checkPreset(input: unknown, origin: string, flagOf: (path: readonly string[]) => string | undefined = () => undefined): Preset {
	const result = presetSchema.safeParse(input);
	if (!result.success) {
		const {path, complaint} = firstComplaint(result.error, input);
		const field = path.length === 0 ? 'it' : `"${safeText(path.join('.'), 80)}"`;
		const sentence = `${flagOf(path) ?? `${origin} is wrong: ${field}`} ${complaint}`;
		throw usage(sentence.endsWith('?') ? sentence : `${sentence}.`);
	}

	const preset = result.data;
	const {samples} = datasets[preset.dataset.name];
	const size = trainingSize(samples, preset.split.train);
	if (preset.training.batchSize > size) {
		throw usage(batchSentence(preset, size, origin, flagOf));
	}

	const ids = preset.estimators.map(id => parseEstimator(id).id);
	const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
	if (repeated !== undefined) {
		throw usage(`The estimator "${repeated}" is named twice: once is enough.`);
	}

	return preset;
}

function batchSentence({split, training}: Preset, size: number, origin: string, flagOf: (path: readonly string[]) => string | undefined): string {
	const batchFlag = flagOf(['training', 'batchSize']);
	return flagOf(['split', 'train']) && !batchFlag
		? `--train ${split.train} leaves a training set of ${size} samples, fewer than the batch size ${training.batchSize}: give a smaller --batch-size too.`
		: `${batchFlag ?? `${origin} is wrong: the batch size`} ${training.batchSize} is larger than the training set of ${size} samples.`;
}

/** Features, hidden units and classes: `[12, 10, 7, 5, 4, 3, 2]`. */
export function networkWidths({dataset, network}: Preset): number[] {
	const {features, classes} = datasets[dataset.name];
	return [features, ...network.hidden, classes];
}
