import {usage} from '../errors.js';
import {type ForeignLimits, mostNumbers} from '../foreign/limits.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags} from './experiment.js';

/** What the flags say of how much a file may ask for; what they do not say stays as it is by default. */
export function checkLimits(given: GivenFlags): ForeignLimits {
	const [mebibytes, entries, numbers] = [wholeFlag(given, 'max-file', 2 ** 23), wholeFlag(given, 'max-arrays', 1_000_000), wholeFlag(given, 'max-numbers', mostNumbers)];
	return {
		...(mebibytes !== undefined && {fileBytes: mebibytes * (2 ** 20)}),
		...(entries !== undefined && {entries}),
		...(numbers !== undefined && {numbers}),
	};
}

function wholeFlag(given: GivenFlags, name: string, most: number): number | undefined {
	const text = given[name];
	if (typeof text !== 'string') {
		return undefined;
	}

	const value = Number(text);
	if (!Number.isInteger(value) || value < 1 || value > most) {
		throw usage(`--${name} must be a whole number from 1 to ${most}, not "${safeText(text, 40)}".`);
	}

	return value;
}
