import type * as z from 'zod/mini';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';

/** The first thing that is wrong: where, and what (`must be at least 1, not -1`). `value` is what was checked. */
export function firstComplaint(error: z.core.$ZodError, value: unknown): {readonly path: string[]; readonly complaint: string} {
	const issue = error.issues[0]!;
	const path = [...issue.path.map(String), ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
	let given = value;
	for (const key of path) {
		given = (given as Record<string, unknown> | undefined)?.[key];
	}

	return {path, complaint: complaint(issue, given)};
}

function complaint(issue: z.core.$ZodIssue, given: unknown): string {
	const shown = given === undefined ? 'missing' : safeText(typeof given === 'number' ? String(given) : JSON.stringify(given), 60);
	switch (issue.code) {
		case 'unrecognized_keys': {
			return 'has no place here; remove it';
		}

		case 'invalid_type': {
			return given === undefined ? `is missing; it must be ${article(issue.expected)}` : `must be ${article(issue.expected)}, not ${shown}`;
		}

		case 'too_small': {
			return `must ${measure(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}, not ${sizeOf(given, shown)}`;
		}

		case 'too_big': {
			return `must ${measure(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}, not ${sizeOf(given, shown)}`;
		}

		case 'invalid_value': {
			const hint = didYouMean(shown, issue.values.map(String));
			return `must be ${issue.values.map(value => JSON.stringify(value)).join(' or ')}, not ${shown}${hint && `.${hint}`}`;
		}

		case 'invalid_union': {
			return 'options' in issue ? `must be one of ${(issue.options as unknown[]).join(', ')}, not ${shown}` : `has a value that is not allowed: ${shown}`;
		}

		case 'invalid_format': {
			return `${issue.message}, not ${shown}`;
		}

		default: {
			return `is not allowed to be ${shown}`;
		}
	}
}

const article = (type: string) => ({
	int: 'a whole number', number: 'a number', string: 'text', boolean: 'true or false', array: 'a list', object: 'an object',
})[type] ?? `a ${type}`;

/** `be at least 1`, `have at most 20 entries`. */
function measure(origin: string, relation: string, limit: number | bigint): string {
	const things: Readonly<Record<string, string>> = {array: 'entries', string: 'characters'};
	return things[origin] ? `have ${relation} ${limit} ${things[origin]}` : `be ${relation} ${limit}`;
}

const sizeOf = (given: unknown, shown: string) => typeof given === 'string' || Array.isArray(given) ? String(given.length) : shown;
