import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {type DataShape} from '../dataset/dataset.js';
import {describeDataset} from '../dataset/registry.js';
import {trainingSize} from '../dataset/split.js';
import {parseEstimator} from '../information/registry.js';
import {reason, usage} from '../errors.js';
import {didYouMean} from '../nearest.js';
import {packagePath} from '../package.js';
import {safeText} from '../safe-text.js';
import {
	type Preset, type PresetInput, once, presetSchema,
} from './schema.js';
import {firstComplaint} from './sentence.js';

const presetFolder = packagePath('presets');
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

		return withDataBeside(preset as PresetInput, path.dirname(file));
	} catch (error) {
		if (error instanceof SyntaxError) {
			throw usage(`The preset ${shown} is not JSON (${safeText(error.message, 100)}).`);
		}

		throw error instanceof Error && 'code' in error ? usage(`The preset ${shown} cannot be read: ${reason(error)}.`) : error;
	}
}

/** Data are looked for from where the preset lies, so that both can be moved together. It is not checked yet, so anything may stand there. */
function withDataBeside(preset: PresetInput, folder: string): PresetInput {
	const {dataset} = preset;
	const data = (dataset as {path?: unknown} | undefined)?.path;
	return typeof data === 'string' ? {...preset, dataset: Object.assign(structuredClone(dataset), {path: path.resolve(folder, data)})} : preset;
}

/**
Checks a preset whole: each field by itself, then what fields ask of each other and of the data, by their headers. `origin` begins
the sentence that says what is wrong, unless `flagOf` knows a flag that set the field.
*/
export function checkPreset(input: unknown, origin: string, flagOf: (path: readonly string[]) => string | undefined = () => undefined): Preset {
	const result = presetSchema.safeParse(input, once);
	if (!result.success) {
		const {path, complaint} = firstComplaint(result.error, input);
		const field = path.length === 0 ? 'it' : `"${safeText(path.join('.'), 80)}"`;
		const sentence = `${flagOf(path) ?? `${origin} is wrong: ${field}`} ${complaint}`;
		throw usage(sentence.endsWith('?') ? sentence : `${sentence}.`);
	}

	const preset = result.data;
	const size = trainingSize(describeDataset(preset.dataset).trainable, preset.split.train);
	if (preset.training.batchSize > size) {
		throw usage(batchSentence(preset, size, origin, flagOf));
	}

	if (preset.seed > Number.MAX_SAFE_INTEGER - preset.repeats + 1) {
		throw usage(`The seed ${preset.seed} leaves no room for those of ${preset.repeats} repeats: give a smaller --seed.`);
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
	const blamed = flagOf(['split', 'train']) ? `--train ${split.train}` : flagOf(['dataset']);
	return blamed && !batchFlag
		? `${blamed} leaves a training set of ${size} samples, fewer than the batch size ${training.batchSize}: give a smaller --batch-size too.`
		: `${batchFlag ?? `${origin} is wrong: the batch size`} ${training.batchSize} is larger than the training set of ${size} samples.`;
}

/** Features, hidden units and classes: `[12, 10, 7, 5, 4, 3, 2]`. Whoever has the data at hand gives them, so that no file is looked into again. */
export function networkWidths({dataset, network}: Preset, {features, classes}: Pick<DataShape, 'features' | 'classes'> = describeDataset(dataset)): number[] {
	return [features, ...network.hidden, classes];
}
