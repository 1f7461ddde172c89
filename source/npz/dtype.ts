import {safeText} from '../safe-text.js';
import {type Literal} from './literal.js';
import {type Refuse} from './refusal.js';

/** One number as it is saved. */
export type Dtype = {
	readonly form: 'float' | 'signed' | 'unsigned' | 'bool';
	readonly bytes: 1 | 2 | 4 | 8;
	readonly isLittle: boolean;
};

const sizes = {
	f: {form: 'float', bytes: [2, 4, 8]},
	i: {form: 'signed', bytes: [1, 2, 4, 8]},
	u: {form: 'unsigned', bytes: [1, 2, 4, 8]},
	b: {form: 'bool', bytes: [1]},
} as const;

/** The `descr` of a header, `<f4` for little-endian float32. Throws for a type that is not a plain number, by the name numpy gives it. */
export function parseDtype(descr: Literal, refuse: Refuse): Dtype {
	if (descr.type !== 'text') {
		throw refuse(`has fields${fieldNames(descr)} (a structured dtype): save each field as an array of its own`);
	}

	const [, order, letter = '', digits, unit] = /^([<>\|]?)([A-Za-z])(0|[1-9]\d*)?(\[.*\])?$/v.exec(descr.text) ?? [];
	const known = Object.hasOwn(sizes, letter) ? sizes[letter as keyof typeof sizes] : undefined;
	const bytes = known?.bytes.find(each => String(each) === digits);
	if (!known || !bytes || unit !== undefined) {
		throw refuse(otherTypes[letter]?.(Number(digits ?? 0)) ?? `has the dtype "${safeText(descr.text, 40)}", which ibtop does not know: save x.astype(np.float32)`);
	}

	if (bytes > 1 && order !== '<' && order !== '>') {
		throw refuse(`has the dtype "${descr.text}", which does not say its byte order: save it with np.savez`);
	}

	return {form: known.form, bytes, isLittle: order !== '>'};
}

/** By the letter of the type. A pickle is never opened, since it can run any program. */
const otherTypes: Readonly<Record<string, (size: number) => string>> = {
	O: () => 'holds Python objects (dtype object), and ibtop never opens a pickle: save rows of equal length as numbers, such as x.astype(np.float32)',
	U: size => `holds text (dtype U${size}): save numbers, such as the number of each class`,
	S: size => `holds text (dtype S${size}): save numbers, such as the number of each class`,
	c: size => `holds complex numbers (dtype complex${8 * size}): save x.real and x.imag, or np.abs(x)`,
	M: () => 'holds dates (dtype datetime64): save numbers, such as x.astype(np.int64)',
	m: () => 'holds time spans (dtype timedelta64): save numbers, such as x.astype(np.int64)',
	V: size => `holds raw bytes (dtype V${size}${size === 2 ? ', perhaps bfloat16' : ''}): save x.astype(np.float32)`,
	f: size => `holds numbers of a width that ibtop does not read (dtype float${8 * size}): save x.astype(np.float64)`,
};

function fieldNames(descr: Literal): string {
	const fields = descr.type === 'list' ? descr.items.flatMap(item => item.type === 'tuple' && item.items[0]?.type === 'text' ? [item.items[0].text] : []) : [];
	const shown = fields.slice(0, 4).map(field => ` "${safeText(field, 20)}"`).join(',');
	return fields.length > 4 ? `${shown} and more` : shown;
}

/** As numpy calls it: `float32`, `uint8`, `bool`. */
export function dtypeName({form, bytes}: Dtype): string {
	const bits = 8 * bytes;
	return {
		float: `float${bits}`, signed: `int${bits}`, unsigned: `uint${bits}`, bool: 'bool',
	}[form];
}
