import {type Key} from 'ink';

const namedKeys = [
	['upArrow', '\u001B[A'], ['downArrow', '\u001B[B'], ['rightArrow', '\u001B[C'], ['leftArrow', '\u001B[D'], ['end', '\u001B[F'],
] as const;

/** Ink's view of the keyboard as what the terminal sent: the key table's form. Keys typed fast arrive together. */
export function typedKeys(input: string, key: Key): string[] {
	if (key.tab) {
		return ['\t'];
	}

	if (key.escape) {
		return ['\u001B'];
	}

	if (key.return) {
		return ['\r'];
	}

	const named = namedKeys.find(([name]) => key[name]);
	if (named) {
		return [named[1]];
	}

	return key.ctrl ? [String.fromCodePoint((input.codePointAt(0) ?? 0) % 32)] : [...input];
}
