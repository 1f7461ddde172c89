import {usage} from '../errors.js';
import {safeText} from '../safe-text.js';

/** A length on paper, in CSS pixels: 96 to the inch. */
export type Length = {readonly text: string; readonly pixels: number};

const units: Readonly<Record<string, number>> = {
	mm: 96 / 25.4, cm: 96 / 2.54, in: 96, pt: 96 / 72, px: 1,
};

/** From half a column to a poster. */
const least = 30 * units['mm']!;
const greatest = 1000 * units['mm']!;

/** Reads `85mm`, `3.5in`, `240pt`. */
export function parseLength(text: string, flag: string): Length {
	const {value, unit} = /^(?<value>\d+(?:\.\d+)?)(?<unit>mm|cm|in|pt|px)$/v.exec(text)?.groups ?? {};
	const pixels = Number(value) * (units[unit ?? ''] ?? Number.NaN);
	if (!(pixels >= least && pixels <= greatest)) {
		throw usage(`${flag} must be a length from 30mm to 1000mm, such as 85mm, 3.5in or 240pt, not "${safeText(text, 40)}".`);
	}

	return {text, pixels};
}

/** Of pictures with so many dots to the inch. */
export const dotsOf = ({pixels}: Length, dotsPerInch: number): number => Math.round(pixels / 96 * dotsPerInch);
