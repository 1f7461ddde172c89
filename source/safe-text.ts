import {stripVTControlCharacters} from 'node:util';

/**
The one gate for text that came from a file, a flag or another process on its way to a terminal, a log or a sentence: escape
sequences go, and what is left of control, format, surrogate, private and unassigned characters becomes U+FFFD.
*/
export function safeText(text: string, maximumLength = 500): string {
	const safe = stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gv, '\uFFFD');
	return safe.length > maximumLength ? `${safe.slice(0, maximumLength)}…` : safe;
}
