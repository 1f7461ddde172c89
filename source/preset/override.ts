import {usage} from '../errors.js';
import {safeText} from '../safe-text.js';
import {dataFrom, keepOwnTestSet} from './data-flag.js';
import {type PresetInput} from './schema.js';

/** What a flag's text becomes, in place of what the preset has; throws a sentence that names the flag. */
type Parse = (text: string, flag: string, before: unknown) => unknown;

const number = (text: string, flag: string): number => {
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value)) {
		throw usage(`--${flag} must be a number, not "${safeText(text, 60)}".`);
	}

	return value;
};

const text: Parse = value => value;
const list: Parse = value => value.split(',').filter(part => part !== '');
const widths: Parse = (value, flag) => {
	if (!/^[\d.e]+(?:-[\d.e]+)*$/v.test(value)) {
		throw usage(`--${flag} must be widths such as 10-7-5-4-3, not "${safeText(value, 60)}".`);
	}

	return value.split('-').map(part => number(part, flag));
};

/** The flags that override a field of the preset, and where the field is. */
export const overrides: ReadonlyArray<{readonly flag: string; readonly path: readonly string[]; readonly parse: Parse}> = [
	{flag: 'epochs', path: ['training', 'epochs'], parse: number},
	{flag: 'seed', path: ['seed'], parse: number},
	{flag: 'repeats', path: ['repeats'], parse: number},
	{flag: 'batch-size', path: ['training', 'batchSize'], parse: number},
	{flag: 'learning-rate', path: ['training', 'optimizer', 'learningRate'], parse: number},
	{flag: 'optimizer', path: ['training', 'optimizer', 'name'], parse: text},
	{flag: 'momentum', path: ['training', 'optimizer', 'momentum'], parse: number},
	{flag: 'hidden', path: ['network', 'hidden'], parse: widths},
	{flag: 'activation', path: ['network', 'activation'], parse: text},
	{flag: 'initialisation', path: ['network', 'initialisation'], parse: text},
	{flag: 'bits', path: ['network', 'bits'], parse: number},
	{flag: 'train', path: ['split', 'train'], parse: number},
	{flag: 'split', path: ['split', 'method'], parse: text},
	{flag: 'data', path: ['dataset'], parse: dataFrom},
	{flag: 'estimators', path: ['estimators'], parse: list},
];

/** The preset with the given flags' fields replaced; it is not checked yet. */
export function overridePreset(preset: PresetInput, given: Readonly<Record<string, string | undefined>>): unknown {
	const result = structuredClone(preset) as Record<string, unknown>;
	for (const {flag, path, parse} of overrides) {
		const value = given[flag];
		if (value !== undefined) {
			setField(result, path, parse(value, flag, getField(result, path)));
		}
	}

	checkMomentum(result, given);
	if (given['data'] !== undefined && given['train'] === undefined && given['split'] === undefined) {
		keepOwnTestSet(result, preset.dataset);
	}

	return withoutForeignSettings(result);
}

/** `--epochs` for `training.epochs`; undefined for a field that no given flag set. */
export function flagOf(fieldPath: readonly string[], given: Readonly<Record<string, string | undefined>>): string | undefined {
	const found = overrides.find(({flag, path}) => given[flag] !== undefined && path.every((part, index) => part === fieldPath[index]));
	return found && `--${found.flag}`;
}

function getField(target: unknown, path: readonly string[]): unknown {
	let part = target;
	for (const key of path) {
		part = (part as Record<string, unknown> | undefined)?.[key];
	}

	return part;
}

function setField(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	let part = target;
	for (const key of path.slice(0, -1)) {
		const next = part[key];
		part[key] = next !== null && typeof next === 'object' ? next : {};
		part = part[key] as Record<string, unknown>;
	}

	part[path.at(-1)!] = value;
}

/** Momentum is a setting of SGD; Adam's is its beta 1. */
function checkMomentum(preset: Record<string, unknown>, given: Readonly<Record<string, string | undefined>>): void {
	const optimizer = (preset['training'] as Record<string, unknown> | undefined)?.['optimizer'] as Record<string, unknown> | undefined;
	if (given['momentum'] !== undefined && optimizer?.['name'] === 'adam') {
		throw usage('--momentum is a setting of sgd, and the optimizer is adam: add --optimizer sgd, or leave it out.');
	}
}

/** Another optimiser keeps the learning rate and nothing else of the preset's: Adam's betas mean nothing to SGD. */
function withoutForeignSettings(preset: Record<string, unknown>): Record<string, unknown> {
	const optimizer = (preset['training'] as Record<string, unknown> | undefined)?.['optimizer'] as Record<string, unknown> | undefined;
	if (optimizer?.['name'] === 'sgd') {
		delete optimizer['beta1'];
		delete optimizer['beta2'];
		delete optimizer['epsilon'];
	}

	return preset;
}
