/**
One event as one line of `events.ndjson`: JSON whose last field, `crc`, is the CRC-32 (as in zip) of all that stands before it in
the line. Any single damaged byte is noticed.
*/
import {crc32} from 'node:zlib';
import {once} from '../preset/schema.js';
import {safeText} from '../safe-text.js';
import {eventsVersion, type RunEvent, runEventSchema} from './events.js';

/** The line, its newline included. */
export function encodeLine(event: RunEvent): string {
	const json = JSON.stringify(event).slice(0, -1);
	// Nearly every line is plain, and that is seen ten times as fast.
	const body = /^[ -~]*$/v.test(json) ? json : json.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gv, escapeCharacter);
	return `${body},"crc":"${checksum(body)}"}\n`;
}

/** JSON's own escape, for characters that JSON lets through raw and a terminal must not get. */
const escapeCharacter = (character: string): string =>
	Array.from({length: character.length}, (_, index) => String.raw`\u${character.slice(index, index + 1).codePointAt(0)!.toString(16).padStart(4, '0')}`).join('');

/**
What a line turned out to be. `unknown` is sound, but of a type that this version does not know; `newer` starts a run that was
written by a version of ibtop whose events this one cannot read.
*/
export type DecodedLine
	= | {readonly kind: 'event'; readonly event: RunEvent}
		| {readonly kind: 'unknown' | 'newer' | 'damaged'};

/** Reads a line (without its newline); never throws. */
export function decodeLine(line: string): DecodedLine {
	const {body, crc} = /^(?<body>\{.*),"crc":"(?<crc>[\da-f]{8})"\}$/v.exec(line)?.groups ?? {};
	if (body === undefined || checksum(body) !== crc) {
		return {kind: 'damaged'};
	}

	const value = parseObject(`${body}}`);
	if (value?.['type'] === 'start' && Number(value['version']) > eventsVersion) {
		return {kind: 'newer'};
	}

	// The object that was read, and not the one that zod makes of it: that one is several times slower to look into.
	return runEventSchema.safeParse(value, value?.['type'] === 'start' ? once : undefined).success ? {kind: 'event', event: value as RunEvent} : {kind: 'unknown'};
}

/** Strings are made safe here, once: whatever reads events may show them. */
function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text, (_key, value: unknown) => typeof value === 'string' ? safeText(value) : value) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
