import {isUtf8} from 'node:buffer';
import {safeText} from '../safe-text.js';
import {type Refuse} from './refusal.js';

const longest = 200;

/** The name of a member. numpy writes UTF-8 and says so; other tools write it and do not. Older encodings are refused, since they are not told either. */
export function decodeName(raw: Buffer, refuse: Refuse): string {
	if (!isUtf8(raw)) {
		throw refuse(`has a member whose name is not UTF-8 ("${safeText(raw.toString('latin1'), 60)}"): save it again with np.savez`);
	}

	return raw.toString('utf8');
}

/** Whether a member is an array. Others are left alone: folders, notes beside the arrays, and what macOS adds to every zip. */
export const isArrayFile = (member: string): boolean => member.endsWith('.npy') && !member.startsWith('__MACOSX/');

/**
The name of an array, `act/h1` for the member `act/h1.npy`. It will be shown, be a key, and perhaps become part of a file's name, so
one that cannot be any of these is refused rather than changed: two changed names might be the same, and nobody would find the array
by the name it was saved under.
*/
export function arrayName(member: string, refuse: Refuse): string {
	const name = member.slice(0, -'.npy'.length);
	const complaint = complaintAbout(name);
	if (complaint) {
		throw refuse(`has an array whose name ${complaint} ("${safeText(name, 60)}"): give it a plain name, such as "h1" or "act/h1"`);
	}

	return name;
}

function complaintAbout(name: string): string | undefined {
	if (/(?:^|[\/\\])\s*$/v.test(name)) {
		return 'is empty';
	}

	if (name.length > longest) {
		return `is longer than ${longest} characters`;
	}

	if (safeText(name) !== name) {
		return 'has characters that cannot be shown';
	}

	return /^[\/\\]|(?:^|[\/\\])\.{1,2}(?:[\/\\]|$)/v.test(name) ? 'is a path out of its folder' : undefined;
}
