import {crc32} from 'node:zlib';
import {en} from 'zod/locales';
import {eventsVersion, type RunEvent, runEventSchema} from '../run/events.js';
import {safeText} from '../safe-text.js';

/** What a line of somebody else's turned out to be. `kept`: an event of a type that this version does not know. */
export type PipeLine
	= | {readonly kind: 'event'; readonly event: RunEvent}
		| {readonly kind: 'kept'; readonly event: RunEvent}
		| {readonly kind: 'wrong'; readonly complaint: string}
		| {readonly kind: 'newer'; readonly complaint: string}
		| {readonly kind: 'blank'};

/** One line of JSON, with or without the checksum that `ibtop run --json` puts last. Unknown fields are kept; never throws. */
export function readPipeLine(text: string): PipeLine {
	if (text.trim() === '') {
		return {kind: 'blank'};
	}

	const {body, crc} = /^(?<body>\{.*),"crc":"(?<crc>[\da-f]{8})"\}\s*$/v.exec(text)?.groups ?? {};
	if (body !== undefined && crc32(body).toString(16).padStart(8, '0') !== crc) {
		return wrong('is damaged (its checksum does not match)');
	}

	const value = parseObject(body === undefined ? text : `${body}}`);
	if (value === undefined) {
		return wrong(/\b(?:NaN|Infinity)\b/v.test(text) ? 'is not JSON: numbers that do not exist are null, not NaN' : 'is not JSON: send one object a line');
	}

	if (value['type'] === 'start' && Number(value['version']) > eventsVersion) {
		return {kind: 'newer', complaint: `was written by a newer ibtop (events ${safeText(String(value['version']), 20)}; this one reads ${eventsVersion}): update ibtop`};
	}

	return checked(value);
}

const wrong = (complaint: string): PipeLine => ({kind: 'wrong', complaint});

/** Nobody else shows zod's own words, so that they are not loaded with the schema. */
const inEnglish = {error: en().localeError};

const knownTypes: ReadonlySet<unknown> = new Set(runEventSchema.def.options.flatMap(({shape}) => shape.type.def.values));

function checked(value: Record<string, unknown>): PipeLine {
	if (typeof value['type'] === 'string' && !knownTypes.has(value['type'])) {
		return {kind: 'kept', event: value as RunEvent};
	}

	delete value['crc'];
	const result = runEventSchema.safeParse(value, inEnglish);
	if (result.success) {
		// As it was sent, with the fields that nobody here knows.
		return {kind: 'event', event: value as RunEvent};
	}

	const [issue] = result.error.issues;
	const field = safeText(issue!.path.join('.'), 80) || 'type';
	return wrong(`has a wrong field "${field}" (${safeText(issue!.message, 100)})`);
}

/** Strings are made safe here, once; what is no object is undefined. */
function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text, (_key, each: unknown) => typeof each === 'string' ? safeText(each) : each);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
	} catch {
		return undefined;
	}
}
